import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addDays, startOfDay, vietnamDay } from '$lib/domain/calendar/working-days.ts';
import { recordAgencyChange } from '$lib/server/agencies/changes.ts';
import { settleAgencies } from '$lib/server/agencies/settle.ts';
import { dispatch } from '$lib/server/commands.ts';
import { transaction } from '$lib/server/db/pool.ts';
import { enforcing, ofAccount, ofBusiness, ofGoods } from '$lib/server/enforcement/test-world.ts';
import { closeAccount, closingTies } from '$lib/server/personal-data/closing.ts';
import { ownData } from '$lib/server/personal-data/own-data.ts';
import { readablePage } from '$lib/server/personal-data/readable.ts';
import { recordReferenceChange } from '$lib/server/reference/service.ts';
import { settleDays } from '$lib/server/reference/settle.ts';
import { write, type WriteContext } from '$lib/server/sync/write.ts';
import type { AnyCommand } from '$lib/sync/protocol/commands.ts';
import {
	openExchange,
	people,
	type Exchange,
	type Goods,
	type Person
} from '../../../../tests/world/exchange.ts';
import { endPastNeeds } from './ending.ts';

const { batu, chuba, chilan, anhminh, bacsau, quantri, coyen } = people;
const now = () => new Date().toISOString();
const today = vietnamDay(now());
/** Who answers for people who sell nothing (TG-19.7). */
const mainUnit = { agencyId: 'so-cong-thuong' };
/** The buyer reads what became of it. */
const offSale = { droppedFor: 'off_sale' };
let exchange: Exchange;
let world: ReturnType<typeof enforcing>;

const opens = async () => {
	exchange = await openExchange({ now: '2026-01-01T00:00:00.000Z' });
	world = enforcing(exchange);
};
const onBoard = (id: string) => exchange.feed('public', 'needs', `need:${id}`);
const own = (id: string, person: Person = chilan) => exchange.feed(`user:${person.id}`, 'needs', `own:${id}`);
const sent = (id: string, person: Person = batu) =>
	exchange.feed(`user:${person.id}`, 'needs', `offer:${id}`);

describe('TG-10.3a the last day', () => {
	beforeAll(opens);
	afterAll(() => exchange.close());
	const midnight = startOfDay(addDays(today, 1));

	test('TG-10.3a: a need stands to the end of its last day, then leaves the board with its offers', async () => {
		const goods = await exchange.sells(batu);
		const [ending, staying] = [
			await exchange.looksFor(chilan, { until: today }),
			await exchange.looksFor(chilan, { until: addDays(today, 1) })
		];
		const offer = exchange.offer(ending, goods);
		await exchange.must(batu, { name: 'offer.send', input: offer });
		const justBefore = new Date(Date.parse(midnight) - 1).toISOString();
		expect(await endPastNeeds(exchange.db, justBefore)).toBe(0);
		expect(await endPastNeeds(exchange.db, midnight)).toBe(1);
		expect([await onBoard(ending), await onBoard(staying)]).toEqual([
			null,
			expect.objectContaining({ id: staying })
		]);
		expect(await own(ending)).toMatchObject({ state: 'ended', offers: [] });
		expect(await sent(offer.offerId)).toMatchObject({ state: 'over' });
		expect((await exchange.told(chilan)).at(-1)).toEqual({
			kind: 'need_ended',
			facts: { title: 'Cần mua sầu riêng Ri6 loại 1' }
		});
		expect(await endPastNeeds(exchange.db, midnight)).toBe(0);
	});

	test('TG-10.3a: between midnight and the job, nothing is offered for it any more', async () => {
		const goods = await exchange.sells(batu);
		const id = await exchange.looksFor(chilan, { until: today });
		expect(
			await exchange.does(batu, { name: 'offer.send', input: exchange.offer(id, goods) }, { now: midnight })
		).toMatchObject({ refusal: { code: 'need_over' } });
		await endPastNeeds(exchange.db, midnight);
	});

	test('TG-10.3b: one that still waits takes its case along, and what was late stays counted', async () => {
		const waiting = await exchange.posts(
			chilan,
			{ until: '2026-07-02' },
			{ now: '2026-07-01T02:00:00.000Z' }
		);
		const returned = await exchange.posts(chilan, { until: today });
		await exchange.decides(anhminh, returned, 'return');
		expect(await endPastNeeds(exchange.db, midnight)).toBe(2);
		const open = await exchange.caseOf(waiting);
		expect(open).toMatchObject({ state: 'cancelled' });
		expect(await exchange.db`select from sla_breaches where case_id = ${open.id}`).toHaveLength(1);
		expect(await exchange.caseOf(returned)).toMatchObject({ state: 'returned' });
		expect(await own(returned)).toMatchObject({ state: 'ended' });
	});

	test('TG-10.3a: more than are looked at in one go all end, from two processes as well', async () => {
		await transaction(
			exchange.owner,
			chilan.id,
			(tx) => tx`
				insert into needs (id, buyer_id, state, rev, content, sector_id, ward_code, until, created_at, updated_at)
				select gen_random_uuid(), ${chilan.id}, 'returned', 1,
					${JSON.stringify(exchange.need({ until: today }))}::text::jsonb, 'nong-san', ${exchange.ward.code},
					${today}, now(), now()
				from generate_series(1, 410)`
		);
		const [one, other] = await Promise.all([
			endPastNeeds(exchange.db, midnight),
			endPastNeeds(exchange.db, midnight)
		]);
		expect(one + other).toBe(410);
	});
});

describe('TG-9.2 a locked account', () => {
	beforeAll(opens);
	afterAll(() => exchange.close());

	test('TG-9.2 TG-15.1: what a locked member looks for is closed, and does not come back with the account', async () => {
		const goods = await exchange.sells(batu);
		const [shown, waiting] = [await exchange.looksFor(chilan), await exchange.posts(chilan)];
		const other = await exchange.looksFor(chuba);
		const offer = exchange.offer(shown, goods);
		await exchange.must(batu, { name: 'offer.send', input: offer });
		const measure = await world.locks(quantri, ofAccount(chilan), mainUnit);
		expect(await onBoard(shown)).toBeNull();
		expect(await exchange.caseOf(waiting)).toMatchObject({ state: 'cancelled' });
		expect(await sent(offer.offerId)).toMatchObject({ state: 'over' });
		expect(await onBoard(other)).toMatchObject({ id: other });
		expect(await world.lifts(quantri, measure)).toMatchObject({ ok: true });
		expect(await world.accountState(chilan)).toBe('active');
		for (const id of [shown, waiting]) expect(await own(id)).toMatchObject({ state: 'closed' });
	});

	test('TG-9.2: what a locked seller offered is gone from every need', async () => {
		const goods = await exchange.sells(chuba);
		const needs = [await exchange.looksFor(chilan), await exchange.looksFor(batu)];
		for (const id of needs)
			await exchange.must(chuba, { name: 'offer.send', input: exchange.offer(id, goods) });
		const measure = await world.locks(quantri, ofAccount(chuba));
		expect(await own(needs[0] ?? '')).toMatchObject({ state: 'approved', offers: [] });
		expect(await own(needs[1] ?? '', batu)).toMatchObject({ state: 'approved', offers: [] });
		await world.lifts(quantri, measure);
	});

	/** A need that says of goods that they are sold no more. */
	async function saysWithdrawn(goods: Goods, seller: Person): Promise<string> {
		const id = await exchange.looksFor(chilan);
		await exchange.must(seller, { name: 'offer.send', input: exchange.offer(id, goods) });
		await exchange.must(seller, { name: 'listing.withdraw', input: { listingId: goods.id, base: 2 } });
		expect(await own(id)).toMatchObject({ offers: [offSale] });
		return id;
	}

	test('TG-9.2: goods that are locked after they were withdrawn leave the need of whoever read that, until the lock ends', async () => {
		const goods = await exchange.sells(batu);
		const id = await saysWithdrawn(goods, batu);
		const measure = await world.locks(anhminh, ofGoods(goods));
		expect(await own(id)).toMatchObject({ state: 'approved', offers: [] });
		expect(await world.lifts(bacsau, measure)).toMatchObject({ ok: true });
		expect(await own(id)).toMatchObject({ offers: [offSale] });
	});

	test('TG-9.2: a seller who is locked is named for nothing, not for goods that were thrown away either', async () => {
		const [kept, thrown] = [await exchange.sells(batu), await exchange.sells(batu)];
		const needs = [await saysWithdrawn(kept, batu), await saysWithdrawn(thrown, batu)];
		await exchange.must(batu, { name: 'draft.discard', input: { listingId: thrown.id, base: 3 } });
		for (const target of [ofBusiness(batu), ofAccount(batu)]) {
			for (const id of needs) expect(await own(id)).toMatchObject({ offers: [offSale] });
			const measure = await world.locks(quantri, target);
			for (const id of needs) expect(await own(id)).toMatchObject({ state: 'approved', offers: [] });
			await world.lifts(quantri, measure);
		}
		for (const id of needs) expect(await own(id)).toMatchObject({ offers: [offSale] });
	});
});

describe('TG-15.1 at the same moment', () => {
	beforeAll(opens);
	afterAll(() => exchange.close());

	/** A transaction that has done its work and waits with its commit. */
	function holding(actorId: string, work: (ctx: WriteContext) => Promise<unknown>) {
		let release = (): void => undefined;
		let worked = (): void => undefined;
		const released = new Promise<void>((resolve) => (release = resolve));
		const hasWorked = new Promise<void>((resolve) => (worked = resolve));
		const ended = write(exchange.db, { actorId, now: now() }, async (ctx) => {
			const value = await work(ctx);
			worked();
			await released;
			return value;
		});
		return { hasWorked, release, ended };
	}
	const as = async (person: Person, command: AnyCommand) => {
		const actor = await exchange.actorNow(person, now());
		return (ctx: WriteContext) => dispatch({ ...ctx, actor }, command);
	};
	async function somebodyWaits(): Promise<void> {
		await expect
			.poll(async () => (await exchange.owner`select from pg_locks where not granted`).length)
			.toBeGreaterThan(0);
	}
	const approval = async (needId: string): Promise<AnyCommand> => ({
		name: 'case.decide',
		input: { caseId: (await exchange.caseOf(needId)).id, listingRev: 1, decision: 'approve', note: '' }
	});

	test('TG-15.1: an approval first: the lock of the account waits and takes the need down', async () => {
		const id = await exchange.posts(chilan);
		const approving = holding(anhminh.id, await as(anhminh, await approval(id)));
		await approving.hasWorked;
		const locking = world.locks(quantri, ofAccount(chilan), mainUnit);
		await somebodyWaits();
		approving.release();
		expect(await approving.ended).toMatchObject({ ok: true });
		const measure = await locking;
		expect(await onBoard(id)).toBeNull();
		await world.lifts(quantri, measure);
	});

	test('TG-15.1: a close first: the approval waits for it and is refused', async () => {
		const id = await exchange.posts(chilan);
		const approve = await approval(id);
		const closing = holding(
			chilan.id,
			await as(chilan, { name: 'need.close', input: { needId: id, base: 1 } })
		);
		await closing.hasWorked;
		const approving = exchange.does(anhminh, approve);
		await somebodyWaits();
		closing.release();
		expect(await closing.ended).toMatchObject({ ok: true });
		expect(await approving).toMatchObject({ refusal: { code: 'already_decided' } });
		expect(await onBoard(id)).toBeUndefined();
	});

	test('TG-6.6: an offer first: the close waits for it and ends it', async () => {
		const goods = await exchange.sells(batu);
		const id = await exchange.looksFor(chilan);
		const input = exchange.offer(id, goods);
		const offering = holding(batu.id, await as(batu, { name: 'offer.send', input }));
		await offering.hasWorked;
		const closing = exchange.does(chilan, { name: 'need.close', input: { needId: id, base: 1 } });
		await somebodyWaits();
		offering.release();
		expect(await offering.ended).toMatchObject({ ok: true });
		expect(await closing).toMatchObject({ ok: true });
		expect(await sent(input.offerId)).toMatchObject({ state: 'over' });
	});

	test('TG-6.6: a close first: the offer waits for it and is refused', async () => {
		const goods = await exchange.sells(batu);
		const id = await exchange.looksFor(chilan);
		const closing = holding(
			chilan.id,
			await as(chilan, { name: 'need.close', input: { needId: id, base: 1 } })
		);
		await closing.hasWorked;
		const offering = exchange.does(batu, { name: 'offer.send', input: exchange.offer(id, goods) });
		await somebodyWaits();
		closing.release();
		await closing.ended;
		expect(await offering).toMatchObject({ refusal: { code: 'need_over' } });
	});

	test('TG-15.1: goods taken down first: they are not offered any more', async () => {
		const goods = await exchange.sells(batu);
		const id = await exchange.looksFor(chilan);
		const taking = holding(
			batu.id,
			await as(batu, { name: 'listing.withdraw', input: { listingId: goods.id, base: 2 } })
		);
		await taking.hasWorked;
		const offering = exchange.does(batu, { name: 'offer.send', input: exchange.offer(id, goods) });
		await somebodyWaits();
		taking.release();
		await taking.ended;
		expect(await offering).toMatchObject({ refusal: { code: 'not_for_sale' } });
	});

	test('TG-15.1: an offer first: taking the goods down takes it along', async () => {
		const goods = await exchange.sells(batu);
		const id = await exchange.looksFor(chilan);
		const input = exchange.offer(id, goods);
		const offering = holding(batu.id, await as(batu, { name: 'offer.send', input }));
		await offering.hasWorked;
		const taking = exchange.does(batu, {
			name: 'listing.withdraw',
			input: { listingId: goods.id, base: 2 }
		});
		await somebodyWaits();
		offering.release();
		await offering.ended;
		expect(await taking).toMatchObject({ ok: true });
		expect(await sent(input.offerId)).toMatchObject({ state: 'withdrawn' });
		expect(await own(id)).toMatchObject({ offers: [offSale] });
	});

	test('TG-9.2: two who sell to each other are locked at once without waiting for each other for ever', async () => {
		const [hers, his] = [await exchange.sells(batu), await exchange.sells(chuba)];
		const [ofHer, ofHim] = [await exchange.looksFor(batu), await exchange.looksFor(chuba)];
		await exchange.must(batu, { name: 'offer.send', input: exchange.offer(ofHim, hers) });
		await exchange.must(chuba, { name: 'offer.send', input: exchange.offer(ofHer, his) });
		await Promise.all([world.locks(quantri, ofAccount(batu)), world.locks(quantri, ofAccount(chuba))]);
		expect([await onBoard(ofHer), await onBoard(ofHim)]).toEqual([null, null]);
	});
});

describe('what touches cases as a whole', () => {
	beforeAll(opens);
	afterAll(() => exchange.close());

	test('TG-3.2 LAW-reform-2025: a need goes with its sector to another department, which approves it', async () => {
		const id = await exchange.posts(chilan);
		const tomorrow = `${addDays(today, 1)}T03:00:00.000Z`;
		const change = {
			kind: 'sector_moved',
			agencyId: 'so-nnmt',
			sectorId: 'nong-san',
			toAgencyId: 'so-cong-thuong',
			on: vietnamDay(tomorrow)
		} as const;
		const recorded = await recordAgencyChange(
			exchange.db,
			await exchange.actorNow(quantri, now()),
			{ change, reason: 'Theo nghị quyết của tỉnh', decision: '' },
			now()
		);
		expect(recorded).toMatchObject({ ok: true });
		await settleAgencies(exchange.db, tomorrow);
		expect(await exchange.caseOf(id)).toMatchObject({ agencyId: 'so-cong-thuong', state: 'open' });
		expect(await exchange.decides(coyen, id, 'approve', { now: tomorrow })).toMatchObject({ ok: true });
		expect(await onBoard(id)).toMatchObject({ agency: { id: 'so-cong-thuong' } });
	});

	test('TG-10.3b: a day off that is added moves the term, and its buyer reads the new one', async () => {
		const received = '2026-12-01T02:00:00.000Z';
		const id = await exchange.posts(chilan, { until: '2027-01-30' }, { now: received });
		expect(await exchange.caseOf(id)).toMatchObject({ lastDay: '2026-12-04' });
		const change = { kind: 'calendar', day: '2026-12-03', as: 'off', words: 'Nghỉ bù' } as const;
		const recorded = await recordReferenceChange(
			exchange.db,
			await exchange.actorNow(quantri, received),
			{ change, reason: 'Theo thông báo', decision: 'Thông báo 12' },
			received
		);
		expect(recorded).toMatchObject({ ok: true });
		expect(await settleDays(exchange.db, received)).toBeGreaterThan(0);
		expect(await own(id)).toMatchObject({ review: { lastDay: '2026-12-07' } });
	});
});

describe('TG-16.5 whoever leaves', () => {
	beforeAll(opens);
	afterAll(() => exchange.close());

	test('TG-16.5: what is taken out holds needs with every text, and offers', async () => {
		const goods = await exchange.sells(batu);
		const id = await exchange.posts(chilan, { title: 'Cần mua bưởi da xanh' });
		await exchange.decides(anhminh, id, 'return');
		await exchange.must(chilan, {
			name: 'need.submit',
			input: { needId: id, base: 1, content: exchange.need({ title: 'Cần mua bưởi năm roi' }) }
		});
		await exchange.decides(anhminh, id, 'approve');
		await exchange.must(batu, { name: 'offer.send', input: exchange.offer(id, goods, { needRev: 2 }) });
		const data = await ownData(exchange.db, chilan.id, now());
		expect(data.needs).toMatchObject([
			{
				state: 'approved',
				texts: [
					{ content: { title: 'Cần mua bưởi da xanh' } },
					{ content: { title: 'Cần mua bưởi năm roi' } }
				],
				offers: [{ title: goods.content.title, quantity: 50 }]
			}
		]);
		expect(readablePage(data)).toContain('Nhu cầu mua');
		const hers = await ownData(exchange.db, batu.id, now());
		expect(hers).toMatchObject({ needs: [], offers: [{ needId: id, quantity: 50 }] });
		expect(JSON.stringify(hers)).not.toContain(chilan.id);
	});

	test('TG-16.5: a seller who leaves is named in nobody’s need any more', async () => {
		const goods = await exchange.sells(chuba);
		const id = await exchange.looksFor(batu);
		await exchange.must(chuba, { name: 'offer.send', input: exchange.offer(id, goods) });
		await exchange.must(chuba, { name: 'listing.withdraw', input: { listingId: goods.id, base: 2 } });
		expect(await own(id, batu)).toMatchObject({ offers: [offSale] });
		expect(await closeAccount(exchange.db, chuba.id, now())).toMatchObject({ ok: true });
		expect(await own(id, batu)).toMatchObject({ state: 'approved', offers: [] });
	});

	test('TG-16.5: a need does not keep anybody: the account closes, and the need with it', async () => {
		const [shown, waiting] = [await exchange.looksFor(chilan), await exchange.posts(chilan)];
		expect(await closingTies(exchange.db, chilan.id)).toEqual([]);
		expect(await closeAccount(exchange.db, chilan.id, now())).toMatchObject({ ok: true });
		expect(await onBoard(shown)).toBeNull();
		expect(await exchange.caseOf(waiting)).toMatchObject({ state: 'cancelled' });
	});
});
