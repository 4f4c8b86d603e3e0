// First: Dexie looks for IndexedDB when it is loaded.
import 'fake-indexeddb/auto';
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { emptyListing } from '$lib/domain/listings/schema.ts';
import { adopt, enqueue } from '../outbox/outbox.ts';
import type { OutboxRow } from '../store/local.ts';
import { openStore, type Store } from '../store/store.ts';
import { forgetKept, meetEpoch, setAside } from './kept.ts';
import { applySessionEnd } from './session.ts';

const at = '2026-11-22T01:00:00.000Z';
let store: Store;
beforeEach(async () => {
	store = await openStore({ userId: randomUUID(), multiInstance: false, prefix: `kept-${randomUUID()}` });
	await store.changeState({ watermark: 1, epoch: 'e1' });
});
afterEach(() => store.close());

const taken = async (seq: number): Promise<void> => {
	await store.local.outbox.update(seq, {
		state: 'acknowledged',
		sent: true,
		version: 5,
		receipt: 'K7M-2QX',
		receivedAt: at,
		released: true
	});
	await setAside(store, seq);
};
const read = () =>
	enqueue(
		store.local,
		{ name: 'notification.read', input: { ids: [randomUUID()] } },
		{ id: randomUUID(), deviceTime: at }
	);

test('sync 13, 15: a file of work that was taken since does not bring a kept command in a second time', async () => {
	const row = await read();
	await taken(row.seq);
	expect(await adopt(store.local, [{ ...row, refusal: null, receivedAt: null }])).toBe(0);
	expect(await store.local.outbox.count()).toBe(0);
});

test('sync 13: a command that is kept twice, or kept and here, does not keep the device from another epoch', async () => {
	const row = await read();
	await taken(row.seq);
	// As a file that was taken in by an earlier build left it: the same command under another number.
	const twin: OutboxRow = { ...row, seq: row.seq + 50, sent: true };
	await store.local.kept.put({ ...twin, seq: row.seq + 60 });
	await store.local.outbox.add(twin);
	expect(await meetEpoch(store, 'e2')).toBe(true);
	expect(await store.local.outbox.toArray()).toMatchObject([{ id: row.id, state: 'waiting', sent: true }]);
	expect(await store.local.kept.count()).toBe(0);
});

test('sync 6: what an officer saw leaves the device with a lost session, also where the decision is kept aside', async () => {
	const decide = () =>
		enqueue(
			store.local,
			{ name: 'case.decide', input: { caseId: randomUUID(), listingRev: 1, decision: 'approve', note: '' } },
			{ id: randomUUID(), deviceTime: at, seen: { ...emptyListing, title: 'Mắm cá linh' } }
		);
	const aside = await decide();
	await decide();
	await taken(aside.seq);
	await forgetKept(store);
	await applySessionEnd(store, 'locked', Date.parse(at));
	const rows = [...(await store.local.kept.toArray()), ...(await store.local.outbox.toArray())];
	expect(rows.map((row) => row.seen)).toEqual([null, null]);
});
