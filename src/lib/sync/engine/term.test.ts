// First: Dexie looks for IndexedDB when it is loaded.
import 'fake-indexeddb/auto';
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { enqueue, markSending, markWaiting } from '../outbox/outbox.ts';
import { takeLead } from '../outbox/term.ts';
import type { PullRequest, PushAnswer, PushRequest } from '../protocol/wire.ts';
import { openStore, type Store } from '../store/store.ts';
import { Unreachable } from '../transport/session.ts';
import type { Transport } from '../transport/transport.ts';
import { SyncEngine } from './engine.ts';

const at = '2026-11-22T01:00:00.000Z';
const here = { now: () => at, newId: () => randomUUID() };
let store: Store;
beforeEach(async () => {
	store = await openStore({ userId: randomUUID(), multiInstance: false, prefix: `term-${randomUUID()}` });
});
afterEach(() => store.close());

const say = () =>
	enqueue(
		store.local,
		{ name: 'notification.read', input: { ids: [randomUUID()] } },
		{ id: randomUUID(), deviceTime: at }
	);

/** One tab's engine and line; its pushes are answered when the test says so. */
function tab(more: { uptime?: () => number } = {}) {
	const pushed: PushRequest[] = [];
	const pulled: PullRequest[] = [];
	const answers: ((how: 'applied' | 'retry' | 'lost' | 'locked') => void)[] = [];
	const transport: Transport = {
		push: (request) =>
			new Promise<PushAnswer>((resolve, reject) => {
				pushed.push(structuredClone(request));
				answers.push((how) => {
					if (how === 'lost') return reject(new Unreachable('cut'));
					if (how === 'locked') return resolve({ outcome: 'session', session: 'locked' });
					resolve({
						outcome: 'answers',
						serverTime: at,
						epoch: 'e1',
						answers: request.commands.map(({ id }) =>
							how === 'applied'
								? { id, outcome: 'applied', version: 1, receipt: 'R', receivedAt: at }
								: { id, outcome: 'retry', afterMs: 1 }
						)
					});
				});
			}),
		pull: (request) => {
			pulled.push(request);
			return Promise.reject(new Unreachable('no pull'));
		},
		manifest: () => Promise.resolve(null),
		pack: () => Promise.resolve(null),
		session: () => Promise.reject(new Unreachable('not asked')),
		events: () => () => undefined
	};
	const engine = new SyncEngine({ store, here, transport, ...more });
	const answer = async (how: Parameters<(typeof answers)[number]>[0]) => {
		await expect.poll(() => answers.length).toBeGreaterThan(0);
		answers.shift()?.(how);
	};
	return { engine, pushed, pulled, answer };
}
const outbox = () => store.local.outbox.orderBy('seq').toArray();

test('sync 14: two tabs that choose the same commands at the same moment never send one twice', async () => {
	const rows = [await say(), await say(), await say()];
	const [a, b] = await Promise.all([markSending(store.local, rows), markSending(store.local, rows)]);
	expect([...a, ...b].map(({ id }) => id).sort()).toEqual(rows.map(({ id }) => id).sort());
});

test('sync 14: a leader that thaws sends nothing more and leaves the new leader’s commands alone', async () => {
	const first = await say();
	const frozen = tab();
	const next = tab();
	await frozen.engine.start();
	await expect.poll(() => frozen.pushed.length).toBe(1);

	// Frozen with its request under way; another tab leads from here on and sends it again under the same id.
	await next.engine.start();
	await expect.poll(() => next.pushed.length).toBe(1);
	expect(next.pushed[0]?.commands.map(({ id }) => id)).toEqual([first.id]);

	// It thaws: what it hears is no reason to send, to wait or to ask.
	await say();
	await frozen.answer('retry');
	expect(await frozen.engine.syncNow()).toBe('stopped');
	expect(await outbox()).toMatchObject([{ state: 'sending' }, { state: 'waiting' }]);
	expect(frozen.pushed).toHaveLength(1);
	expect(frozen.pulled).toEqual([]);

	await next.answer('applied');
	await expect.poll(async () => (await outbox())[0]?.state).toBe('acknowledged');
	await next.answer('lost');
	await Promise.all([frozen.engine.stop(), next.engine.stop()]);
});

test('sync 14: what the exchange has decided is written down whichever tab hears it', async () => {
	const row = await say();
	const frozen = tab();
	await frozen.engine.start();
	await expect.poll(() => frozen.pushed.length).toBe(1);
	await takeLead(store.local);
	await frozen.answer('applied');
	await expect.poll(async () => (await outbox())[0]).toMatchObject({ id: row.id, state: 'acknowledged' });
	await frozen.engine.stop();
});

test('sync 14: an old word about the session does not wipe what the new leader reads', async () => {
	await say();
	const frozen = tab();
	await frozen.engine.start();
	await expect.poll(() => frozen.pushed.length).toBe(1);
	await takeLead(store.local);
	await frozen.answer('locked');
	await frozen.engine.stop();
	expect((await store.readState()).session).toBe('unknown');
});

test('sync 14: a tab whose term is over neither takes nor gives back', async () => {
	const row = await say();
	const term = await takeLead(store.local);
	expect(await markSending(store.local, [row], term - 1)).toEqual([]);
	expect(await markSending(store.local, [row], term)).toHaveLength(1);
	await markWaiting(store.local, [row.seq], term - 1);
	expect(await outbox()).toMatchObject([{ state: 'sending' }]);
	await markWaiting(store.local, [row.seq], term);
	expect(await outbox()).toMatchObject([{ state: 'waiting' }]);
});

test('sync 14: a tab that led, stepped down and leads again goes on at once', async () => {
	const one = tab();
	await one.engine.start();
	await one.engine.stop();
	await one.engine.start();
	await say();
	await expect.poll(() => one.pushed.length).toBe(1);
	await one.answer('lost');
	await one.engine.stop();
});

test('sync 14: what a tab that was closed while it sent by hand left under way goes out again by the leader', async () => {
	let minutes = 0;
	const leader = tab({ uptime: () => minutes * 60_000 });
	await leader.engine.start();
	const { outbox: work, state } = store.local;
	const row = await store.local.transaction('rw', work, state, async () => {
		const said = await say();
		await markSending(store.local, [said]);
		return said;
	});
	await leader.engine.syncNow();
	expect(leader.pushed).toEqual([]);
	minutes = 2;
	const round = leader.engine.syncNow();
	await leader.answer('applied');
	await round;
	expect(await outbox()).toMatchObject([{ id: row.id, state: 'acknowledged' }]);
	expect(leader.pushed[0]?.commands.map(({ id }) => id)).toEqual([row.id]);
	await leader.engine.stop();
});
