import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { meetingIn } from '../../../../tests/world/meeting.ts';
import { openExchange, people, type Exchange, type Person } from '../../../../tests/world/exchange.ts';
import type { Actor } from '$lib/domain/accounts/permissions.ts';
import type { Result } from '$lib/domain/kernel/refusal.ts';
import { mostWaiting } from '$lib/domain/proposals/rules.ts';
import { proposalDocId, proposalDocSchema, type ProposalTopic } from '$lib/domain/proposals/schema.ts';
import { dispatch } from '$lib/server/commands.ts';
import { transaction } from '$lib/server/db/pool.ts';
import { closeAccount, eraseClosed } from '$lib/server/personal-data/closing.ts';
import { looksAt } from '$lib/server/personal-data/looks.ts';
import { ownData } from '$lib/server/personal-data/own-data.ts';
import { readablePage } from '$lib/server/personal-data/readable.ts';
import { pull } from '$lib/server/sync/pull.ts';
import { push } from '$lib/server/sync/push.ts';
import { oldestServedProtocol, protocolVersion } from '$lib/sync/protocol/version.ts';
import { answerProposal, carryOutProposal, considerProposal } from './service.ts';
import { openProposal, proposalsToAnswer } from './views.ts';

const { batu, chuba, chilan, anhminh, bacsau, coyen, quantri } = people;
const words = 'Xin thêm nút in mã vạch cho từng lô.\nIn được trên máy in nhỏ.';
const minute = (n: number) => new Date(Date.UTC(2026, 10, 23, 2, n)).toISOString();

let exchange: Exchange;
let board: Actor;
beforeAll(async () => {
	exchange = await openExchange();
	board = { ...(await exchange.actorNow(bacsau, minute(0))), roles: ['board'], posts: [] };
});
afterAll(() => exchange.close());

const must = <T>(done: Result<T>): T => {
	if (!done.ok) throw new Error(JSON.stringify(done.refusal));
	return done.value;
};
const says = (person: Person, id: string, text = words, topic: ProposalTopic = 'feature', now = minute(1)) =>
	exchange.does(person, { name: 'proposal.send', input: { proposalId: id, topic, text } }, { now });
async function sent(person: Person, text = words, now = minute(1)): Promise<string> {
	const id = randomUUID();
	must(await says(person, id, text, 'feature', now));
	return id;
}
const answered = (id: string, actor = board, answer = 'Sẽ có trong bản sau Tết.', now = minute(5)) =>
	answerProposal(exchange.db, actor, { id, outcome: 'accepted', answer }, now);
const carriedOut = (id: string, actor = board, now = minute(7)) =>
	carryOutProposal(exchange.db, actor, { id, words: 'Đã có ở trang in tem.' }, now);
const feed = (person: Person, id: string) => exchange.feed(`user:${person.id}`, 'mine', proposalDocId(id));
const caller = async (person: Person) =>
	({ kind: 'actor', actor: await exchange.actorNow(person, minute(1)), sessionId: 's' }) as const;
const row = async (id: string) =>
	transaction(exchange.db, 'system:test', async (tx) => {
		const [found] = await tx<{ n: number; text: string }[]>`
			select count(*)::int as n, coalesce(max(p::text), '') as text from proposals p where id = ${id}`;
		return found ?? { n: 0, text: '' };
	});
const waitingOf = (person: Person) =>
	transaction(exchange.db, person.id, async (tx) => {
		const rows = await tx<{ id: string }[]>`
			select id from proposals where state in ('sent', 'considering')`;
		return rows.map(({ id }) => id);
	});

test.each([batu, chilan, anhminh, bacsau, coyen, quantri])(
	'TG-3.4a: any member sends a proposal: $userName',
	async (person) => {
		const id = await sent(person);
		expect(proposalDocSchema.parse(await feed(person, id))).toMatchObject({
			code: expect.stringMatching(/^TG-G\d+-\d\d$/),
			topic: 'feature',
			state: 'sent',
			answer: null
		});
		expect(must(await openProposal(exchange.db, board, id, minute(2))).text).toBe(words);
	}
);

test('TG-3.4a: sent again it is one; another’s id, and other words under the own, are refused', async () => {
	const id = randomUUID();
	const request = {
		protocol: protocolVersion,
		actorId: batu.id,
		deviceId: randomUUID(),
		commands: [
			{
				id: randomUUID(),
				seq: 1,
				name: 'proposal.send',
				input: { proposalId: id, topic: 'fault', text: words },
				deviceTime: minute(0),
				after: []
			}
		]
	};
	const pushes = async () =>
		push({ db: exchange.db, dispatch, now: () => minute(1) }, await caller(batu), request);
	const [first, again] = [await pushes(), await pushes()];
	expect(first).toMatchObject({ answers: [{ outcome: 'applied', receipt: expect.any(String) }] });
	expect(again).toMatchObject({ answers: [{ outcome: 'duplicate' }] });

	// Made anew by another device of the same person, from a file of unsent work.
	expect(await says(batu, id, words, 'fault')).toEqual({ ok: true, value: undefined });
	expect((await row(id)).n).toBe(1);
	expect(await says(batu, id, `${words} Và in màu.`, 'fault')).toMatchObject({
		refusal: { code: 'id_reused' }
	});
	expect(await says(chilan, id)).toMatchObject({ refusal: { code: 'id_reused' } });
	expect(await feed(chilan, id)).toBeUndefined();
});

test('TG-3.4a: words and answer lie sealed, and their owner alone pulls them open', async () => {
	const id = await sent(batu);
	must(await answered(id));
	const stored = await row(id);
	const published = JSON.stringify(await feed(batu, id));
	for (const text of [stored.text, published]) {
		expect(text).not.toContain('mã vạch');
		expect(text).not.toContain('sau Tết');
	}
	const pulls = async (person: Person, protocol = protocolVersion) => {
		const page = await pull(
			exchange.db,
			await caller(person),
			{ protocol, actorId: person.id, collection: 'mine', positions: {}, limit: 500 },
			minute(6)
		);
		if (page.outcome !== 'page') throw new Error(page.outcome);
		return page.rows.flatMap(({ doc }) => (doc === null ? [] : [proposalDocSchema.parse(doc)]));
	};
	expect((await pulls(batu)).find((doc) => doc.id === id)).toMatchObject({
		text: words,
		state: 'accepted',
		answer: 'Sẽ có trong bản sau Tết.',
		answeredBy: bacsau.name,
		answeredAt: minute(5)
	});
	expect((await pulls(chuba)).map((doc) => doc.id)).not.toContain(id);
	// A device of an older version has no screen for it, and would take it for a listing (sync 16).
	expect(await pulls(batu, oldestServedProtocol)).toEqual([]);
});

test('TG-3.4a: under the id of somebody’s goods it is a proposal, and nothing happens to the goods', async () => {
	const goods = await exchange.submits(batu);
	const before = await exchange.feed(`user:${batu.id}`, 'mine', goods.id);
	must(await says(chuba, goods.id));
	must(await says(chilan, randomUUID()));
	expect(await feed(chuba, goods.id)).toMatchObject({ kind: 'proposal', state: 'sent' });
	expect(await exchange.feed(`user:${batu.id}`, 'mine', goods.id)).toEqual(before);
	expect(await exchange.feed(`user:${chuba.id}`, 'mine', goods.id)).toBeUndefined();
});

test('TG-3.4a: the Board says that it considers it, answers it once, and the sender is told', async () => {
	const id = await sent(chilan);
	must(await considerProposal(exchange.db, board, id, minute(3)));
	expect(await feed(chilan, id)).toMatchObject({ state: 'considering' });
	const admin = await exchange.actorNow(quantri, minute(3));
	expect(await considerProposal(exchange.db, admin, id, minute(4))).toMatchObject({
		refusal: { code: 'illegal_transition' }
	});
	expect(must(await openProposal(exchange.db, admin, id, minute(4)))).toMatchObject({
		person: 'T. N. Lan',
		takenBy: bacsau.name,
		takenAt: minute(3),
		mayAnswer: true
	});

	const both = await Promise.all([answered(id), answered(id, admin)]);
	expect(both.map(({ ok }) => ok).sort()).toEqual([false, true]);
	const first = both[0]?.ok ? bacsau : quantri;
	expect(both.find(({ ok }) => !ok)).toMatchObject({
		refusal: { code: 'already_decided', clause: 'TG-3.4a', facts: { by: first.name, at: minute(5) } }
	});
	const { code } = proposalDocSchema.parse(await feed(chilan, id));
	expect((await exchange.told(chilan)).filter(({ kind }) => kind === 'proposal_answered')).toEqual([
		{ kind: 'proposal_answered', facts: { code, outcome: 'accepted', by: first.name } }
	]);
	expect(must(await openProposal(exchange.db, admin, id, minute(6)))).toMatchObject({
		state: 'accepted',
		answer: 'Sẽ có trong bản sau Tết.',
		mayAnswer: false
	});
	const record = await exchange.owner<{ action: string; clause: string }[]>`
		select action, clause from audit_log where subject = ${`proposal:${id}`} order by id`;
	expect(record.map(({ action, clause }) => `${action} ${clause}`)).toEqual([
		'proposal.received TG-3.4a',
		'proposal.considered TG-3.4a',
		'proposal.opened TG-16.2',
		'proposal.answered TG-3.4a',
		'proposal.opened TG-16.2'
	]);
});

test('TG-3.4a: what was accepted is said to be done once; its sender is told and reads both words', async () => {
	const id = await sent(batu);
	expect(await carriedOut(id)).toMatchObject({ refusal: { code: 'illegal_transition' } });
	must(await answered(id));
	const promised = async () =>
		(await proposalsToAnswer(exchange.db, { which: 'promised', after: null })).items.map((one) => one.id);
	expect(await promised()).toContain(id);
	for (const person of [batu, anhminh])
		expect(await carriedOut(id, await exchange.actorNow(person, minute(6)))).toMatchObject({
			refusal: { code: 'not_allowed' }
		});
	const admin = await exchange.actorNow(quantri, minute(6));
	expect(must(await openProposal(exchange.db, admin, id, minute(6)))).toMatchObject({
		mayAnswer: false,
		mayCarryOut: true
	});

	const both = await Promise.all([carriedOut(id), carriedOut(id, admin)]);
	expect(both.map(({ ok }) => ok).sort()).toEqual([false, true]);
	const first = both[0]?.ok ? bacsau : quantri;
	expect(both.find(({ ok }) => !ok)).toMatchObject({
		refusal: { code: 'already_decided', facts: { by: first.name, at: minute(7) } }
	});
	// The first answer stays as it was given.
	expect(await answered(id, admin, 'Không làm nữa đâu.', minute(8))).toMatchObject({
		refusal: { code: 'already_decided', facts: { by: bacsau.name, at: minute(5) } }
	});
	expect(must(await openProposal(exchange.db, admin, id, minute(9)))).toMatchObject({
		state: 'done',
		answer: 'Sẽ có trong bản sau Tết.',
		answeredBy: bacsau.name,
		answeredAt: minute(5),
		doneWords: 'Đã có ở trang in tem.',
		doneBy: first.name,
		doneAt: minute(7),
		mayCarryOut: false
	});
	expect(await promised()).not.toContain(id);

	const { code } = proposalDocSchema.parse(await feed(batu, id));
	const told = (await exchange.told(batu)).filter(({ facts }) => facts.code === code);
	expect(told.map(({ kind, facts }) => `${kind} ${facts.outcome} ${facts.by}`).sort()).toEqual([
		`proposal_answered accepted ${bacsau.name}`,
		`proposal_answered done ${first.name}`
	]);
	expect((await ownData(exchange.db, batu.id, minute(9))).proposals).toContainEqual(
		expect.objectContaining({ answer: 'Sẽ có trong bản sau Tết.', doneWords: 'Đã có ở trang in tem.' })
	);
	for (const text of [(await row(id)).text, JSON.stringify(await feed(batu, id))])
		expect(text).not.toContain('trang in tem');
});

test.each(['declined', 'done'] as const)('TG-3.4a: what was answered %s stays so', async (outcome) => {
	const id = await sent(batu);
	const answer = { id, outcome, answer: 'Đã xem và ghi nhận.' };
	must(await answerProposal(exchange.db, board, answer, minute(5)));
	expect(await carriedOut(id)).toMatchObject({ refusal: { code: 'illegal_transition' } });
	expect(await feed(batu, id)).toMatchObject({ state: outcome, doneAt: null });
});

test('TG-3.4a TG-16.2: nobody else opens or answers, nobody answers the own, and the sender reads who looked', async () => {
	const id = await sent(chuba);
	for (const person of [batu, chuba, anhminh, bacsau]) {
		const actor = await exchange.actorNow(person, minute(2));
		expect(await openProposal(exchange.db, actor, id, minute(2)), person.userName).toMatchObject({
			refusal: { code: 'not_found' }
		});
		for (const refused of [
			await answered(id, actor),
			await considerProposal(exchange.db, actor, id, minute(2))
		])
			expect(refused, person.userName).toMatchObject({ refusal: { code: 'not_allowed' } });
	}
	expect(await looksAt(exchange.db, chuba.id)).toEqual([]);
	const { code } = must(await openProposal(exchange.db, board, id, minute(2)));
	expect(await looksAt(exchange.db, chuba.id)).toMatchObject([
		{ what: 'proposal', purpose: 'answer', ref: code, role: 'board' }
	]);

	const admin = await exchange.actorNow(quantri, minute(2));
	const own = await sent(quantri);
	expect(must(await openProposal(exchange.db, admin, own, minute(2))).mayAnswer).toBe(false);
	expect(await answered(own, admin)).toMatchObject({ refusal: { code: 'not_allowed' } });
	// A member cannot write an answer behind the exchange's back.
	const forged = await transaction(
		exchange.db,
		chuba.id,
		(tx) => tx`update proposals set state = 'considering' where id = ${id} returning id`
	);
	expect(forged).toEqual([]);
	expect(await answered(randomUUID())).toMatchObject({ refusal: { code: 'not_found' } });
});

test('TG-3.4a: what waits comes the oldest first, what was answered the newest first, page by page and masked', async () => {
	const ids: string[] = [];
	for (let n = 0; n < 60; n += 1) {
		// Ten at one instant: the id decides between them.
		const now = new Date(Date.UTC(2026, 9, 1, 0, Math.floor(n / 10))).toISOString();
		const person = [batu, chuba, chilan, coyen][n % 4] ?? batu;
		ids.push(await sent(person, `Kiến nghị số ${n} về danh mục.`, now));
		if (n % 4 === 3) must(await answered(ids.at(-1) ?? '', board, 'Đã xem và ghi nhận.', now));
	}
	for (const which of ['open', 'promised', 'answered'] as const) {
		const first = await proposalsToAnswer(exchange.db, { which, after: null });
		const seen = [...first.items];
		for (let next = first.next; next !== null;) {
			const page = await proposalsToAnswer(exchange.db, { which, after: next });
			seen.push(...page.items);
			next = page.next;
		}
		expect(new Set(seen.map(({ id }) => id)).size).toBe(seen.length);
		const waits = which === 'open';
		expect(seen.filter(({ id }) => ids.includes(id))).toHaveLength(waits ? 45 : 15);
		expect(seen.every(({ answeredAt }) => (answeredAt === null) === waits)).toBe(true);
		const times = seen.map(({ sentAt, answeredAt }) => (waits ? sentAt : (answeredAt ?? '')));
		expect(times).toEqual(which === 'answered' ? times.toSorted().toReversed() : times.toSorted());
		expect(JSON.stringify(seen)).not.toMatch(/Kiến nghị|ghi nhận|Nguyễn Thị Tư|Trần Ngọc Lan/);
	}
});

test('TG-3.4a: so many of one person wait, one more is refused until one is answered', async () => {
	const waits = () => waitingOf(anhminh);
	while ((await waits()).length < mostWaiting) await sent(anhminh);
	const more = randomUUID();
	expect(await says(anhminh, more)).toMatchObject({
		refusal: { code: 'too_many_waiting', facts: { most: mostWaiting } }
	});
	expect((await row(more)).n).toBe(0);
	must(await answered((await waits())[0] ?? ''));
	must(await says(anhminh, more));
	// Others are not held up by it.
	await sent(coyen);
});

test('TG-3.4a: of two devices that send the last one at the same moment one is refused', async () => {
	while ((await waitingOf(coyen)).length < mostWaiting - 1) await sent(coyen);
	const both = await meetingIn(exchange, 'proposals', () => [
		says(coyen, randomUUID()),
		says(coyen, randomUUID())
	]);
	expect(both.map(({ ok }) => ok).sort()).toEqual([false, true]);
	expect(both.find(({ ok }) => !ok)).toMatchObject({ refusal: { code: 'too_many_waiting' } });
	expect(await waitingOf(coyen)).toHaveLength(mostWaiting);

	// One proposal that two devices send from one file of unsent work is one to both.
	const id = randomUUID();
	const same = await meetingIn(exchange, 'proposals', () => [says(chilan, id), says(chilan, id)]);
	expect(same.map(({ ok }) => ok)).toEqual([true, true]);
	expect((await row(id)).n).toBe(1);
});

test('TG-16.5 TG-3.4a: proposals are in what a member takes along, closed they are withdrawn, erased they say nothing', async () => {
	const [waiting, over] = [await sent(chilan), await sent(chilan, 'Chữ trên trang chủ nhỏ quá.')];
	must(await answered(over));
	const data = await ownData(exchange.db, chilan.id, minute(7));
	expect(data.proposals).toEqual(
		expect.arrayContaining([
			expect.objectContaining({ text: words, state: 'sent', answer: '' }),
			expect.objectContaining({
				text: 'Chữ trên trang chủ nhỏ quá.',
				state: 'accepted',
				answer: 'Sẽ có trong bản sau Tết.'
			})
		])
	);
	expect(readablePage(data)).toContain('Chữ trên trang chủ nhỏ quá.');

	// Answers under way and the closing wait for each other in one order: each is given, or finds it withdrawn.
	const racing = (await waitingOf(chilan)).filter((id) => id !== waiting);
	expect(racing.length).toBeGreaterThan(5);
	const [closed, ...answers] = await Promise.all([
		closeAccount(exchange.db, chilan.id, minute(8)),
		...racing.map((id) => answered(id))
	]);
	must(closed);
	for (const one of answers)
		expect(one.ok ? 'answered' : one.refusal.code).toMatch(/^answered$|^illegal_transition$/);
	expect(await feed(chilan, waiting)).toMatchObject({ state: 'withdrawn' });
	expect(await feed(chilan, over)).toMatchObject({ state: 'accepted' });
	// Nobody is left to read that it is done.
	expect(await carriedOut(over)).toMatchObject({ refusal: { code: 'illegal_transition' } });
	const promised = await proposalsToAnswer(exchange.db, { which: 'promised', after: null });
	expect(promised.items.map(({ id }) => id)).not.toContain(over);
	const open = await proposalsToAnswer(exchange.db, { which: 'open', after: null });
	expect(open.items.map(({ id }) => id)).not.toContain(waiting);
	expect(await answered(waiting)).toMatchObject({ refusal: { code: 'illegal_transition' } });

	await eraseClosed(exchange.db, { delete: async () => undefined }, '2031-01-01T00:00:00.000Z');
	for (const id of [waiting, over])
		expect(must(await openProposal(exchange.db, board, id, minute(9)))).toMatchObject({
			person: '',
			text: '',
			answer: '',
			mayAnswer: false
		});
});
