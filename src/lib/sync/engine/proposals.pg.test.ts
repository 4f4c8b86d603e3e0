import { openTestDevice, type TestDevice } from '../test-world.ts';
import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { answerProposal, carryOutProposal } from '$lib/server/proposals/service.ts';
import { openExchange, people, type Exchange } from '../../../../tests/world/exchange.ts';
import { enqueue } from '../outbox/outbox.ts';
import { readMyListings, readNotifications, readProposals, readReceipts } from '../reads.ts';

let exchange: Exchange;
const open: TestDevice[] = [];
beforeAll(async () => {
	exchange = await openExchange();
});
afterEach(async () => {
	for (const opened of open.splice(0)) await opened.close();
});
afterAll(() => exchange.close());

test('TG-3.4a, sync 1, 3: proposed without a network, sent once, answered, read without a network again', async () => {
	const goods = await exchange.submits(people.batu);
	const tu = await openTestDevice(exchange, people.batu);
	open.push(tu);
	await tu.sync();
	const text = 'Xin thêm nút in mã vạch cho từng lô.';
	const proposalId = randomUUID();
	tu.wire.up = false;
	const input = { proposalId, topic: 'feature' as const, text };
	const made = { id: tu.here.newId(), deviceTime: tu.here.now() };
	await enqueue(tu.store.local, { name: 'proposal.send', input }, made);
	expect(await tu.sync()).toBe('unreachable');
	expect(await readProposals(tu.store)).toMatchObject([
		{ id: proposalId, proposal: null, sending: { input, command: { state: { at: 'waiting' } } } }
	]);

	// It arrives and nobody hears of it; then it goes again.
	tu.wire.up = true;
	tu.wire.loseReplies = 1;
	expect(await tu.sync()).toBe('unreachable');
	expect(await tu.sync()).toBe('done');
	const [sent, ...more] = await readProposals(tu.store);
	expect(more).toEqual([]);
	expect(sent).toMatchObject({ id: proposalId, proposal: { state: 'sent', text }, sending: null });
	expect(await readReceipts(tu.store)).toMatchObject([
		{ name: 'proposal.send', title: sent?.proposal?.code, receipt: expect.any(String) }
	]);
	// Beside the listings, and none of them.
	expect((await readMyListings(tu.store)).map(({ id }) => id)).toEqual([goods.id]);

	const now = new Date().toISOString();
	const admin = await exchange.actorNow(people.quantri, now);
	const answer = { id: proposalId, outcome: 'accepted' as const, answer: 'Sẽ có trong bản sau Tết.' };
	expect(await answerProposal(exchange.db, admin, answer, now)).toMatchObject({ ok: true });
	expect(await tu.sync()).toBe('done');
	expect(await readProposals(tu.store)).toMatchObject([{ proposal: { state: 'accepted' } }]);
	const later = { id: proposalId, words: 'Đã có ở trang in tem.' };
	expect(await carryOutProposal(exchange.db, admin, later, now)).toMatchObject({ ok: true });
	expect(await tu.sync()).toBe('done');
	tu.wire.up = false;
	expect(await readProposals(tu.store)).toMatchObject([
		{
			proposal: { state: 'done', answer: answer.answer, doneWords: later.words, doneBy: people.quantri.name }
		}
	]);
	expect(await readNotifications(tu.store)).toContainEqual(
		expect.objectContaining({ kind: 'proposal_answered', subjectId: proposalId, read: false })
	);
});
