// First: Dexie looks for IndexedDB when it is loaded.
import 'fake-indexeddb/auto';
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { discard, enqueue } from '../outbox/outbox.ts';
import { pauseAfter, sendAgain, triesBeforeQuarantine, tryQuarantinedOnce } from '../outbox/quarantine.ts';
import { receiptsKept } from '../outbox/receipts.ts';
import type { AnyCommand } from '../protocol/commands.ts';
import type { CommandAnswer, PushAnswer } from '../protocol/wire.ts';
import { readReceipts, readUnsent } from '../reads.ts';
import { openStore, type Store } from '../store/store.ts';
import { Unreachable } from '../transport/session.ts';
import { pushBatch } from './push.ts';

const at = '2026-11-22T01:00:00.000Z';
let store: Store;
let sent: string[];
/** How the exchange answers a command; a thrown error is a missing answer. */
let answer: (id: string) => CommandAnswer;

beforeEach(async () => {
	store = await openStore({ userId: randomUUID(), multiInstance: false, prefix: `q-${randomUUID()}` });
	sent = [];
});
afterEach(() => store.close());

const notNow = (id: string): CommandAnswer => ({ id, outcome: 'retry', afterMs: 0 });
const applied = (id: string): CommandAnswer => ({
	id,
	outcome: 'applied',
	version: 7,
	receipt: `R-${id.slice(0, 3)}`,
	receivedAt: at
});
const advance = (orderId: string): AnyCommand => ({
	name: 'order.advance',
	input: { orderId, rev: 1, event: 'confirm', reason: '', carrier: '', trackingCode: '', shippingFee: null }
});
const say = (command: AnyCommand) => enqueue(store.local, command, { id: randomUUID(), deviceTime: at });
const push = (paused: ReadonlySet<string> = new Set()) =>
	pushBatch(
		store,
		{
			push: async ({ commands }): Promise<PushAnswer> => {
				sent.push(...commands.map(({ id }) => id));
				const answers = commands.map(({ id }) => answer(id));
				return { outcome: 'answers', answers, serverTime: at, epoch: 'e1' };
			}
		},
		paused,
		() => at,
		{ random: () => 0 }
	);
const stateOf = async (id: string) => (await store.local.outbox.where('id').equals(id).first())?.state;

test('sync 2: what the exchange does not take again and again is set apart, kept, and holds up its own subject alone', async () => {
	const order = randomUUID();
	const bad = await say(advance(order));
	const behind = await say(advance(order));
	answer = notNow;
	const pauses: number[] = [];
	for (let tries = 1; tries < triesBeforeQuarantine; tries += 1)
		pauses.push((await push()).paused.get(bad.subject) ?? 0);
	expect(await stateOf(bad.id)).toBe('waiting');
	expect(pauses).toEqual([...pauses].sort((a, b) => a - b));
	expect((await push()).paused.size).toBe(0);
	expect(await stateOf(bad.id)).toBe('quarantined');
	expect(sent).toEqual(Array.from({ length: triesBeforeQuarantine }, () => bad.id));

	answer = applied;
	const other = await say(advance(randomUUID()));
	await push();
	expect(sent.slice(triesBeforeQuarantine)).toEqual([other.id]);
	expect(await readUnsent(store)).toMatchObject([
		{ id: bad.id, state: { at: 'quarantined', tries: triesBeforeQuarantine } },
		{ id: behind.id, state: { at: 'waiting' } }
	]);
});

test('sync 2: no network is nobody’s fault: it never sets a command apart', async () => {
	const row = await say(advance(randomUUID()));
	answer = () => {
		throw new Unreachable('no answer');
	};
	for (let times = 0; times < 3 * triesBeforeQuarantine; times += 1)
		await push().catch((error: unknown) => error);
	expect(sent).toHaveLength(3 * triesBeforeQuarantine);
	expect(await stateOf(row.id)).toBe('waiting');
});

test('sync 2: the person sends it again under the same id, or takes it away with what builds on it', async () => {
	const order = randomUUID();
	const bad = await say(advance(order));
	await say(advance(order));
	await store.local.outbox.update(bad.seq, { state: 'quarantined', sent: true, tries: 12 });
	answer = notNow;
	expect(await sendAgain(store.local, bad.id)).toBe(true);
	await push();
	expect(sent).toEqual([bad.id]);
	expect(await stateOf(bad.id)).toBe('waiting');

	await store.local.outbox.update(bad.seq, { state: 'quarantined' });
	expect(await discard(store.local, bad.id)).toBe(true);
	expect(await store.local.outbox.count()).toBe(0);
});

test('sync 2: a new start gives it one chance', async () => {
	const bad = await say(advance(randomUUID()));
	await store.local.outbox.update(bad.seq, { state: 'quarantined', sent: true, tries: 30 });
	answer = notNow;
	await tryQuarantinedOnce(store.local);
	await push();
	expect(await stateOf(bad.id)).toBe('quarantined');
	expect(sent).toEqual([bad.id]);
	answer = applied;
	await tryQuarantinedOnce(store.local);
	await push();
	expect(await stateOf(bad.id)).toBe('acknowledged');
});

test('sync 2: a command the answer leaves out is not asked for again at once', async () => {
	const row = await say(advance(randomUUID()));
	answer = () => applied(randomUUID());
	const { paused } = await push();
	expect(paused.get(row.subject)).toBeGreaterThan(0);
	await push(new Set(paused.keys()));
	expect(sent).toEqual([row.id]);
});

test('sync 2: the wait doubles, never less than asked for, never in step, never without end', () => {
	expect(pauseAfter(1, 250, 0)).toBe(500);
	expect(pauseAfter(2, 250, 0)).toBe(1_000);
	expect(pauseAfter(1, 15_000, 0)).toBe(15_000);
	expect(pauseAfter(3, 250, 1)).toBe(3_000);
	expect(pauseAfter(30, 250, 0)).toBe(300_000);
});

test('sync 2: the last received commands stay with the code a person reads out', async () => {
	answer = applied;
	const orders = [];
	for (let count = 0; count < receiptsKept + 3; count += 1) orders.push(await say(advance(randomUUID())));
	await say({ name: 'notification.read', input: { ids: [randomUUID()] } });
	while ((await push()).sent > 0);
	const kept = await readReceipts(store);
	expect(kept).toHaveLength(receiptsKept);
	const last = orders.at(-1)?.id ?? '';
	expect(kept[0]).toMatchObject({ id: last, receipt: `R-${last.slice(0, 3)}`, receivedAt: at });
	expect(kept.map(({ id }) => id)).not.toContain(orders[2]?.id);
});
