// First: Dexie looks for IndexedDB when it is loaded.
import 'fake-indexeddb/auto';
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { enqueue } from '../outbox/outbox.ts';
import { openStore, type Store } from '../store/store.ts';
import { collectionNames } from '../protocol/collections.ts';
import { Unreachable } from '../transport/session.ts';
import type { Transport } from '../transport/transport.ts';
import { SyncEngine } from './engine.ts';

const here = { now: () => '2026-11-22T01:00:00.000Z', newId: () => randomUUID() };
let store: Store;
beforeEach(async () => {
	store = await openStore({ userId: randomUUID(), multiInstance: false, prefix: `engine-${randomUUID()}` });
});
afterEach(() => store.close());

test('sync 16: a device that is too old keeps its work and does not storm the exchange with it', async () => {
	await enqueue(
		store.local,
		{ name: 'notification.read', input: { ids: [randomUUID()] } },
		{ id: randomUUID(), deviceTime: here.now() }
	);
	let asked = 0;
	const tooOld = () => {
		asked += 1;
		return Promise.resolve({ outcome: 'upgrade' } as const);
	};
	const engine = new SyncEngine({
		store,
		here,
		random: () => 1,
		transport: {
			push: tooOld,
			pull: tooOld,
			manifest: () => Promise.resolve(null),
			pack: () => Promise.resolve(null),
			session: () => Promise.reject(new Unreachable('not asked')),
			events: () => () => undefined
		}
	});
	await engine.start();
	await new Promise((resolve) => setTimeout(resolve, 700));
	await engine.stop();
	expect(asked).toBe(1);
	expect(await store.readState()).toMatchObject({ mustUpgrade: true });
	expect(await store.local.outbox.toArray()).toMatchObject([{ state: 'waiting' }]);

	// The newer build on the same store hands the work in and takes the warning away.
	const updated = new SyncEngine({
		store,
		here,
		transport: {
			push: ({ commands }) =>
				Promise.resolve({
					outcome: 'answers',
					answers: commands.map(({ id }) => ({
						id,
						outcome: 'applied',
						version: 1,
						receipt: 'K7M-2QX',
						receivedAt: here.now()
					})),
					serverTime: here.now(),
					epoch: 'e1'
				}),
			pull: () => Promise.reject(new Unreachable('nothing is pulled here')),
			manifest: () => Promise.resolve(null),
			pack: () => Promise.resolve(null),
			session: () => Promise.reject(new Unreachable('not asked')),
			events: () => () => undefined
		}
	});
	await updated.syncNow();
	expect(await store.readState()).toMatchObject({ mustUpgrade: false });
	expect(await store.local.outbox.toArray()).toMatchObject([{ state: 'acknowledged' }]);
});

test('sync 11: told to come again later, a device waits, wakes for nothing before, and keeps what it wants', async () => {
	await enqueue(
		store.local,
		{ name: 'notification.read', input: { ids: [randomUUID()] } },
		{ id: randomUUID(), deviceTime: here.now() }
	);
	let full = true;
	let asked = 0;
	const pulled = new Set<string>();
	const later = () => {
		asked += 1;
		return Promise.resolve({ outcome: 'retry', afterMs: 50_000 } as const);
	};
	let poked: () => void = () => undefined;
	const engine = new SyncEngine({
		store,
		here,
		transport: {
			push: ({ commands }) =>
				full
					? later()
					: Promise.resolve({
							outcome: 'answers',
							answers: commands.map(({ id }) => ({
								id,
								outcome: 'applied' as const,
								version: 1,
								receipt: 'K7M-2QX',
								receivedAt: here.now()
							})),
							serverTime: here.now(),
							epoch: 'e1'
						}),
			pull: ({ collection }) => {
				pulled.add(collection);
				return Promise.resolve({
					outcome: 'page',
					rows: [],
					positions: {},
					more: false,
					horizon: 10,
					epoch: 'e1',
					serverTime: here.now()
				});
			},
			manifest: () => Promise.resolve(null),
			pack: () => Promise.resolve(null),
			session: () => Promise.reject(new Unreachable('not asked')),
			events: (on) => {
				poked = () => on.poke({ audience: 'public', collections: ['listings'] });
				return () => undefined;
			}
		}
	});
	await engine.start();
	await expect.poll(() => asked).toBe(1);
	poked();
	await new Promise((resolve) => setTimeout(resolve, 500));
	expect(asked).toBe(1);
	// Not counted as a try of the command: it was never looked at.
	expect(await store.local.outbox.toArray()).toMatchObject([{ state: 'waiting' }]);
	expect((await store.local.outbox.toArray())[0]?.tries ?? 0).toBe(0);

	full = false;
	await engine.round();
	expect([...pulled].sort()).toEqual([...collectionNames].sort());
	await engine.stop();
});

/** An engine whose server has nothing new, what it asked for since the last look, and its stream of pokes. */
async function listening() {
	let asked: string[] = [];
	let meanwhile: (collection: string) => void = () => undefined;
	const streams: Parameters<Transport['events']>[0][] = [];
	const engine = new SyncEngine({
		store,
		here,
		transport: {
			push: () => Promise.reject(new Unreachable('nothing is sent here')),
			pull: (request) => {
				asked.push(request.collection);
				meanwhile(request.collection);
				return Promise.resolve({
					outcome: 'page',
					rows: [],
					positions: {},
					more: false,
					horizon: 10,
					epoch: 'e1',
					serverTime: here.now()
				});
			},
			manifest: () => Promise.resolve(null),
			pack: () => Promise.resolve(null),
			session: () => Promise.reject(new Unreachable('not asked')),
			events: (on) => {
				streams.push(on);
				return () => undefined;
			}
		}
	});
	await engine.start();
	const all = [...collectionNames].sort();
	const askedFor = (names: readonly string[]) =>
		expect.poll(() => [...new Set(asked)].sort(), { timeout: 5_000 }).toEqual([...names].sort());
	// It listens at the start, and again once the server has said who is signed in; each time it asks for all.
	await expect.poll(() => streams.length, { timeout: 5_000 }).toBe(2);
	await engine.syncNow();
	asked = [];
	return {
		engine,
		all,
		askedFor,
		during: (act: typeof meanwhile) => (meanwhile = act),
		asked: () => asked,
		stream: () => {
			const last = streams.at(-1);
			if (!last) throw new Error('nobody listens');
			return last;
		}
	};
}

test('sync 11: a poke makes the device ask for what it names, and for nothing else', async () => {
	const { engine, stream, askedFor } = await listening();
	stream().poke({ audience: 'public', collections: ['listings', 'of-a-later-build'] });
	await askedFor(['listings']);
	await engine.stop();
});

test('sync 11: the two collections of one poke are asked for beside each other', async () => {
	const waiting: { collection: string; answer: () => void }[] = [];
	let poke: (collections: string[]) => void = () => undefined;
	let held = false;
	const engine = new SyncEngine({
		store,
		here,
		transport: {
			push: () => Promise.reject(new Unreachable('nothing is sent here')),
			pull: async ({ collection }) => {
				if (held) await new Promise<void>((answer) => waiting.push({ collection, answer }));
				return {
					outcome: 'page',
					rows: [],
					positions: {},
					more: false,
					horizon: 10,
					epoch: 'e1',
					serverTime: here.now()
				};
			},
			manifest: () => Promise.resolve(null),
			pack: () => Promise.resolve(null),
			session: () => Promise.reject(new Unreachable('not asked')),
			events: (on) => {
				poke = (collections) => on.poke({ audience: 'user:1', collections });
				return () => undefined;
			}
		}
	});
	await engine.start();
	await engine.syncNow();
	// What the start had asked for is through: only pokes are left.
	await new Promise((resolve) => setTimeout(resolve, 300));
	held = true;
	const asked = () => waiting.map(({ collection }) => collection);
	poke(['notifications', 'orders']);
	await expect.poll(asked).toEqual(['orders', 'notifications']);
	poke(['orders']);
	for (const { answer } of waiting) answer();
	await expect.poll(asked).toEqual(['orders', 'notifications', 'orders']);
	held = false;
	for (const { answer } of waiting) answer();
	await engine.stop();
});

test('sync 11: a poke for everybody makes the device look everywhere', async () => {
	const { engine, stream, askedFor, all } = await listening();
	stream().poke({ audience: '*', collections: [] });
	await askedFor(all);
	await engine.stop();
});

test('sync 11: when the stream is back, what was poked meanwhile is asked for', async () => {
	const { engine, stream, askedFor, all } = await listening();
	stream().connected(true);
	await askedFor(all);
	await engine.stop();
});

test('sync 11: a poke that comes while its collection is being pulled makes the device ask once more', async () => {
	const { engine, stream, during, asked } = await listening();
	const poke = () => stream().poke({ audience: 'public', collections: ['orders'] });
	during(() => {
		during(() => undefined);
		poke();
	});
	poke();
	await expect.poll(() => asked(), { timeout: 5_000 }).toEqual(['orders', 'orders']);
	await engine.stop();
});

test('sync 6: a session that is over is an answer: the device says sign in, and not that there is no network', async () => {
	const over = () => Promise.resolve({ outcome: 'session', session: 'expired' } as const);
	const engine = new SyncEngine({
		store,
		here,
		transport: {
			push: over,
			pull: over,
			manifest: () => Promise.resolve(null),
			pack: () => Promise.resolve(null),
			session: over,
			events: () => () => undefined
		}
	});
	const heard = { session: 'expired', reachable: true };
	await store.changeState({ reachable: false });
	await engine.syncNow();
	expect(await store.readState()).toMatchObject(heard);
	// The next start asks for the session alone.
	await store.changeState({ reachable: false });
	await engine.checkSession();
	expect(await store.readState()).toMatchObject(heard);
});
