// First: Dexie looks for IndexedDB when it is loaded.
import 'fake-indexeddb/auto';
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { enqueue } from '../outbox/outbox.ts';
import { openStore, type Store } from '../store/store.ts';
import { Unreachable } from '../transport/session.ts';
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
			session: () => Promise.reject(new Unreachable('not asked')),
			signOut: () => Promise.resolve(),
			events: () => () => undefined
		}
	});
	await engine.start();
	await new Promise((resolve) => setTimeout(resolve, 700));
	await engine.stop();
	expect(asked).toBe(1);
	expect(await store.readState()).toMatchObject({ mustUpgrade: true });
	expect(await store.local.outbox.toArray()).toMatchObject([{ state: 'waiting' }]);
});
