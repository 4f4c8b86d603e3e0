// First: Dexie looks for IndexedDB when it is loaded.
import 'fake-indexeddb/auto';
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openStore, type Store } from '../store/store.ts';
import { freePhotos, keepPhoto } from './photos.ts';

let store: Store;
beforeEach(async () => {
	store = await openStore({ userId: randomUUID(), multiInstance: false, prefix: `photos-${randomUUID()}` });
});
afterEach(() => store.close());

test('sync 5: a photo taken out days ago and chosen again is not tidied away before its draft names it', async () => {
	const photo = { bytes: new TextEncoder().encode('sầu riêng').buffer, type: 'image/jpeg', thumb: null };
	const hash = await keepPhoto(store, photo, '2026-11-20T01:00:00.000Z');
	const now = '2026-11-22T01:00:00.000Z';
	expect(await keepPhoto(store, photo, now)).toBe(hash);
	await freePhotos(store, now);
	expect((await store.local.photoBytes.get(hash))?.original?.byteLength).toBe(photo.bytes.byteLength);
});
