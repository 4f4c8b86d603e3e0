// First: Dexie looks for IndexedDB when it is loaded.
import 'fake-indexeddb/auto';
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { maxPhotos } from '$lib/domain/listings/schema.ts';
import { openStore, type Store } from '../store/store.ts';
import { addToDraft, createDraft, readDraft, typeIntoDraft, type Here } from './drafts.ts';

const here: Here = { now: () => '2026-11-22T01:00:00.000Z', newId: () => randomUUID() };
const hash = (n: number) => n.toString(16).repeat(64);
let store: Store;
beforeEach(async () => {
	store = await openStore({ userId: randomUUID(), multiInstance: false, prefix: `drafts-${randomUUID()}` });
});
afterEach(() => store.close());

test('sync 5: photos added at the same time are all in the draft, once each, and no more than it can hold', async () => {
	const { listingId } = await createDraft(store, here);
	const photos = Array.from({ length: maxPhotos }, (_, n) => hash(n));
	await Promise.all([
		...photos.map((photo) => addToDraft(store, here, listingId, photo)),
		typeIntoDraft(store, here, listingId, { title: 'Xoài cát Hòa Lộc' })
	]);
	const full = await readDraft(store, listingId);
	expect([...(full?.content.photos ?? [])].sort()).toEqual(photos);
	expect(full?.content.title).toBe('Xoài cát Hòa Lộc');
	expect(await addToDraft(store, here, listingId, hash(0))).toMatchObject({ ok: true });
	expect(await addToDraft(store, here, listingId, 'f'.repeat(64))).toMatchObject({
		refusal: { code: 'too_many_photos', facts: { max: maxPhotos } }
	});
	expect((await readDraft(store, listingId))?.content.photos).toHaveLength(maxPhotos);
});
