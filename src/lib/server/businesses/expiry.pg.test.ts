import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
	openExchange,
	people,
	photo,
	type Exchange,
	type Goods,
	type Person
} from '../../../../tests/world/exchange.ts';
import {
	applicant,
	openDesk,
	registration,
	type BusinessDesk
} from '../../../../tests/world/registration.ts';
import {
	firstInstantAfter,
	isPublic as isPublicIn,
	last,
	lastInstantOf,
	noonOf
} from '../../../../tests/world/run-out.ts';
import { addDays } from '$lib/domain/calendar/working-days.ts';
import type { Paper } from '$lib/domain/businesses/schema.ts';
import { myListingSchema } from '$lib/domain/listings/schema.ts';
import { transaction } from '$lib/server/db/pool.ts';
import { endingPapers } from './desk.ts';
import { watchPapers } from './expiry.ts';
import { viewOfOwner } from './projections.ts';

const { anhminh, coyen, chilan, batu } = people;
const registered = '2026-11-20T03:00:00.000Z';
const confirmed = '2026-11-23T03:00:00.000Z';

let exchange: Exchange;
let desk: BusinessDesk;
const makers = ['Hai', 'Ba', 'Tư', 'Năm', 'Sáu', 'Bảy'].map((name, at) =>
	applicant(`Chị ${name}`, `mut${at}@san.example`)
);
let next = 0;
let maker: Person;
let id: string;
let sweets: Goods;
let fruit: Goods;

beforeAll(async () => {
	exchange = await openExchange({
		members: [batu, anhminh, coyen, people.bacsau, people.chihanh, chilan, ...makers],
		now: '2026-11-01T00:00:00.000Z'
	});
	desk = openDesk(exchange);
});
afterAll(() => exchange.close());

/** Confirmed for both sectors, with goods on sale in each. */
beforeEach(async () => {
	const one = makers[next];
	if (!one) throw new Error('one more maker is needed');
	next += 1;
	maker = one;
	id = randomUUID();
	const person = { identityNumber: `08218500000${next}` };
	expect(await desk.sends(maker, id, { person, content: { papers: papers(last) } }, registered)).toEqual({
		ok: true,
		value: undefined
	});
	for (const officer of [anhminh, coyen])
		expect(await desk.decides(officer, id, 'approve', { now: confirmed })).toMatchObject({ ok: true });
	const of = (sectorId: string) =>
		exchange.pack.categories.find((one) => one.sectorId === sectorId)?.id ?? '';
	sweets = await sells({ title: 'Mứt dừa', categoryId: of('banh-keo-do-uong') }, coyen);
	fruit = await sells({ title: 'Ổi nữ hoàng', categoryId: of('nong-san') }, anhminh);
});

async function sells(changes: { title: string; categoryId: string }, officer: Person): Promise<Goods> {
	const goods = await exchange.submits(maker, changes, { now: confirmed });
	expect(await exchange.decides(officer, goods.id, 'approve', { now: confirmed })).toMatchObject({
		ok: true
	});
	return goods;
}

function papers(expiresOn: string): Paper[] {
	return registration(exchange.pack, { businessId: '' }).content.papers.map((paper) =>
		paper.type === 'attp' ? { ...paper, expiresOn, files: [photo(`attp đến ${expiresOn}`)] } : paper
	);
}

const watch = (now: string) => watchPapers(exchange.db, now);
const isPublic = (goods: Goods) => isPublicIn(exchange, goods);
const hidesIt = async (goods: Goods) => {
	const own = await exchange.feed(`user:${maker.id}`, 'mine', goods.id);
	return myListingSchema.parse(own).hiddenFor;
};
const mine = (now: string) => transaction(exchange.db, maker.id, (tx) => viewOfOwner(tx, maker.id, now));
const said = async () =>
	(await exchange.told(maker)).map(({ kind }) => kind).filter((kind) => /^paper/.test(kind));
const written = async () =>
	(await exchange.messagesTo(maker)).filter(({ template }) => template.startsWith('paper_'));

test('TG-12 warned 60, 30 and 7 days before and told at the end, each once, however often the job runs', async () => {
	for (const day of [-61, -60, -59, -45, -30, -29, -7, -6, 0]) {
		await watch(noonOf(addDays(last, day)));
		await watch(noonOf(addDays(last, day)));
	}
	expect(await said()).toEqual(['paper_expiring', 'paper_expiring', 'paper_expiring']);
	expect((await written()).map(({ params }) => params)).toMatchObject([
		{ days: 60, day: '15/03/2027', sectors: expect.stringMatching(/Bánh, kẹo/) },
		{ days: 30, paper: 'Giấy chứng nhận đủ điều kiện an toàn thực phẩm' },
		{ days: 7 }
	]);
	await Promise.all([watch(firstInstantAfter), watch(firstInstantAfter)]);
	await watch(noonOf(addDays(last, 3)));
	expect((await said()).at(-1)).toBe('paper_expired');
	expect(await said()).toHaveLength(4);
	expect((await written()).map(({ template, address }) => [template, address]).at(-1)).toEqual([
		'paper_expired',
		maker.email
	]);
});

describe('TG-12 what a paper closes when it runs out', () => {
	test('TG-12 the last instant of its last day in Vietnam is in time, the next one closes its sector alone', async () => {
		await watch(lastInstantOf);
		expect([await isPublic(sweets), await isPublic(fruit)]).toEqual([true, true]);
		expect(await hidesIt(sweets)).toBeNull();
		await watch(firstInstantAfter);
		expect([await isPublic(sweets), await isPublic(fruit)]).toEqual([false, true]);
		// Their seller reads on every device why.
		expect([await hidesIt(sweets), await hidesIt(fruit)]).toEqual(['attp', null]);
		// The department of that sector sees it closed on its list; to the other one it is a paper nobody needs.
		const listed = async (officer: Person) =>
			(await endingPapers(exchange.db, await exchange.actorNow(officer, lastInstantOf), firstInstantAfter))
				.filter(({ businessId }) => businessId === id)
				.map(({ type, left, sectors, closed }) => ({ type, left, sectors, closed }));
		expect(await listed(coyen)).toEqual([
			{ type: 'attp', left: -1, sectors: ['banh-keo-do-uong'], closed: true }
		]);
		expect(await listed(anhminh)).toMatchObject([{ type: 'attp', sectors: [], closed: false }]);
		expect(await mine(firstInstantAfter)).toMatchObject({
			openSectors: ['nong-san'],
			papers: [{ type: 'attp', left: -1, sectors: ['banh-keo-do-uong'], renewing: false }]
		});
		const { categoryId } = sweets.content;
		await expect(exchange.submits(maker, { categoryId }, { now: firstInstantAfter })).rejects.toThrow(
			'paper_expired'
		);
	});

	test('TG-12 a running order goes on to its end, and nobody places another one', async () => {
		const order = exchange.order(sweets, 1);
		await exchange.must(chilan, { name: 'order.place', input: order }, { now: lastInstantOf });
		await watch(firstInstantAfter);
		expect(
			await exchange.does(
				chilan,
				{ name: 'order.place', input: exchange.order(sweets, 1) },
				{ now: firstInstantAfter }
			)
		).toMatchObject({ refusal: { code: 'not_for_sale' } });
		const step = { reason: '', carrier: '', trackingCode: '', shippingFee: null };
		const advance = (who: Person, event: 'confirm' | 'hand_over' | 'deliver', rev: number) =>
			exchange.must(
				who,
				{ name: 'order.advance', input: { ...step, orderId: order.orderId, rev, event, carrier: 'Tự giao' } },
				{ now: noonOf(addDays(last, 2)) }
			);
		await advance(maker, 'confirm', 1);
		await advance(maker, 'hand_over', 2);
		await advance(maker, 'deliver', 3);
		expect(await exchange.feed(`user:${chilan.id}`, 'orders', order.orderId)).toMatchObject({
			state: 'delivered'
		});
	});

	test('TG-12 while the renewal is still looked at the sector closes all the same; its confirmation brings the goods back', async () => {
		const renewed = { base: 1, content: { papers: papers('2029-03-15') } };
		const person = { identityNumber: `08218500000${next}` };
		expect(await desk.sends(maker, id, { ...renewed, person }, noonOf(addDays(last, -1)))).toMatchObject({
			ok: true
		});
		// Who has sent a new one is not warned of the old one.
		await watch(noonOf(last));
		expect(await said()).toEqual([]);
		await watch(firstInstantAfter);
		expect(await isPublic(sweets)).toBe(false);
		expect(await mine(firstInstantAfter)).toMatchObject({ papers: [{ renewing: true }] });
		const later = noonOf(addDays(last, 2));
		// The other department's answer opens nothing here.
		expect(await desk.decides(anhminh, id, 'approve', { now: later, checked: all })).toMatchObject({
			ok: true
		});
		expect(await isPublic(sweets)).toBe(false);
		expect(await desk.decides(coyen, id, 'approve', { now: later, checked: all })).toMatchObject({
			ok: true
		});
		expect([await isPublic(sweets), await isPublic(fruit)]).toEqual([true, true]);
		expect(await hidesIt(sweets)).toBeNull();
		await watch(later);
		expect(await isPublic(sweets)).toBe(true);
	});

	test('TG-12 nothing is approved beside a paper that has run out: no goods, and no registration', async () => {
		const { categoryId } = sweets.content;
		const waiting = await exchange.submits(maker, { title: 'Mứt me', categoryId }, { now: noonOf(last) });
		const person = { identityNumber: `08218500000${next}` };
		// A correction that still shows the old paper.
		await desk.sends(
			maker,
			id,
			{ base: 1, person, content: { papers: papers(last), name: 'Mứt nhà ta' } },
			noonOf(last)
		);
		await watch(firstInstantAfter);
		expect(await exchange.decides(coyen, waiting.id, 'approve', { now: firstInstantAfter })).toMatchObject({
			refusal: { code: 'paper_expired' }
		});
		expect(await desk.decides(coyen, id, 'approve', { now: firstInstantAfter, checked: all })).toMatchObject({
			refusal: { code: 'paper_expired', fields: { 'papers.attp': 'paper_expired' } }
		});
		expect(await desk.decides(coyen, id, 'return', { now: firstInstantAfter })).toMatchObject({ ok: true });
		expect(await isPublic(sweets)).toBe(false);
	});

	test('TG-12 an approval at the very moment the sector closes leaves nothing public', async () => {
		const { categoryId } = sweets.content;
		const waiting = await exchange.submits(maker, { title: 'Mứt me', categoryId }, { now: noonOf(last) });
		await Promise.all([
			exchange.decides(coyen, waiting.id, 'approve', { now: firstInstantAfter }),
			watch(firstInstantAfter),
			exchange.does(
				maker,
				{ name: 'listing.restock', input: { listingId: sweets.id, base: 2, stock: 5 } },
				{ now: firstInstantAfter }
			)
		]);
		expect([await isPublic(sweets), await isPublic(waiting)]).toEqual([false, false]);
	});
});

const all = ['so-dinh-danh', 'giay-phep', 'dinh-danh-dien-tu'];
