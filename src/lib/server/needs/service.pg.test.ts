import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addDays, startOfDay, vietnamDay } from '$lib/domain/calendar/working-days.ts';
import { longestNeedDays, mostOpenNeeds } from '$lib/domain/needs/rules.ts';
import { transaction } from '$lib/server/db/pool.ts';
import { decisionOf } from '$lib/server/moderation/decision.ts';
import { writeBreaches } from '$lib/server/moderation/breaches.ts';
import { openExchange, people, type Exchange, type Person } from '../../../../tests/world/exchange.ts';

const { batu, chilan, anhminh, chihanh, coyen } = people;
let exchange: Exchange;
beforeAll(async () => {
	exchange = await openExchange();
});
afterAll(() => exchange.close());

const today = () => vietnamDay(new Date().toISOString());
const onBoard = (id: string) => exchange.feed('public', 'needs', `need:${id}`);
const own = (id: string, person: Person = chilan) => exchange.feed(`user:${person.id}`, 'needs', `own:${id}`);
const close = (person: Person, needId: string, base = 1) =>
	exchange.does(person, { name: 'need.close', input: { needId, base } });
const submit = (person: Person, needId: string, base: number, changes = {}) =>
	exchange.does(person, { name: 'need.submit', input: { needId, base, content: exchange.need(changes) } });

describe('posting a need', () => {
	test('TG-10.3a: what is posted waits for the department of its sector, and is read by its buyer alone', async () => {
		const id = await exchange.posts(chilan);
		expect(await exchange.caseOf(id)).toMatchObject({ state: 'open', agencyId: 'so-nnmt', round: 1, rev: 1 });
		expect(await onBoard(id)).toBeUndefined();
		expect(await own(id)).toMatchObject({
			kind: 'own',
			state: 'submitted',
			rev: 1,
			review: { decision: null, agencyName: 'Sở Nông nghiệp và Môi trường' },
			offers: []
		});
	});

	test('TG-10.3b: it is answered within three working days of its receipt, and the buyer is told by when', async () => {
		// A Friday evening: the weekend does not count.
		const now = '2026-07-24T12:00:00.000Z';
		const id = await exchange.posts(chilan, { until: '2026-08-30' }, { now });
		const open = await exchange.caseOf(id);
		expect(open).toMatchObject({ lastDay: '2026-07-29', receivedAt: now });
		const received = (await exchange.told(chilan)).filter(({ kind }) => kind === 'need_received');
		expect(received.map(({ facts }) => facts)).toContainEqual({
			code: open.code,
			title: 'Cần mua sầu riêng Ri6 loại 1',
			lastDay: '2026-07-29'
		});
		const [row] = await exchange.db`select clause, sectors from cases where id = ${open.id}`;
		expect(row).toEqual({ clause: 'TG-10.3b', sectors: ['nong-san'] });
	});

	test('TG-10.3b: one that passed its term is counted by the exchange itself', async () => {
		const id = await exchange.posts(chilan, { until: '2026-07-30' }, { now: '2026-07-01T02:00:00.000Z' });
		const open = await exchange.caseOf(id);
		await writeBreaches(exchange.db, open.dueAt);
		const [breach] = await exchange.db`select agency_id from sla_breaches where case_id = ${open.id}`;
		expect(breach).toEqual({ agency_id: 'so-nnmt' });
	});

	test('TG-3.4c: only buyers post needs', async () => {
		for (const person of [anhminh, people.quantri])
			expect(await submit(person, randomUUID(), 0)).toMatchObject({ refusal: { code: 'not_allowed' } });
	});

	test.each([
		[{ until: '2020-01-01' }, 'invalid_input', { until: 'past_day' }],
		[{ until: addDays(today(), longestNeedDays + 1) }, 'invalid_input', { until: 'too_far' }],
		[{ unit: 'thúng' }, 'invalid_input', { unit: 'unknown_unit' }],
		[{ categoryId: 'khong-co' }, 'unknown_sector', { categoryId: 'unknown_sector' }],
		[{ wardCode: '99999' }, 'unknown_ward', { wardCode: 'unknown_ward' }]
	])('TG-6.6: %o is refused by its field', async (changes, code, fields) => {
		expect(await submit(chilan, randomUUID(), 0, changes)).toMatchObject({ refusal: { code, fields } });
	});

	test('sync 1: the same words under the same id are one need; others, or another’s, are refused and reveal nothing', async () => {
		const id = await exchange.posts(chilan);
		expect(await submit(chilan, id, 0)).toMatchObject({ ok: true });
		expect(await submit(chilan, id, 0, { quantity: 5 })).toEqual({
			ok: false,
			refusal: { code: 'id_reused' }
		});
		expect(await submit(batu, id, 0)).toEqual({ ok: false, refusal: { code: 'id_reused' } });
		expect(await submit(batu, id, 1)).toEqual({ ok: false, refusal: { code: 'not_found' } });
		expect(await exchange.db`select from cases where subject_id = ${id}`).toHaveLength(1);
		// Said once more after it was answered, it is still the same one.
		await exchange.decides(anhminh, id, 'approve');
		expect(await submit(chilan, id, 0)).toMatchObject({ ok: true });
		expect(await own(id)).toMatchObject({ state: 'approved' });
	});

	test('TG-10.3a: nobody looks for more than so many things at once, from however many devices', async () => {
		const person = people.chuba;
		for (let open = 0; open < mostOpenNeeds - 1; open++) await exchange.posts(person);
		const [last, one] = [randomUUID(), randomUUID()];
		const done = await Promise.all([submit(person, last, 0), submit(person, one, 0)]);
		expect(done.filter(({ ok }) => ok)).toHaveLength(1);
		expect(done.find(({ ok }) => !ok)).toMatchObject({
			refusal: { code: 'too_many_waiting', facts: { most: mostOpenNeeds } }
		});
		expect(await close(person, done[0]?.ok ? last : one)).toMatchObject({ ok: true });
		expect(await submit(person, randomUUID(), 0)).toMatchObject({ ok: true });
	});
});

describe('the decision', () => {
	test('TG-15.1: approved it stands on the board, and nothing of its buyer with it', async () => {
		const id = await exchange.looksFor(chilan);
		expect(await onBoard(id)).toEqual({
			kind: 'need',
			id,
			rev: 1,
			...exchange.need(),
			sectorId: 'nong-san',
			wardName: exchange.ward.name,
			agency: { id: 'so-nnmt', name: 'Sở Nông nghiệp và Môi trường' },
			approvedAt: expect.any(String)
		});
		const text = JSON.stringify(await onBoard(id));
		for (const word of [chilan.id, chilan.name, chilan.phone, chilan.userName])
			expect(text).not.toContain(word);
		expect(await own(id)).toMatchObject({ state: 'approved', rev: 1, review: { decision: 'approved' } });
		expect((await exchange.told(chilan)).at(-1)).toMatchObject({ kind: 'need_approved' });
	});

	test('TG-15.1: the case names nobody either: not before the decision, and not after the buyer closed it', async () => {
		const id = await exchange.posts(chilan);
		const { id: caseId } = await exchange.caseOf(id);
		const doc = () => exchange.feed('agency:so-nnmt', 'cases', caseId);
		expect(await doc()).toMatchObject({ kind: 'need', needId: id, subjectRev: 1, content: exchange.need() });
		await close(chilan, id);
		expect(await doc()).toMatchObject({ state: 'cancelled', decision: { outcome: 'cancelled' } });
		expect(JSON.stringify(await doc())).not.toContain(chilan.name);
		const [row] = await exchange.db`select c::text as line from cases c where id = ${caseId}`;
		expect(row?.line).not.toContain(chilan.name);
	});

	test('TG-10.3a: returned with reasons it can be sent again, with a new case and a new term', async () => {
		const id = await exchange.posts(chilan);
		expect(await exchange.decides(anhminh, id, 'return')).toMatchObject({ ok: true });
		expect(await own(id)).toMatchObject({ state: 'returned', review: { decision: 'returned' } });
		expect((await exchange.told(chilan)).at(-1)).toMatchObject({ kind: 'need_returned' });
		expect(await submit(chilan, id, 2)).toMatchObject({
			refusal: { code: 'stale_version', facts: { rev: 1 } }
		});
		expect(await submit(chilan, id, 1, { quantity: 300 })).toMatchObject({ ok: true });
		expect(await exchange.caseOf(id)).toMatchObject({ state: 'open', round: 2, rev: 2 });
		expect(await exchange.decides(chihanh, id, 'approve')).toMatchObject({ ok: true });
		expect(await onBoard(id)).toMatchObject({ rev: 2, quantity: 300 });
		// What was returned stays what was returned.
		const [first] = await exchange.db<{ id: string }[]>`
			select id from cases where subject_id = ${id} and round = 1`;
		expect(await exchange.feed('agency:so-nnmt', 'cases', first?.id ?? '')).toMatchObject({
			content: { quantity: 200 }
		});
	});

	test('TG-10.3a: approved or closed, its words are not changed any more', async () => {
		const id = await exchange.looksFor(chilan);
		expect(await submit(chilan, id, 1, { quantity: 3 })).toMatchObject({
			refusal: { code: 'illegal_transition' }
		});
		await close(chilan, id);
		expect(await submit(chilan, id, 2, { quantity: 3 })).toMatchObject({
			refusal: { code: 'illegal_transition' }
		});
	});

	test('TG-15.1: a decision names the version it is about', async () => {
		const id = await exchange.posts(chilan);
		const { id: caseId } = await exchange.caseOf(id);
		const decided = (listingRev: number) =>
			exchange.does(anhminh, {
				name: 'case.decide',
				input: { caseId, listingRev, decision: 'approve', note: '' }
			});
		expect(await decided(2)).toMatchObject({ refusal: { code: 'stale_version' } });
		expect(await decided(1)).toMatchObject({ ok: true });
		expect(await decided(1)).toMatchObject({ refusal: { code: 'already_decided' } });
	});

	test('TG-10.3a: like goods it is never refused for good', async () => {
		const id = await exchange.posts(chilan);
		const { id: caseId } = await exchange.caseOf(id);
		const reasonCodes = [exchange.pack.needReasons?.[0]?.id ?? ''];
		expect(
			await exchange.does(anhminh, {
				name: 'case.decide',
				input: { caseId, listingRev: 1, decision: 'refuse', note: '', reasonCodes }
			})
		).toMatchObject({ refusal: { code: 'illegal_transition' } });
	});

	test('TG-10.3a: one whose last day has passed is not put on the board', async () => {
		const until = today();
		const id = await exchange.posts(chilan, { until });
		const at = (ms: number) =>
			exchange.decides(anhminh, id, 'approve', {
				now: new Date(Date.parse(startOfDay(addDays(until, 1))) + ms).toISOString()
			});
		expect(await at(0)).toMatchObject({ refusal: { code: 'need_over' } });
		expect(await at(-1)).toMatchObject({ ok: true });
	});

	test('TG-3.2: another department neither sees nor decides it', async () => {
		const id = await exchange.posts(chilan);
		expect(await exchange.decides(coyen, id, 'approve')).toMatchObject({ refusal: { code: 'not_found' } });
	});

	test('TG-19.5: a decision shows the very text it was about', async () => {
		const id = await exchange.posts(chilan, { title: 'Cần 200 ký bưởi' });
		const { id: caseId } = await exchange.caseOf(id);
		await exchange.decides(anhminh, id, 'return');
		await submit(chilan, id, 1, { title: 'Cần 300 ký bưởi' });
		const officer = await exchange.actorNow(people.bacsau, new Date().toISOString());
		expect(await decisionOf(exchange.db, officer, caseId)).toMatchObject({
			ok: true,
			value: { kind: 'need', seen: null, seenNeed: { content: { title: 'Cần 200 ký bưởi' } } }
		});
	});
});

describe('closing', () => {
	test('TG-10.3a: closed it leaves the board at once', async () => {
		const id = await exchange.looksFor(chilan);
		expect(await close(chilan, id)).toMatchObject({ ok: true });
		expect(await onBoard(id)).toBeNull();
		expect(await own(id)).toMatchObject({ state: 'closed', rev: 2 });
		expect(await close(chilan, id)).toMatchObject({ refusal: { code: 'stale_version' } });
		expect(await close(chilan, id, 2)).toMatchObject({ refusal: { code: 'illegal_transition' } });
	});

	test('TG-10.3a: closed while it waits, its case is closed with it', async () => {
		const id = await exchange.posts(chilan);
		expect(await close(chilan, id)).toMatchObject({ ok: true });
		expect(await exchange.caseOf(id)).toMatchObject({ state: 'cancelled' });
		expect(await exchange.decides(anhminh, id, 'approve')).toMatchObject({
			refusal: { code: 'already_decided' }
		});
		expect(await own(id)).toMatchObject({ state: 'closed', review: { decision: 'cancelled' } });
	});

	test('TG-3.4c: nobody closes somebody else’s', async () => {
		const id = await exchange.looksFor(chilan);
		for (const person of [batu, anhminh])
			expect(await close(person, id)).toMatchObject({ refusal: { code: 'not_found' } });
		expect(await onBoard(id)).toMatchObject({ id });
	});
});

test('LAW-data-subject: another member’s needs, texts and offers are not there', async () => {
	const id = await exchange.looksFor(chilan);
	const goods = await exchange.sells(batu);
	await exchange.must(batu, { name: 'offer.send', input: exchange.offer(id, goods) });
	const seen = (person: Person) =>
		transaction(exchange.db, person.id, async (tx) => {
			const [row] = await tx`select
				(select count(*)::int from needs where id = ${id}) as needs,
				(select count(*)::int from need_versions where need_id = ${id}) as texts,
				(select count(*)::int from need_offers where need_id = ${id}) as offers`;
			return row;
		});
	expect(await seen(chilan)).toEqual({ needs: 1, texts: 1, offers: 1 });
	expect(await seen(batu)).toEqual({ needs: 0, texts: 0, offers: 1 });
	for (const person of [people.chuba, anhminh, people.quantri])
		expect(await seen(person)).toEqual({ needs: 0, texts: 0, offers: 0 });
	expect(await own(id)).toMatchObject({ offers: [{ quantity: 50 }] });
});
