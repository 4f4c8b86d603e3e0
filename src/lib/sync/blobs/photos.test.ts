// First: Dexie looks for IndexedDB when it is loaded.
import 'fake-indexeddb/auto';
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Dexie } from 'dexie';
import { emptyListing } from '$lib/domain/listings/schema.ts';
import { addToDraft } from '../outbox/draft-photos.ts';
import { createDraft, type Here } from '../outbox/drafts.ts';
import { enqueue } from '../outbox/outbox.ts';
import { openStore, type Store } from '../store/store.ts';
import { freePhotos, keepPhoto } from './photos.ts';

const here: Here = { now: () => '2026-11-22T01:00:00.000Z', newId: () => randomUUID() };
const photo = { bytes: new TextEncoder().encode('sầu riêng').buffer, type: 'image/jpeg', thumb: null };
const daysAgo = '2026-11-20T01:00:00.000Z';
const originalOf = async (hash: string) => (await store.local.photoBytes.get(hash))?.original ?? null;
let store: Store;
beforeEach(async () => {
	store = await openStore({ userId: randomUUID(), multiInstance: false, prefix: `photos-${randomUUID()}` });
});
afterEach(() => store.close());

test('sync 5: a photo taken out days ago and chosen again is not tidied away before its draft names it', async () => {
	const hash = await keepPhoto(store, photo, daysAgo);
	expect(await keepPhoto(store, photo, here.now())).toBe(hash);
	await freePhotos(store, here.now());
	expect(await originalOf(hash)).not.toBeNull();
});

test('sync 5: a photo that is chosen again while the device is tidied up is not tidied away', async () => {
	const hash = await keepPhoto(store, photo, daysAgo);
	const { listingId } = await createDraft(store, here);
	const storage = store.docs.drafts.storageInstance;
	const { query } = storage;
	// It is kept in the moment in which the drafts have been looked through, and named by one after.
	storage.query = async (asked) => {
		const found = await query.call(storage, asked);
		storage.query = query;
		await keepPhoto(store, photo, here.now());
		return found;
	};
	await freePhotos(store, here.now());
	expect(storage.query).toBe(query);
	await addToDraft(store, here, listingId, hash);
	expect(await store.local.photos.get(hash)).toMatchObject({ state: 'on_device' });
	expect(await originalOf(hash)).not.toBeNull();
});

test('sync 13: a photo of a command that is given back to a restored exchange keeps its bytes', async () => {
	const { local } = store;
	const hash = await keepPhoto(store, photo, daysAgo);
	await local.photos.update(hash, { state: 'stored' });
	const say = (photos: string[]) =>
		enqueue(
			local,
			{
				name: 'listing.submit',
				input: { listingId: randomUUID(), base: 1, content: { ...emptyListing, price: 1_000, photos } }
			},
			{ id: randomUUID(), deviceTime: here.now() }
		);
	const told = await say([hash]);
	await local.outbox.delete(told.seq);
	await local.kept.put(told);
	await say([]);
	// It goes back while the outbox has been looked through, and what is kept has not.
	let back: PromiseLike<unknown> | undefined;
	local.outbox.hook('reading', (row) => {
		back ??= Dexie.ignoreTransaction(() =>
			local.transaction('rw', local.outbox, local.kept, async () => {
				await local.outbox.put(told);
				await local.kept.clear();
			})
		);
		return row;
	});
	await freePhotos(store, here.now());
	await back;
	expect(await local.kept.count()).toBe(0);
	expect(await originalOf(hash)).not.toBeNull();
});

test.each(['stored', 'refused'] as const)(
	'sync 5: a photo that is %s and given anew is asked about once more',
	async (state) => {
		const hash = await keepPhoto(store, photo, daysAgo);
		await store.local.photos.update(hash, { state });
		await keepPhoto(store, photo, here.now());
		expect(await store.local.photos.get(hash)).toMatchObject({ state: 'on_device', addedAt: here.now() });
	}
);
