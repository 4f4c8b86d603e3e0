// First: Dexie looks for IndexedDB when it is loaded.
import 'fake-indexeddb/auto';
import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { caseOf } from '$lib/features/office/test-world.ts';
import { enqueue, settle } from './outbox/outbox.ts';
import { readCases, seenContent } from './reads.ts';
import { documentKey } from './store/documents.ts';
import { openStore } from './store/store.ts';

const at = '2026-11-23T14:00:00.000Z';
const audience = 'agency:so-nnmt';

test('sync 2: a refused decision still knows what the officer had seen after the app was closed, and a new one answers it', async () => {
	const options = { userId: randomUUID(), multiInstance: false, prefix: `seen-${randomUUID()}` };
	const doc = { ...caseOf(1), id: randomUUID() };
	const pulledAs = (data: typeof doc, version: number) => ({
		key: documentKey(audience, doc.id),
		audience,
		id: doc.id,
		version,
		round: 1,
		order: 0,
		data
	});
	const decide = { caseId: doc.id, listingRev: doc.listingRev, decision: 'approve', note: '' } as const;
	const say = (listingRev: number, seen: Awaited<ReturnType<typeof seenContent>>) =>
		enqueue(
			store.local,
			{ name: 'case.decide', input: { ...decide, listingRev } },
			{ id: randomUUID(), deviceTime: at, seen }
		);
	let store = await openStore(options);
	await store.docs.cases.upsert(pulledAs(doc, 1));
	const row = await say(doc.listingRev, await seenContent(store, decide));
	await store.close();

	// Without a network, closed for the night; the seller has changed the price meanwhile.
	store = await openStore(options);
	const changed = { ...doc, listingRev: doc.listingRev + 1, content: { ...doc.content, price: 120_000 } };
	await store.docs.cases.upsert(pulledAs(changed, 2));
	await settle(store.local, {
		id: row.id,
		outcome: 'refused',
		refusal: { code: 'stale_version', facts: { rev: changed.listingRev } },
		receivedAt: at
	});
	const [view] = await readCases(store);
	expect(view?.decision).toMatchObject({ command: { state: { at: 'refused' } }, seen: doc.content });
	expect(view?.case).toMatchObject({ content: { price: 120_000 } });
	// Never more than what the decision really was about.
	expect(await seenContent(store, decide)).toBeNull();

	const anew = await say(
		changed.listingRev,
		await seenContent(store, { ...decide, listingRev: changed.listingRev })
	);
	expect(await store.local.outbox.toArray()).toMatchObject([{ id: anew.id, seen: { price: 120_000 } }]);
	await store.wipeServerData();
	expect(await store.local.outbox.toArray()).toMatchObject([{ id: anew.id, seen: null }]);
	await store.close();
});
