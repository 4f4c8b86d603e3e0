import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openExchange, people, type Exchange } from '../../../../tests/world/exchange.ts';
import { endPost } from '$lib/server/accounts/service.ts';
import { write } from '$lib/server/sync/write.ts';
import { writeBreaches } from './breaches.ts';
import { caseHistory, dueOverview } from './overview.ts';

const { batu, chilan, anhminh, chihanh, bacsau, coyen } = people;
let exchange: Exchange;
beforeAll(async () => {
	exchange = await openExchange({ now: '2026-01-01T00:00:00.000Z' });
});
afterAll(() => exchange.close());

const minutes = (n: number) => n * 60_000;
const later = (instant: string, ms: number) => new Date(Date.parse(instant) + ms).toISOString();
const breachesOf = (caseId: string) =>
	exchange.db<{ officer: string | null; agency: string; dueAt: string }[]>`
		select officer_id as officer, agency_id as agency, due_at as "dueAt" from sla_breaches
		where case_id = ${caseId}`;

describe('TG-10.2b the decision', () => {
	test('TG-10.2b the term is counted from the server’s receipt, whatever the device’s clock says', async () => {
		// Thursday afternoon before Tết: 13/2 counts, then the holiday to 22/2, so the third day is 24/2.
		const sent = await exchange.submits(
			batu,
			{},
			{ now: '2026-02-12T09:45:00.000Z', deviceTime: '2036-02-12T09:45:00.000Z' }
		);
		const opened = await exchange.caseOf(sent.id);
		expect(opened).toMatchObject({
			receivedAt: '2026-02-12T09:45:00.000Z',
			lastDay: '2026-02-24',
			dueAt: '2026-02-24T17:00:00.000Z'
		});
		expect(await exchange.feed('agency:so-nnmt', 'cases', opened.id)).toMatchObject({
			deviceTime: '2036-02-12T09:45:00.000Z',
			countedDays: ['2026-02-13', '2026-02-23', '2026-02-24'],
			skippedDays: expect.arrayContaining([{ day: '2026-02-17', reason: expect.any(String) }])
		});
	});

	test('TG-10.2b, TG-19.5 an approval is named, public at once, and the seller is told', async () => {
		const sent = await exchange.submits(batu, { title: 'Xoài cát Hòa Lộc' });
		const opened = await exchange.caseOf(sent.id);
		const deviceTime = '2020-01-01T00:00:00.000Z';
		expect((await exchange.decides(chihanh, sent.id, 'approve', { deviceTime })).ok).toBe(true);
		expect(await exchange.feed('public', 'listings', sent.id)).toMatchObject({
			title: 'Xoài cát Hòa Lộc',
			agency: { id: 'so-nnmt' },
			photos: [{ thumb: expect.stringMatching(/^\/media\/[\w-]{22}\/thumb\.webp$/) }]
		});
		expect(await exchange.feed('agency:so-nnmt', 'cases', opened.id)).toMatchObject({
			state: 'approved',
			decision: { by: { id: chihanh.id, name: 'Phạm Mỹ Hạnh' }, deviceTime, outcome: 'approved' }
		});
		expect((await exchange.told(batu)).at(-1)).toMatchObject({ kind: 'listing_approved' });
		const lines = await exchange.db<{ actor: string }[]>`
			select actor from audit_log where subject = ${`case:${opened.id}`} and action = 'case.approved'`;
		expect(lines).toEqual([{ actor: chihanh.id }]);
	});

	test('TG-10.2b a return says why; sent again it is a new case with a new term', async () => {
		const sent = await exchange.submits(batu, {}, { now: '2026-06-01T03:00:00.000Z' });
		const first = await exchange.caseOf(sent.id);
		const input = { caseId: first.id, listingRev: first.rev, decision: 'return' as const, note: '' };
		expect(
			await exchange.does(anhminh, { name: 'case.decide', input: { ...input, reasonCodes: [] } })
		).toMatchObject({ refusal: { code: 'reason_required' } });
		expect(
			await exchange.does(anhminh, { name: 'case.decide', input: { ...input, reasonCodes: ['vì thế'] } })
		).toMatchObject({ refusal: { code: 'invalid_input' } });
		const at = { now: '2026-06-02T03:00:00.000Z' };
		expect((await exchange.decides(anhminh, sent.id, 'return', at)).ok).toBe(true);
		expect(await exchange.feed('public', 'listings', sent.id)).toBeUndefined();
		expect(await exchange.feed(`user:${batu.id}`, 'mine', sent.id)).toMatchObject({
			state: 'returned',
			review: { decision: 'returned', reasonCodes: [exchange.pack.returnReasons[0]?.id] }
		});

		await exchange.submits(batu, {}, { id: sent.id, base: 2, now: '2026-06-08T03:00:00.000Z' });
		expect(await exchange.caseOf(sent.id)).toMatchObject({ round: 2, lastDay: '2026-06-11' });
	});

	test('TG-10.2b the second officer is refused, and told by whom, when and how it was decided', async () => {
		const sent = await exchange.submits(batu);
		const opened = await exchange.caseOf(sent.id);
		const now = new Date().toISOString();
		await exchange.decides(anhminh, sent.id, 'approve', { now });
		expect(
			await exchange.does(chihanh, {
				name: 'case.decide',
				input: { caseId: opened.id, listingRev: 2, decision: 'approve', note: '' }
			})
		).toEqual({
			ok: false,
			refusal: {
				code: 'already_decided',
				clause: 'TG-10.2b',
				facts: { by: 'Lê Quang Minh', at: now, outcome: 'approved' }
			}
		});
	});

	test('TG-10.2b of two officers who decide at the same moment one decides', async () => {
		const sent = await exchange.submits(batu);
		const both = await Promise.all([
			exchange.decides(anhminh, sent.id, 'approve'),
			exchange.decides(chihanh, sent.id, 'return')
		]);
		expect(both.filter((done) => done.ok)).toHaveLength(1);
		expect(both.find((done) => !done.ok)).toMatchObject({ refusal: { code: 'already_decided' } });
	});

	test('TG-3.2 officers of other departments, members and officers whose post ended decide nothing', async () => {
		const sent = await exchange.submits(batu);
		for (const person of [coyen, chilan, batu])
			expect(await exchange.decides(person, sent.id, 'approve')).toMatchObject({
				refusal: { code: 'not_found' }
			});
		await write(exchange.db, { actorId: 'system:test', now: new Date().toISOString() }, (ctx) =>
			endPost(ctx, { accountId: bacsau.id, agencyId: 'so-nnmt' })
		);
		expect((await exchange.decides(bacsau, sent.id, 'approve')).ok).toBe(false);
		expect(await exchange.caseOf(sent.id)).toMatchObject({ state: 'open' });
	});

	test('TG-15.1 a decision names the version it is about', async () => {
		const sent = await exchange.submits(batu);
		const opened = await exchange.caseOf(sent.id);
		expect(
			await exchange.does(anhminh, {
				name: 'case.decide',
				input: { caseId: opened.id, listingRev: 1, decision: 'approve', note: '' }
			})
		).toEqual({ ok: false, refusal: { code: 'stale_version', facts: { rev: 2 } } });
	});
});

describe('TG-19.5 handing a case on', () => {
	test('TG-19.5 the holder hands it to a colleague, who is told; it stays on record', async () => {
		const sent = await exchange.submits(batu);
		const opened = await exchange.caseOf(sent.id);
		const [holder, other] = opened.assigneeId === anhminh.id ? [anhminh, chihanh] : [chihanh, anhminh];
		const hand = (person: typeof anhminh, to: typeof anhminh) =>
			exchange.does(person, {
				name: 'case.reassign',
				input: { caseId: opened.id, toAccountId: to.id, reason: 'nghỉ phép' }
			});
		expect(await hand(other, other)).toMatchObject({ refusal: { code: 'not_allowed' } });
		expect(await hand(coyen, other)).toMatchObject({ refusal: { code: 'not_found' } });
		expect(await hand(holder, coyen)).toMatchObject({ refusal: { code: 'officer_not_in_agency' } });
		expect(await hand(holder, chilan)).toMatchObject({ refusal: { code: 'officer_not_in_agency' } });
		expect((await hand(holder, other)).ok).toBe(true);
		expect(await exchange.feed('agency:so-nnmt', 'cases', opened.id)).toMatchObject({
			assignee: { id: other.id, name: other.name }
		});
		expect((await exchange.told(other)).at(-1)).toMatchObject({ kind: 'case_assigned' });
		const events = await exchange.db<{ kind: string; data: object }[]>`
			select kind, data from case_events where case_id = ${opened.id} order by id`;
		expect(events.map((event) => event.kind)).toEqual(['opened', 'assigned', 'reassigned']);
		expect(events[2]?.data).toEqual({ from: holder.id, to: other.id, reason: 'nghỉ phép' });
	});
});

describe('TG-10.3b the ledger of overdue cases', () => {
	/** A case sent on a Monday, due when Thursday ends. */
	const monday = '2026-07-06T02:00:00.000Z';

	test('TG-10.3b nothing is written an instant before the end, and one line at the end', async () => {
		const sent = await exchange.submits(batu, {}, { now: monday });
		const { id, dueAt, assigneeId } = await exchange.caseOf(sent.id);
		await writeBreaches(exchange.db, later(dueAt, -1));
		expect(await breachesOf(id)).toEqual([]);
		await writeBreaches(exchange.db, dueAt);
		expect(await breachesOf(id)).toEqual([{ officer: assigneeId, agency: 'so-nnmt', dueAt }]);
		expect(await exchange.feed('agency:so-nnmt', 'cases', id)).toMatchObject({ breachedAt: dueAt });
		const holder = assigneeId === anhminh.id ? anhminh : chihanh;
		expect((await exchange.told(holder)).map((line) => line.kind)).toContain('case_overdue');
	});

	test('TG-10.3b after an outage it counts against who held the case when the term passed', async () => {
		const sent = await exchange.submits(batu, {}, { now: monday });
		const { id, dueAt, assigneeId } = await exchange.caseOf(sent.id);
		const [holder, other] = assigneeId === anhminh.id ? [anhminh, chihanh] : [chihanh, anhminh];
		await exchange.must(
			holder,
			{ name: 'case.reassign', input: { caseId: id, toAccountId: other.id, reason: '' } },
			{ now: later(dueAt, minutes(30)) }
		);
		await writeBreaches(exchange.db, later(dueAt, minutes(24 * 60)));
		expect(await breachesOf(id)).toEqual([{ officer: holder.id, agency: 'so-nnmt', dueAt }]);
	});

	test('TG-10.3b several processes that sweep at once write a breach once', async () => {
		const sent = await Promise.all(
			Array.from({ length: 6 }, () => exchange.submits(batu, {}, { now: monday }))
		);
		const { dueAt } = await exchange.caseOf(sent[0]?.id ?? '');
		const written = await Promise.all([1, 2, 3, 4].map(() => writeBreaches(exchange.db, later(dueAt, 1))));
		expect(written.reduce((a, b) => a + b, 0)).toBe(6);
		for (const listing of sent) {
			const { id } = await exchange.caseOf(listing.id);
			expect(await breachesOf(id)).toHaveLength(1);
			expect(
				await exchange.db`select id from case_events where case_id = ${id} and kind = 'breached'`
			).toHaveLength(1);
		}
	});

	test('TG-10.3b one case that cannot be written holds back no other, and is told', async () => {
		const sent = await Promise.all([1, 2, 3].map(() => exchange.submits(batu, {}, { now: monday })));
		const cases = await Promise.all(sent.map((listing) => exchange.caseOf(listing.id)));
		const [broken, ...others] = cases.sort((a, b) => (a.id < b.id ? -1 : 1));
		if (!broken) throw new Error('no case');
		await exchange.db`update cases set skipped_days = '[{"bad": 1}]' where id = ${broken.id}`;
		await expect(writeBreaches(exchange.db, later(broken.dueAt, 1))).rejects.toThrow('1 of 3');
		expect(await breachesOf(broken.id)).toEqual([]);
		for (const { id } of others) expect(await breachesOf(id)).toHaveLength(1);
		await exchange.db`update cases set skipped_days = '[]' where id = ${broken.id}`;
		expect(await writeBreaches(exchange.db, later(broken.dueAt, 1))).toBe(1);
	});

	test('TG-10.3b a decision after the end, before the job came, leaves its breach all the same', async () => {
		const late = await exchange.submits(batu, {}, { now: monday });
		const lateCase = await exchange.caseOf(late.id);
		await exchange.decides(chihanh, late.id, 'approve', { now: lateCase.dueAt });
		expect(await breachesOf(lateCase.id)).toHaveLength(1);

		const timely = await exchange.submits(batu, {}, { now: monday });
		const timelyCase = await exchange.caseOf(timely.id);
		await exchange.decides(chihanh, timely.id, 'approve', { now: later(timelyCase.dueAt, -1) });
		await writeBreaches(exchange.db, later(timelyCase.dueAt, minutes(60)));
		expect(await breachesOf(timelyCase.id)).toEqual([]);
	});

	test('TG-10.3b a listing taken back after the end does not take the breach with it', async () => {
		const sent = await exchange.submits(batu, {}, { now: monday });
		const { id, dueAt } = await exchange.caseOf(sent.id);
		await exchange.must(
			batu,
			{ name: 'listing.withdraw', input: { listingId: sent.id, base: 2 } },
			{ now: later(dueAt, minutes(5)) }
		);
		expect(await breachesOf(id)).toHaveLength(1);
	});

	test('TG-10.3b nobody can edit the ledger, not even the app', async () => {
		for (const sql of [
			'update sla_breaches set officer_id = null',
			'delete from sla_breaches',
			'truncate sla_breaches'
		]) {
			await expect(exchange.db.unsafe(sql)).rejects.toThrow();
			await expect(exchange.owner.unsafe(sql)).rejects.toThrow(/append-only/);
		}
	});
});

test('TG-10.3b the overview counts open cases by holder, breaches by who was late, decisions by who decided', async () => {
	const other = await openExchange({ members: [batu, anhminh, chihanh], now: '2026-01-01T00:00:00.000Z' });
	try {
		const send = (now: string) => other.submits(batu, {}, { now });
		await send('2026-07-06T02:00:00.000Z'); // due when Thursday 9/7 ends
		await send('2026-07-08T02:00:00.000Z'); // Monday 13/7
		const decided = await send('2026-07-09T02:00:00.000Z');
		await other.decides(anhminh, decided.id, 'approve', { now: '2026-07-09T05:00:00.000Z' });
		const now = '2026-07-13T03:00:00.000Z';
		await send(now);
		await writeBreaches(other.db, now);
		const overview = await dueOverview(other.db, ['so-nnmt'], now);
		expect(overview.agencies).toMatchObject([
			{
				id: 'so-nnmt',
				onTime: 1,
				soon: 1,
				overdue: 1,
				breaches: 1,
				decidedThisWeek: 1,
				onTimeThisWeek: 1,
				hoursThisWeek: 3
			}
		]);
		const officers = overview.agencies[0]?.officers ?? [];
		expect(officers.map((officer) => officer.name).sort()).toEqual(['Lê Quang Minh', 'Phạm Mỹ Hạnh']);
		expect(officers.find((officer) => officer.id === anhminh.id)).toMatchObject({ decidedThisWeek: 1 });
		expect(overview.nextDueAt).toBe('2026-07-13T17:00:00.000Z');
		expect((await dueOverview(other.db, ['so-y-te'], now)).agencies).toEqual([]);
		expect((await dueOverview(other.db, null, now)).agencies).toHaveLength(1);
	} finally {
		await other.close();
	}
});

test('history comes in pages by time, each case once, also among decisions of one instant', async () => {
	const other = await openExchange({ members: [batu, anhminh], now: '2026-01-01T00:00:00.000Z' });
	try {
		const now = '2026-07-07T02:00:00.000Z';
		const sent = [];
		for (let i = 0; i < 5; i++) sent.push(await other.submits(batu, {}, { now: '2026-07-06T02:00:00.000Z' }));
		for (const listing of sent) await other.decides(anhminh, listing.id, 'approve', { now });
		const seen = [];
		let page = await caseHistory(other.db, 'so-nnmt', null, 2);
		seen.push(...page.items);
		while (page.next) {
			page = await caseHistory(other.db, 'so-nnmt', page.next, 2);
			seen.push(...page.items);
		}
		expect(seen).toHaveLength(5);
		expect(new Set(seen.map((item) => item.id)).size).toBe(5);
		expect(seen[0]).toMatchObject({ decidedByName: 'Lê Quang Minh', state: 'approved', breached: false });
		expect((await caseHistory(other.db, 'so-y-te', null, 2)).items).toEqual([]);
	} finally {
		await other.close();
	}
});
