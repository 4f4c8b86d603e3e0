import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { meetingIn } from '../../../../tests/world/meeting.ts';
import { openExchange, people, type Exchange } from '../../../../tests/world/exchange.ts';
import { askingPeople } from '../../../../tests/rights/everybody.ts';
import type { RequestAsk } from '$lib/domain/personal-data/requests.ts';
import { transaction } from '$lib/server/db/pool.ts';
import { closeAccount } from './closing.ts';
import { ownData } from './own-data.ts';
import { looksAt } from './looks.ts';
import { forgetRequestWords } from './request-queries.ts';
import { openRequest, ownRequests, requestsToAnswer } from './request-views.ts';
import {
	acknowledgeRequest,
	answerRequest,
	askAboutData,
	countLateRequests,
	extendRequest,
	withdrawRequest
} from './requests.ts';

const { batu, chilan, chuba, quantri } = people;
const { board } = askingPeople;
let exchange: Exchange;
beforeAll(async () => {
	exchange = await openExchange({ members: [batu, chilan, chuba, quantri, board] });
});
afterAll(() => exchange.close());

/** Friday; 24/11 is a day off. */
const friday = '2026-11-20T08:00:00.000Z';
const ask = (person: { id: string }, more: Partial<RequestAsk> = {}, now = friday) =>
	askAboutData(
		exchange.db,
		person.id,
		{ id: randomUUID(), kind: 'view', about: 'all', text: 'Cho tôi biết sàn giữ gì.', ...more },
		now
	);
const actor = (person: typeof batu, now = friday) => exchange.actorNow(person, now);
async function asked(person: { id: string }, more: Partial<RequestAsk> = {}): Promise<string> {
	const id = randomUUID();
	const done = await ask(person, { id, ...more });
	if (!done.ok) throw new Error(done.refusal.code);
	return id;
}
const mine = async (person: { id: string }, id: string, now = friday) =>
	(await ownRequests(exchange.db, person.id, now)).find((one) => one.id === id);

test('LAW-data-subject asked, acknowledged, answered: the member reads every step and has a letter of each', async () => {
	const id = await asked(chilan, {
		kind: 'correct',
		about: 'order_contact',
		text: 'Sửa tên\nthành Trần Lan'
	});
	const received = await mine(chilan, id);
	expect(received).toMatchObject({
		code: expect.stringMatching(/^TG-D/),
		state: 'received',
		text: 'Sửa tên\nthành Trần Lan',
		acknowledgeBy: '2026-11-25T17:00:00.000Z',
		lastDay: '2026-11-30',
		late: false
	});
	const admin = await actor(quantri);
	expect(await acknowledgeRequest(exchange.db, admin, id, friday)).toEqual({ ok: true, value: undefined });
	const answer = { id, outcome: 'done', answer: 'Đã sửa theo đề nghị.' } as const;
	expect(await answerRequest(exchange.db, admin, answer, friday)).toEqual({ ok: true, value: undefined });
	expect(await answerRequest(exchange.db, admin, answer, friday)).toMatchObject({
		refusal: { code: 'illegal_transition' }
	});
	expect(await mine(chilan, id)).toMatchObject({
		state: 'answered',
		outcome: 'done',
		answer: 'Đã sửa theo đề nghị.',
		late: false
	});
	const letters = (await exchange.messagesTo(chilan)).filter(({ template }) => template === 'data_request');
	expect(letters.map(({ params }) => JSON.stringify(params)).sort()).toEqual(
		[
			['acknowledged', '30/11/2026'],
			['answered', '20/11/2026'],
			['received', '30/11/2026']
		].map(([step, day]) => JSON.stringify({ code: received?.code, step, day }))
	);
	const told = (await exchange.told(chilan)).filter(({ kind }) => kind === 'data_request');
	expect(told.map(({ facts }) => facts.step).sort()).toEqual(['acknowledged', 'answered']);
	expect(JSON.stringify(told)).not.toContain('Đã sửa');
	const text = JSON.stringify((await ownData(exchange.db, chilan.id, friday)).requests);
	expect(text).toContain('Đã sửa theo đề nghị.');
});

test('LAW-data-subject sent twice it is one request; an id of somebody else opens nothing; junk stops at ten', async () => {
	const id = randomUUID();
	const first = await ask(chuba, { id });
	expect(await ask(chuba, { id })).toEqual(first);
	expect(await ask(batu, { id })).toMatchObject({ refusal: { code: 'not_found' } });
	for (let n = 1; n < 9; n += 1) expect((await ask(chuba)).ok).toBe(true);
	// The last one is sent by two devices at the same moment.
	const both = await meetingIn(exchange, 'data_requests', () => [ask(chuba), ask(chuba)]);
	expect(both.map(({ ok }) => ok).sort()).toEqual([false, true]);
	expect(both.find(({ ok }) => !ok)).toMatchObject({
		refusal: { code: 'too_many_waiting', facts: { most: 10 } }
	});
	expect(await withdrawRequest(exchange.db, batu.id, id, friday)).toMatchObject({
		refusal: { code: 'not_found' }
	});
	expect(await withdrawRequest(exchange.db, chuba.id, id, friday)).toEqual({ ok: true, value: undefined });
	expect((await ask(chuba)).ok).toBe(true);
});

test('TG-16.5 the words lie sealed, only the Board and administrators open them, and the member sees who did', async () => {
	const id = await asked(batu, { kind: 'leak', text: 'Có người lạ gọi đúng tên tôi' });
	const stored = await transaction(exchange.db, 'system:test', (tx) => tx`select * from data_requests`);
	expect(JSON.stringify(stored)).not.toContain('người lạ');
	for (const person of [chilan, batu])
		expect(await openRequest(exchange.db, await actor(person), id, friday)).toMatchObject({
			refusal: { code: 'not_found' }
		});
	const opened = await openRequest(exchange.db, await actor(board), id, friday);
	expect(opened).toMatchObject({
		value: { text: 'Có người lạ gọi đúng tên tôi', name: batu.name, mayAnswer: true, extendsTo: null }
	});
	await openRequest(exchange.db, await actor(board), id, '2026-11-20T08:30:00.000Z');
	const code = (await mine(batu, id))?.code;
	expect(await looksAt(exchange.db, batu.id)).toEqual([
		{ at: friday, role: 'board', post: null, what: 'data_request', purpose: 'answer', ref: code, words: '' }
	]);
	expect(await looksAt(exchange.db, chilan.id)).toEqual([]);
	const audited = await exchange.owner`select from audit_log where action = 'data_request.opened'`;
	expect(audited).toHaveLength(2);
});

test('TG-19.5 nobody answers what they asked themselves', async () => {
	const id = await asked(quantri);
	const admin = await actor(quantri);
	const answer = { id, outcome: 'done', answer: 'Xong' } as const;
	expect(await answerRequest(exchange.db, admin, answer, friday)).toMatchObject({
		refusal: { code: 'not_found' }
	});
	expect(await openRequest(exchange.db, admin, id, friday)).toMatchObject({ value: { mayAnswer: false } });
	expect((await answerRequest(exchange.db, await actor(board), answer, friday)).ok).toBe(true);
	expect(await looksAt(exchange.db, quantri.id)).toEqual([]);
});

test('LAW-data-subject put off once with a reason, counted on from the last day', async () => {
	const id = await asked(batu, { kind: 'restrict' });
	const admin = await actor(quantri);
	expect((await mine(batu, id))?.lastDay).toBe('2026-12-07');
	const input = { id, reason: 'Phải hỏi đơn vị vận chuyển' };
	// Whoever puts it off reads until when before.
	expect(await openRequest(exchange.db, admin, id, friday)).toMatchObject({
		value: { extendsTo: '2026-12-22' }
	});
	expect(await extendRequest(exchange.db, admin, input, '2026-12-01T02:00:00.000Z')).toMatchObject({
		ok: true
	});
	expect(await mine(batu, id)).toMatchObject({
		state: 'acknowledged',
		lastDay: '2026-12-22',
		extensionReason: input.reason
	});
	expect(await extendRequest(exchange.db, admin, input, '2026-12-02T02:00:00.000Z')).toMatchObject({
		refusal: { code: 'illegal_transition' }
	});
	const other = await asked(batu, { kind: 'delete' });
	expect(await extendRequest(exchange.db, admin, { id: other, reason: 'Bận' }, friday)).toMatchObject({
		refusal: { code: 'illegal_transition' }
	});
});

test('LAW-data-subject what passes a term is counted once, shown as overdue, and stays counted when it is answered', async () => {
	const id = await asked(chilan);
	const late = '2026-12-01T02:00:00.000Z';
	const before = await requestsToAnswer(exchange.db, 'open', friday);
	expect(before.counts.overdue).toBe(0);
	expect(await countLateRequests(exchange.db, late)).toBeGreaterThan(0);
	expect(await countLateRequests(exchange.db, late)).toBe(0);
	const { counts, items } = await requestsToAnswer(exchange.db, 'open', late);
	expect(counts.overdue).toBe(items.filter((one) => one.overdue).length);
	expect(items.find((one) => one.id === id)?.late).toBe(true);
	const ends = items.map(({ acknowledgedAt, acknowledgeBy, dueAt }) =>
		acknowledgedAt === null && acknowledgeBy < dueAt ? acknowledgeBy : dueAt
	);
	expect(ends).toEqual(ends.toSorted());
	const answer = { id, outcome: 'partly', answer: 'Đã gửi phần có.' } as const;
	expect((await answerRequest(exchange.db, await actor(board), answer, late)).ok).toBe(true);
	const after = await requestsToAnswer(exchange.db, 'ended', late);
	expect(after.counts.answeredLate).toBe(counts.answeredLate + 1);
	expect(after.items.find((one) => one.id === id)).toMatchObject({ state: 'answered', late: true });
	const written = await exchange.owner`
		select from audit_log where action = 'data_request.late' and subject = ${`data_request:${id}`}`;
	expect(written).toHaveLength(1);
});

test('TG-16.5 an account that closes takes back what it asked; the words of old requests are forgotten', async () => {
	const id = await asked(quantri, { text: 'Sàn giữ gì về tôi?' });
	expect((await closeAccount(exchange.db, chilan.id, friday)).ok).toBe(true);
	expect((await ownRequests(exchange.db, chilan.id, friday)).every(({ endedAt }) => endedAt !== null)).toBe(
		true
	);
	expect(await mine(quantri, id)).toMatchObject({ state: 'received' });
	const later = '2030-01-01T00:00:00.000Z';
	const forget = () =>
		transaction(exchange.db, 'system:retention', (tx) =>
			forgetRequestWords(tx, '2029-12-01T00:00:00.000Z', later)
		);
	expect(await forget()).toBeGreaterThan(0);
	expect(await forget()).toBe(0);
	expect((await ownRequests(exchange.db, chilan.id, later)).map(({ text, answer }) => text + answer)).toEqual(
		expect.arrayContaining([''])
	);
	expect((await mine(quantri, id))?.text).toBe('Sàn giữ gì về tôi?');
});
