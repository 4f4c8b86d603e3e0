// First: Dexie looks for IndexedDB when it is loaded.
import 'fake-indexeddb/auto';
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openStore, type Store } from '../store/store.ts';
import { freePhotos, keepPhoto } from './photos.ts';

const here = { now: () => '2026-11-22T01:00:00.000Z' };
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

test.each(['stored', 'refused'] as const)(
	'sync 5: a photo that is %s and given anew is asked about once more',
	async (state) => {
		const hash = await keepPhoto(store, photo, daysAgo);
		await store.local.photos.update(hash, { state });
		await keepPhoto(store, photo, here.now());
		expect(await store.local.photos.get(hash)).toMatchObject({ state: 'on_device', addedAt: here.now() });
	}
);
