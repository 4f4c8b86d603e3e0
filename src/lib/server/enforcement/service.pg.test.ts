import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
	businessOf,
	demoPassword,
	openExchange,
	type Exchange,
	type Person
} from '../../../../tests/world/exchange.ts';
import { lockedPerson, openLockSession } from '$lib/server/accounts/lock-sessions.ts';
import { endPost } from '$lib/server/accounts/service.ts';
import { validateSession } from '$lib/server/accounts/sessions.ts';
import { packCatalogue } from '$lib/server/catalogue/jobs.ts';
import { describeCatalogue } from '$lib/server/catalogue/service.ts';
import { transaction, type Tx } from '$lib/server/db/pool.ts';
import { lockListingsOfBusiness } from '$lib/server/listings/holds.ts';
import { findPublicListing, findPublicSeller, listPublicListings } from '$lib/server/listings/service.ts';
import { write } from '$lib/server/sync/write.ts';
import { carryOutDue } from './jobs.ts';
import { advanceAsLocked, runningOrdersOf } from './orders.ts';
import { ownData } from '$lib/server/personal-data/own-data.ts';
import {
	anhminh,
	bacsau,
	batu,
	chihanh,
	chilan,
	chuba,
	coyen,
	enforcing,
	ofAccount,
	ofBusiness,
	ofGoods,
	quantri
} from './test-world.ts';
import { ownMeasures, previewMeasure } from './views.ts';

let exchange: Exchange;
let world: ReturnType<typeof enforcing>;
beforeAll(async () => {
	exchange = await openExchange({ now: '2026-01-01T00:00:00.000Z' });
	world = enforcing(exchange);
});
afterAll(() => exchange.close());

const soon = () => new Date().toISOString();
const preview = async (person: Person, target: Parameters<typeof ofGoods>[0] | Person) =>
	previewMeasure(
		exchange.db,
		exchange.auth,
		await exchange.actorNow(person, soon()),
		'content' in target ? ofGoods(target) : ofBusiness(target),
		soon()
	);

describe('TG-9.2 a lock at once', () => {
	test('TG-9.2 one transaction: nothing of the goods is public, in packs or to be ordered, and the person is written to', async () => {
		const goods = await exchange.sells(batu, { title: 'Chim trích nước' });
		await packCatalogue(exchange.db, soon());
		expect(await listPublicListings(exchange.db, { q: 'chim trich' })).toMatchObject({ total: 1 });
		const id = await world.locks(anhminh, ofGoods(goods));
		await world.expectPublic(goods, false);
		expect(await findPublicListing(exchange.db, goods.id)).toBeNull();
		expect(await listPublicListings(exchange.db, { q: 'chim trich' })).toMatchObject({ total: 0 });
		expect((await describeCatalogue(exchange.db, soon())).hidden).toContain(goods.id);
		expect(await exchange.feed(`user:${batu.id}`, 'mine', goods.id)).toMatchObject({ state: 'locked' });
		expect(
			await exchange.does(chilan, { name: 'order.place', input: exchange.order(goods, 1) })
		).toMatchObject({ refusal: { code: 'not_for_sale' } });
		expect(await exchange.messagesTo(batu)).toContainEqual(
			expect.objectContaining({
				template: 'measure_taken',
				channel: 'email',
				params: expect.objectContaining({
					step: 'hide_product',
					name: 'Chim trích nước',
					ground: expect.stringContaining('cấm')
				})
			})
		);
		expect((await exchange.told(batu)).at(-1)).toMatchObject({ kind: 'measure_taken' });
		const [line] = await exchange.db<{ clause: string; actor: string }[]>`
			select clause, actor from audit_log where subject = ${`measure:${id}`} and action = 'measure.taken'`;
		expect(line).toEqual({ clause: 'TG-17.2', actor: anhminh.id });
	});

	test('TG-9.2 an account: sessions end at once, listings go, the right password opens one page and no more', async () => {
		const goods = await exchange.sells(chuba);
		const session = await world.opensSession(chuba);
		expect((await validateSession(exchange.auth, session)).outcome).toBe('account');
		const id = await world.locks(bacsau, ofAccount(chuba));
		expect(await validateSession(exchange.auth, session)).toEqual({ outcome: 'session', session: 'locked' });
		expect(await findPublicListing(exchange.db, goods.id)).toBeNull();

		const enter = (password: string) => openLockSession(exchange.auth, { name: 'chuba', password }, soon());
		expect(await enter('sai mật khẩu')).toBeNull();
		const opened = await enter(demoPassword);
		expect(await lockedPerson(exchange.auth, opened?.token, soon())).toEqual({
			accountId: chuba.id,
			locked: true
		});
		expect(await validateSession(exchange.auth, opened?.token ?? '')).toMatchObject({ outcome: 'session' });
		const later = new Date(Date.now() + 3_600_001).toISOString();
		expect(await lockedPerson(exchange.auth, opened?.token, later)).toBeNull();

		expect(await ownMeasures(exchange.db, chuba.id)).toMatchObject([
			{
				step: 'suspend',
				state: 'in_force',
				reason: 'Bán chim hoang dã, hai người mua phản ánh',
				agency: { name: 'Sở Nông nghiệp và Môi trường' },
				until: null,
				canRemedy: true
			}
		]);
		const held = JSON.stringify(await ownData(exchange.db, chuba.id, soon()));
		expect(held).toContain(chuba.phone);
		expect(held).toContain(goods.content.title);
		expect(held).not.toContain('Ảnh chụp tin');

		expect((await world.lifts(bacsau, id)).ok).toBe(true);
		expect(await findPublicListing(exchange.db, goods.id)).toMatchObject({ id: goods.id });
		expect(await exchange.messagesTo(chuba)).toContainEqual(
			expect.objectContaining({ template: 'measure_ended' })
		);
		expect(await openLockSession(exchange.auth, { name: 'batu', password: demoPassword }, soon())).toBeNull();
	});

	test('TG-9.3a a business comes back as it was: public, in review with a new term, draft and withdrawn', async () => {
		const sold = await exchange.sells(batu, { title: 'Bưởi da xanh' });
		const sent = await exchange.submits(batu, { title: 'Cam sành' });
		const taken = await exchange.sells(batu, { title: 'Mận hồng đào' });
		await exchange.must(batu, { name: 'listing.withdraw', input: { listingId: taken.id, base: 2 } });
		const first = await exchange.caseOf(sent.id);
		const files = await exchange.db`select id from public_files where listing_id = ${sold.id} and live`;

		const id = await world.locks(anhminh, ofBusiness(batu));
		for (const goods of [sold, sent, taken])
			expect(await exchange.feed(`user:${batu.id}`, 'mine', goods.id)).toMatchObject({ state: 'locked' });
		expect(await exchange.caseOf(sent.id)).toMatchObject({ state: 'cancelled' });
		expect(await findPublicSeller(exchange.db, ofBusiness(batu).id)).toBeNull();
		expect(await world.accountState(batu)).toBe('active');

		expect((await world.lifts(bacsau, id)).ok).toBe(true);
		await world.expectPublic(sold, true);
		expect(await exchange.db`select id from public_files where listing_id = ${sold.id} and live`).toEqual(
			files
		);
		expect(await exchange.feed(`user:${batu.id}`, 'mine', taken.id)).toMatchObject({ state: 'withdrawn' });
		expect(await exchange.feed(`user:${batu.id}`, 'mine', sent.id)).toMatchObject({ state: 'submitted' });
		const again = await exchange.caseOf(sent.id);
		expect(again).toMatchObject({ state: 'open', round: 2, rev: first.rev });
		expect((await exchange.decides(chihanh, sent.id, 'approve')).ok).toBe(true);
		await world.expectPublic(sent, true);
		expect(await findPublicSeller(exchange.db, ofBusiness(batu).id)).not.toBeNull();
	});

	test('TG-9.3a what another measure still covers stays as it is', async () => {
		const goods = await exchange.sells(batu, { title: 'Ổi lê' });
		const other = await exchange.sells(batu, { title: 'Dừa xiêm' });
		const product = await world.locks(anhminh, ofGoods(goods));
		const business = await world.locks(anhminh, ofBusiness(batu));
		await world.lifts(bacsau, product);
		await world.expectPublic(goods, false);
		await world.lifts(bacsau, business);
		await world.expectPublic(goods, true);
		await world.expectPublic(other, true);
	});
});

describe('TG-9.2 who, and once', () => {
	test('TG-19.6 by the division of work: not another department, not oneself, no member, no officer whose post ended', async () => {
		const goods = await exchange.sells(batu, { title: 'Vú sữa lò rèn' });
		const denied = { refusal: { code: 'not_allowed' } };
		expect(await world.takes(coyen, ofGoods(goods))).toMatchObject(denied);
		expect(await world.takes(coyen, ofGoods(goods), { agencyId: 'so-cong-thuong' })).toMatchObject(denied);
		expect(await world.takes(chilan, ofGoods(goods))).toMatchObject(denied);
		expect(await world.takes(batu, ofGoods(goods))).toMatchObject(denied);
		// An account is the lead's to lock, and somebody in office is an administrator's matter.
		expect(await world.takes(anhminh, ofAccount(batu))).toMatchObject(denied);
		expect(await world.takes(bacsau, ofAccount(anhminh), { agencyId: 'so-cong-thuong' })).toMatchObject(
			denied
		);
		await world.expectPublic(goods, true);

		const officer = await exchange.actorNow(chihanh, soon());
		const system = { actorId: 'system:test', now: soon() };
		const [post] = await exchange.db<{ id: string }[]>`select id from posts where account_id = ${chihanh.id}`;
		await write(exchange.db, system, (ctx) => endPost(ctx, { accountId: chihanh.id, agencyId: 'so-nnmt' }));
		const { takeMeasure } = await import('./service.ts');
		expect(await takeMeasure(exchange.db, officer, world.input(ofGoods(goods)), soon())).toMatchObject(
			denied
		);
		await exchange.db`update posts set valid_to = null where id = ${post?.id ?? null}`;
	});

	test('TG-9.2 of two officers at once one locks, the other is told who did', async () => {
		const goods = await exchange.sells(batu, { title: 'Chôm chôm' });
		const both = await Promise.all([
			world.takes(anhminh, ofGoods(goods)),
			world.takes(chihanh, ofGoods(goods))
		]);
		expect(both.filter((done) => done.ok)).toHaveLength(1);
		const [late] = both.filter((done) => !done.ok);
		expect(late).toMatchObject({
			refusal: {
				code: 'already_decided',
				facts: { by: expect.stringMatching(/Minh|Hạnh/), outcome: 'in_force' }
			}
		});
		const locks = await exchange.db`
			select id from audit_log where action = 'listing.locked' and subject = ${`listing:${goods.id}`}`;
		expect(locks).toHaveLength(1);
	});

	test('TG-9.2 pressing twice is one measure, and evidence of somebody else is none', async () => {
		const goods = await exchange.sells(batu, { title: 'Thanh long' });
		const measureId = randomUUID();
		const first = await world.takes(anhminh, ofGoods(goods), { measureId });
		expect(await world.takes(anhminh, ofGoods(goods), { measureId })).toEqual(first);
		await world.lifts(bacsau, measureId);
		expect(await world.takes(anhminh, ofGoods(goods), { files: [randomUUID()] })).toMatchObject({
			refusal: { code: 'invalid_input', fields: { files: 'photo_missing' } }
		});
		await world.expectPublic(goods, true);
	});

	test('TG-9.2 locking beside an approval: whichever comes first, nothing stays public', async () => {
		for (let round = 0; round < 3; round++) {
			const sent = await exchange.submits(batu, { title: `Nhãn ${round}` });
			const [locked] = await Promise.all([
				world.takes(bacsau, ofBusiness(batu)),
				exchange.decides(chihanh, sent.id, 'approve')
			]);
			if (!locked.ok) throw new Error(JSON.stringify(locked.refusal));
			expect(await findPublicListing(exchange.db, sent.id)).toBeNull();
			expect((await exchange.feed('public', 'listings', sent.id)) ?? null).toBeNull();
			await world.lifts(bacsau, locked.value.id);
		}
	});
});

describe('LAW-tmdt-notice', () => {
	const monday = '2026-11-16T02:00:00.000Z';

	test('LAW-tmdt-notice an ordinary ground: told at once, locked at the date, not a moment before, and once', async () => {
		const goods = await exchange.sells(chuba, { title: 'Xoài tứ quý' });
		const ground = { groundId: 'thong-tin-sai' };
		const id = await world.locks(anhminh, ofBusiness(chuba), ground, monday);
		await world.expectPublic(goods, true);
		const own = (await ownMeasures(exchange.db, chuba.id)).find((one) => one.id === id);
		expect(own).toMatchObject({ state: 'noticed', effectAt: '2026-11-23T17:00:00.000Z', canRemedy: true });
		expect(await exchange.messagesTo(chuba)).toContainEqual(
			expect.objectContaining({
				template: 'measure_noticed',
				params: expect.objectContaining({ at: '24/11/2026' })
			})
		);
		expect(await world.takes(chihanh, ofBusiness(chuba), ground, monday)).toMatchObject({
			refusal: { code: 'already_decided', facts: { outcome: 'noticed' } }
		});

		expect(await carryOutDue(exchange.db, '2026-11-23T16:59:59.999Z')).toBe(0);
		await world.expectPublic(goods, true);
		const due = '2026-11-23T17:00:00.000Z';
		const swept = await Promise.all([1, 2, 3].map(() => carryOutDue(exchange.db, due)));
		expect(swept.reduce((a, b) => a + b, 0)).toBe(1);
		await world.expectPublic(goods, false);
		expect(await world.stateOf(id)).toBe('in_force');
		expect(await exchange.messagesTo(chuba)).toContainEqual(
			expect.objectContaining({ template: 'measure_taken' })
		);
		await world.lifts(bacsau, id);
	});

	test('LAW-tmdt-notice a notice taken back is never carried out; what cannot wait takes its place', async () => {
		const goods = await exchange.sells(chuba, { title: 'Sapoche' });
		const ground = { groundId: 'thong-tin-sai' };
		const withdrawn = await world.locks(anhminh, ofBusiness(chuba), ground, monday);
		await world.lifts(bacsau, withdrawn);
		expect(await world.stateOf(withdrawn)).toBe('withdrawn');
		const running = await world.locks(anhminh, ofBusiness(chuba), ground, monday);
		const now = await world.locks(anhminh, ofBusiness(chuba), {}, monday);
		expect(await world.stateOf(running)).toBe('withdrawn');
		await world.expectPublic(goods, false);
		expect(await carryOutDue(exchange.db, '2026-12-31T00:00:00.000Z')).toBe(0);
		await world.lifts(bacsau, now);
	});

	test('TG-19.7, TG-17.3 junk: a buyer as well, for a term that ends by itself', async () => {
		const junk = { groundId: 'tin-rac', agencyId: 'so-cong-thuong', untilDay: '2026-11-30' };
		const id = await world.locks(quantri, ofAccount(chilan), junk, monday);
		expect(await world.accountState(chilan)).toBe('locked');
		expect(await carryOutDue(exchange.db, '2026-11-30T16:59:59.000Z')).toBe(0);
		expect(await carryOutDue(exchange.db, '2026-11-30T17:00:00.000Z')).toBe(1);
		expect(await world.stateOf(id)).toBe('run_out');
		expect(await world.accountState(chilan)).toBe('active');
	});
});

/** How many statements a transaction is asked for, those inside others included. */
function counted(tx: Tx): { readonly tx: Tx; readonly asked: () => number } {
	let asked = 0;
	const apply = (target: Tx, self: unknown, args: unknown[]): unknown => {
		asked += 1;
		return Reflect.apply(target, self, args);
	};
	return { tx: new Proxy(tx, { apply }), asked: () => asked };
}

test('TG-9.2 a seller of many goods is locked in as many statements as one of few', async () => {
	const statements = async (): Promise<number> => {
		let asked = 0;
		const undone = write(exchange.db, { actorId: 'system:test', now: soon() }, async (ctx) => {
			const { tx, ...count } = counted(ctx.tx);
			await lockListingsOfBusiness({ ...ctx, tx }, businessOf(batu), { id: null, name: 'Sở' });
			asked = count.asked();
			throw new Error('undone');
		});
		await expect(undone).rejects.toThrow('undone');
		return asked;
	};
	await exchange.sells(batu);
	const few = await statements();
	for (let more = 0; more < 3; more += 1) await exchange.sells(batu);
	expect(await statements()).toBe(few);
});

describe('TG-9.2 orders that run', () => {
	test('TG-13.1, TG-9.2 the buyer is told; the locked seller declines what is new, finishes what was promised', async () => {
		const goods = await exchange.sells(chuba, { title: 'Gạo ST25' });
		const orders = [1, 2].map((quantity) => exchange.order(goods, quantity));
		for (const input of orders) await exchange.must(chilan, { name: 'order.place', input });
		const [fresh, promised] = orders.map((order) => order.orderId);
		const step = { reason: '', carrier: '', trackingCode: '', shippingFee: null };
		const advance = (orderId = '', rev: number, event: 'confirm' | 'decline') =>
			exchange.does(chuba, {
				name: 'order.advance',
				input: { ...step, orderId, rev, event, reason: 'Bị khóa' }
			});
		expect((await advance(promised, 1, 'confirm')).ok).toBe(true);

		const id = await world.locks(anhminh, ofBusiness(chuba));
		const told = (await exchange.told(chilan)).filter(({ kind }) => kind === 'order_seller_locked');
		expect(told).toHaveLength(2);
		expect(await advance(fresh, 1, 'confirm')).toMatchObject({ refusal: { code: 'seller_locked' } });
		expect((await advance(fresh, 1, 'decline')).ok).toBe(true);
		await world.lifts(bacsau, id);

		const account = await world.locks(bacsau, ofAccount(chuba));
		expect(await runningOrdersOf(exchange.db, chuba.id)).toMatchObject([
			{ id: promised, state: 'awaiting_pickup', events: ['decline', 'hand_over'] }
		]);
		const locked = (event: 'hand_over' | 'deliver', rev: number) =>
			advanceAsLocked(
				exchange.db,
				chuba.id,
				{ orderId: promised ?? '', rev, event, words: 'Xe ông Bảy' },
				soon()
			);
		expect((await locked('hand_over', 2)).ok).toBe(true);
		expect((await locked('deliver', 3)).ok).toBe(true);
		expect(await exchange.feed(`user:${chilan.id}`, 'orders', promised ?? '')).toMatchObject({
			state: 'delivered',
			carrier: 'Xe ông Bảy'
		});
		expect(
			await advanceAsLocked(
				exchange.db,
				batu.id,
				{ orderId: promised ?? '', rev: 4, event: 'deliver', words: '' },
				soon()
			)
		).toMatchObject({ refusal: { code: 'not_found' } });
		await world.lifts(bacsau, account);
	});
});

describe('TG-17.3 the ladder', () => {
	test('TG-17.3 warn, suspend, end, refer, in this order and on record', async () => {
		const target = ofAccount(batu);
		expect(await world.takes(bacsau, target, { step: 'end' })).toMatchObject({
			refusal: { code: 'illegal_transition', clause: 'TG-17.3' }
		});
		await world.locks(bacsau, target, { step: 'warn' });
		expect(await world.accountState(batu)).toBe('active');
		await world.locks(bacsau, target);
		await world.locks(bacsau, target, { step: 'end' });
		const referral = await world.locks(bacsau, target, {
			step: 'refer',
			bodyId: 'hoi-bvntd',
			papers: 'Biên bản 12/BB, ba phản ánh'
		});
		const record = await ownMeasures(exchange.db, batu.id);
		expect(record.slice(0, 4).map(({ step }) => step)).toEqual(['refer', 'end', 'suspend', 'warn']);
		expect(record[0]).toMatchObject({ referredTo: expect.stringContaining('Hội Bảo vệ'), canRemedy: false });
		expect((await world.lifts(bacsau, referral)).ok).toBe(true);
		const [end, suspension] = [record[1]?.id ?? '', record[2]?.id ?? ''];
		expect((await world.lifts(bacsau, end)).ok).toBe(true);
		expect(await world.accountState(batu)).toBe('locked');
		expect((await world.lifts(bacsau, suspension)).ok).toBe(true);
		expect(await world.accountState(batu)).toBe('active');
	});

	test('TG-9.2 what would happen is told before, and what is locked says by whom', async () => {
		const goods = await exchange.sells(chuba, { title: 'Mít thái' });
		await exchange.must(chilan, { name: 'order.place', input: exchange.order(goods, 1) });
		const before = await preview(anhminh, chuba);
		if (!before.ok) throw new Error(before.refusal.code);
		const suspend = before.value.steps.find(({ step }) => step === 'suspend');
		const { hidden = 0, orders = 0 } = suspend ?? {};
		expect(hidden).toBeGreaterThan(0);
		expect(orders).toBe(1);
		expect(before.value.steps.map(({ step }) => step)).not.toContain('hide_product');
		const id = await world.locks(anhminh, ofBusiness(chuba));
		const [after] = await exchange.db<{ n: number }[]>`
			select count(*)::int as n from audit_log where action = 'listing.locked'
				and subject in (select 'listing:' || id from listings where business_id = ${ofBusiness(chuba).id})
				and at >= (select max(at) from audit_log where action = 'measure.taken')`;
		expect(after?.n).toBeGreaterThanOrEqual(hidden);
		const seen = await preview(chihanh, chuba);
		expect(seen).toMatchObject({
			ok: true,
			value: { standing: 'suspended', locked: { by: 'Lê Quang Minh' } }
		});
		expect(await preview(coyen, chuba)).toMatchObject({ refusal: { code: 'not_allowed' } });
		await world.lifts(bacsau, id);
	});
});

test('TG-16.2 reason and evidence lie sealed, and a stranger’s measures do not exist', async () => {
	const goods = await exchange.sells(batu, { title: 'Sơ ri' });
	const id = await world.locks(anhminh, ofGoods(goods));
	const [row] = await transaction(
		exchange.db,
		'system:test',
		(tx) => tx<{ row: string }[]>`select m::text as row from measures m where id = ${id}`
	);
	expect(row?.row).not.toContain('hoang dã');
	expect(row?.row).not.toContain('phản ánh ngày');
	for (const [person, sees] of [
		[chilan, 0],
		[batu, 1],
		[anhminh, 1]
	] as const)
		expect(
			await transaction(exchange.db, person.id, (tx) => tx`select id from measures where id = ${id}`)
		).toHaveLength(sees);
	expect((await ownMeasures(exchange.db, chilan.id)).map((one) => one.id)).not.toContain(id);
});
