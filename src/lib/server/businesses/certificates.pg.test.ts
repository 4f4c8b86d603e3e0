import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
	openExchange,
	people,
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
import { myListingSchema, type ListingContent } from '$lib/domain/listings/schema.ts';
import { projectMyListing } from '$lib/server/listings/projections.ts';
import { publish } from '$lib/server/sync/publish.ts';
import { write } from '$lib/server/sync/write.ts';
import { watchPapers } from './expiry.ts';

const { coyen, chilan } = people;
const registered = '2026-11-20T03:00:00.000Z';
const confirmed = '2026-11-23T03:00:00.000Z';
const all = ['so-dinh-danh', 'giay-phep', 'dinh-danh-dien-tu'];

type Certificate = ListingContent['certificates'][number];
const attp: Certificate = { type: 'attp', number: '15/ATTP', issuedBy: 'Sở Công Thương', expiresOn: last };
const ocop: Certificate = { type: 'ocop', number: 'OCOP-82', issuedBy: 'UBND tỉnh', expiresOn: last };

let exchange: Exchange;
let desk: BusinessDesk;
const makers = ['Hai', 'Ba', 'Tư', 'Năm', 'Sáu', 'Bảy', 'Tám', 'Chín'].map((name, at) =>
	applicant(`Chị ${name}`, `mut${at}@san.example`)
);
let next = 0;
let maker: Person;
let id: string;

beforeAll(async () => {
	exchange = await openExchange({
		members: [people.anhminh, coyen, people.bacsau, people.chihanh, chilan, ...makers],
		now: '2026-11-01T00:00:00.000Z'
	});
	desk = openDesk(exchange);
});
afterAll(() => exchange.close());

beforeEach(async () => {
	const one = makers[next];
	if (!one) throw new Error('one more maker is needed');
	next += 1;
	maker = one;
	id = randomUUID();
});

const person = () => ({ identityNumber: `08218500000${next}` });
/** Confirmed as a household for sweets with a food safety paper to this day; null = one that never ends. */
async function registers(expiresOn: string): Promise<void> {
	const papers = registration(exchange.pack, { businessId: id }).content.papers.map((paper) =>
		paper.type === 'attp' ? { ...paper, expiresOn } : paper
	);
	const content = { kind: 'household' as const, sectors: ['banh-keo-do-uong'], papers };
	expect(await desk.sends(maker, id, { person: person(), content }, registered)).toMatchObject({ ok: true });
	expect(await desk.decides(coyen, id, 'approve', { now: confirmed, checked: all })).toMatchObject({
		ok: true
	});
}
/** As sellers are whose papers were checked by hand: the exchange holds no paper of theirs. */
async function hasNoPapers(): Promise<void> {
	await registers(addDays(last, 900));
	await exchange.db`update business_sectors set confirmed_rev = 0 where business_id = ${id}`;
}
const categoryId = () =>
	exchange.pack.categories.find((one) => one.sectorId === 'banh-keo-do-uong')?.id ?? '';
async function sells(title: string, certificates: Certificate[]): Promise<Goods> {
	const goods = await exchange.submits(
		maker,
		{ title, categoryId: categoryId(), certificates },
		{ now: confirmed }
	);
	expect(await exchange.decides(coyen, goods.id, 'approve', { now: confirmed })).toMatchObject({ ok: true });
	return goods;
}
const watch = (now: string) => watchPapers(exchange.db, now);
const isPublic = (goods: Goods) => isPublicIn(exchange, goods);
const own = async (goods: Goods) =>
	myListingSchema.parse(await exchange.feed(`user:${maker.id}`, 'mine', goods.id));
const said = async () => (await exchange.told(maker)).filter(({ kind }) => kind.startsWith('certificate_'));
const written = async () =>
	(await exchange.messagesTo(maker)).filter(({ template }) => template.startsWith('certificate_'));

test('TG-6.3 a seller is warned of a certificate 60, 30 and 7 days before and told at the end, once for all its goods', async () => {
	await registers(addDays(last, 900));
	await sells('Mứt dừa', [ocop]);
	await sells('Mứt me', [ocop]);
	for (const day of [-61, -60, -59, -30, -29, -7, 0]) {
		await watch(noonOf(addDays(last, day)));
		await watch(noonOf(addDays(last, day)));
	}
	expect((await written()).map(({ template, params }) => [template, params])).toMatchObject([
		['certificate_expiring', { days: 60, day: '15/03/2027', hides: false, number: 'OCOP-82' }],
		['certificate_expiring', { days: 30, goods: expect.stringMatching(/Mứt (dừa|me), Mứt (dừa|me)/) }],
		['certificate_expiring', { days: 7 }]
	]);
	await Promise.all([watch(firstInstantAfter), watch(firstInstantAfter)]);
	await watch(noonOf(addDays(last, 3)));
	expect((await said()).map(({ kind }) => kind)).toEqual([
		...['certificate_expiring', 'certificate_expiring', 'certificate_expiring'],
		'certificate_expired'
	]);
	expect((await written()).at(-1)).toMatchObject({ template: 'certificate_expired', address: maker.email });
});

describe('TG-6.3 TG-7.1a what a certificate of goods hides when it runs out', () => {
	test('TG-6.3 one the sector asks for hides its goods alone, with the reason, until corrected goods are approved', async () => {
		await hasNoPapers();
		const sweets = await sells('Mứt dừa', [attp]);
		const others = await sells('Kẹo dừa', [ocop]);
		await watch(lastInstantOf);
		expect([await isPublic(sweets), await isPublic(others)]).toEqual([true, true]);
		await watch(firstInstantAfter);
		expect([await isPublic(sweets), await isPublic(others)]).toEqual([false, true]);
		expect(await own(sweets)).toMatchObject({ state: 'approved', hiddenFor: 'attp' });
		expect((await own(others)).hiddenFor).toBeNull();
		const ended = (await written()).filter(({ template }) => template === 'certificate_expired');
		expect(ended).toHaveLength(2);
		// Queued in one instant, in no order.
		for (const params of [
			{ certificate: expect.stringMatching(/an toàn thực phẩm/), hides: true, goods: 'Mứt dừa' },
			{ certificate: expect.stringMatching(/OCOP/), hides: false, goods: 'Kẹo dừa' }
		])
			expect(ended).toContainEqual(expect.objectContaining({ params: expect.objectContaining(params) }));
		expect(
			await exchange.does(
				chilan,
				{ name: 'order.place', input: exchange.order(sweets, 1) },
				{ now: firstInstantAfter }
			)
		).toMatchObject({ refusal: { code: 'not_for_sale' } });

		// What changes beside it shows nothing of it.
		await exchange.must(
			maker,
			{ name: 'listing.restock', input: { listingId: sweets.id, base: (await own(sweets)).rev, stock: 5 } },
			{ now: firstInstantAfter }
		);
		expect(await isPublic(sweets)).toBe(false);

		const later = noonOf(addDays(last, 2));
		const corrected = {
			...sweets.content,
			price: sweets.content.price ?? 0,
			certificates: [{ ...attp, expiresOn: addDays(last, 900) }]
		};
		await exchange.must(
			maker,
			{
				name: 'listing.submit',
				input: { listingId: sweets.id, base: (await own(sweets)).rev, content: corrected }
			},
			{ now: later }
		);
		expect(await isPublic(sweets)).toBe(false);
		expect(await exchange.decides(coyen, sweets.id, 'approve', { now: later })).toMatchObject({ ok: true });
		expect(await isPublic(sweets)).toBe(true);
		expect((await own(sweets)).hiddenFor).toBeNull();
		await watch(later);
		expect(await isPublic(sweets)).toBe(true);
	});

	test('TG-6.3 it hides nothing while the department has a paper of its kind in force, and a confirmed one brings goods back at once', async () => {
		await hasNoPapers();
		const sweets = await sells('Mứt dừa', [attp]);
		await watch(firstInstantAfter);
		expect(await isPublic(sweets)).toBe(false);
		const later = noonOf(addDays(last, 2));
		const papers = registration(exchange.pack, { businessId: id }).content.papers.map((paper) =>
			paper.type === 'attp' ? { ...paper, expiresOn: addDays(last, 500) } : paper
		);
		const content = { kind: 'household' as const, sectors: ['banh-keo-do-uong'], papers };
		expect(await desk.sends(maker, id, { base: 1, person: person(), content }, later)).toMatchObject({
			ok: true
		});
		expect(await isPublic(sweets)).toBe(false);
		expect(await desk.decides(coyen, id, 'approve', { now: later, checked: all })).toMatchObject({
			ok: true
		});
		expect(await isPublic(sweets)).toBe(true);
		await watch(later);
		expect(await isPublic(sweets)).toBe(true);
	});

	test('TG-6.3 goods are not approved with one that has run out, and the officer may send them back', async () => {
		await hasNoPapers();
		const waiting = await exchange.submits(
			maker,
			{ title: 'Mứt me', categoryId: categoryId(), certificates: [attp] },
			{ now: confirmed }
		);
		expect(await exchange.decides(coyen, waiting.id, 'approve', { now: firstInstantAfter })).toMatchObject({
			refusal: { code: 'paper_expired', clause: 'TG-6.3' }
		});
		expect(await exchange.decides(coyen, waiting.id, 'return', { now: firstInstantAfter })).toMatchObject({
			ok: true
		});
	});

	test('TG-6.3 with one that has run out goods are not sent at all: the seller hears it at once', async () => {
		await hasNoPapers();
		await sells('Mứt bí', []);
		const goods = { title: 'Mứt gừng', categoryId: categoryId(), certificates: [attp] };
		await exchange.submits(maker, goods, { now: lastInstantOf });
		await expect(exchange.submits(maker, goods, { now: firstInstantAfter })).rejects.toThrow(
			/certificate_expired/
		);
		// One the sector does not ask for is claimed no more, and stops nothing.
		await exchange.submits(maker, { ...goods, certificates: [ocop] }, { now: firstInstantAfter });
	});

	test('TG-6.3 an approval at the very moment of the end leaves nothing public', async () => {
		await hasNoPapers();
		const sweets = await sells('Mứt dừa', [attp]);
		const waiting = await exchange.submits(
			maker,
			{ title: 'Mứt me', categoryId: categoryId(), certificates: [attp] },
			{ now: noonOf(last) }
		);
		await Promise.all([
			exchange.decides(coyen, waiting.id, 'approve', { now: lastInstantOf }),
			watch(firstInstantAfter)
		]);
		await watch(firstInstantAfter);
		expect([await isPublic(sweets), await isPublic(waiting)]).toEqual([false, false]);
	});
});

test('TG-12 goods that were hidden before anybody said why tell their seller at the next look', async () => {
	await registers(last);
	const sweets = await sells('Mứt dừa', []);
	await watch(firstInstantAfter);
	expect((await own(sweets)).hiddenFor).toBe('attp');
	// As the exchange before this one left it.
	await write(exchange.db, { actorId: 'system:papers', now: firstInstantAfter }, (ctx) =>
		publish(ctx, 'mine', sweets.id, async (tx, one) =>
			(await projectMyListing(tx, one)).map(({ doc, ...rest }) => ({
				...rest,
				doc: { ...doc, hiddenFor: undefined }
			}))
		)
	);
	expect((await own(sweets)).hiddenFor).toBeUndefined();
	await watch(noonOf(addDays(last, 2)));
	expect((await own(sweets)).hiddenFor).toBe('attp');
});
