// First: Dexie looks for IndexedDB when it is loaded.
import 'fake-indexeddb/auto';
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ReferenceDoc } from '../protocol/collections.ts';
import { documentKey, type StoredDoc } from './documents.ts';
import { openStore, purgeDisk, removeDocuments, type Store } from './store.ts';
import { watchedDocuments, watchedWork, type Watched } from './watched.ts';

let store: Store;
beforeEach(async () => {
	store = await openStore({ userId: randomUUID(), multiInstance: false, prefix: `watched-${randomUUID()}` });
});
afterEach(() => store.close());

const doc = (id: string, name: string, version = 1): StoredDoc<ReferenceDoc> => ({
	key: documentKey('public', id),
	audience: 'public',
	id,
	version,
	round: 1,
	order: 0,
	data: { id: 'wards', wards: [{ code: id, name, formerly: [] }] }
});
const write = (...docs: StoredDoc<ReferenceDoc>[]) => store.docs.reference.bulkUpsert(docs);
const names = async (watched: Watched<readonly StoredDoc<ReferenceDoc>[]>) =>
	(await watched.read()).flatMap(({ data }) => (data.id === 'wards' ? data.wards[0]?.name : [])).sort();

test('sync 3: what is at hand is what lies on the disk, whatever is written, removed and purged meanwhile', async () => {
	await write(doc('1', 'Mỹ Tho'), doc('2', 'Gò Công'));
	const watched = watchedDocuments(store.docs.reference);
	let told = 0;
	const stop = watched.changed(() => (told += 1));
	expect(await names(watched)).toEqual(['Gò Công', 'Mỹ Tho']);
	// While the disk is read for the first time, and afterwards.
	const second = watchedDocuments(store.docs.reference);
	const stopSecond = second.changed(() => undefined);
	const [early] = await Promise.all([names(second), write(doc('1', 'Đạo Thạnh', 2), doc('3', 'Cái Bè'))]);
	expect(early.length).toBeGreaterThanOrEqual(2);
	for (const one of [watched, second]) expect(await names(one)).toEqual(['Cái Bè', 'Gò Công', 'Đạo Thạnh']);
	expect(told).toBeGreaterThan(0);

	await removeDocuments(store, 'reference', [documentKey('public', '2')]);
	expect(await names(watched)).toEqual(['Cái Bè', 'Đạo Thạnh']);
	// Purged and come again, its revisions are counted from one: it is shown all the same.
	await removeDocuments(store, 'reference', [documentKey('public', '1')]);
	await purgeDisk(store, 'reference');
	await write(doc('1', 'Trung An', 3));
	for (const one of [watched, second]) expect(await names(one)).toEqual(['Cái Bè', 'Trung An']);

	stop();
	stopSecond();
	await write(doc('4', 'Tân Phước'));
	// Nobody watches, and the next who does, finds all of it.
	expect(await names(watched)).toEqual(['Cái Bè', 'Trung An', 'Tân Phước']);
	const stopLater = watched.changed(() => undefined);
	expect(await names(watched)).toEqual(['Cái Bè', 'Trung An', 'Tân Phước']);
	stopLater();
});

test('sync 3: writes and removals in any order leave at hand what is on the disk', async () => {
	const watched = watchedDocuments(store.docs.reference);
	const stop = watched.changed(() => undefined);
	let seed = 7;
	const random = (below: number) => (seed = (seed * 48_271) % 2_147_483_647) % below;
	for (let turn = 0; turn < 30; turn += 1) {
		const ids = [...new Set(Array.from({ length: 10 }, () => String(random(25))))];
		const acts: Promise<unknown>[] = [watched.read()];
		if (random(3) === 0)
			acts.push(removeDocuments(store, 'reference', [documentKey('public', ids[0] ?? '')]));
		else acts.push(write(...ids.map((id) => doc(id, `${turn}`, turn))));
		await Promise.all(acts);
		const disk = (await store.docs.reference.find().exec()).map((row) => row.toMutableJSON());
		const byKey = (docs: readonly StoredDoc<ReferenceDoc>[]) => new Map(docs.map((one) => [one.key, one]));
		expect(byKey(await watched.read())).toEqual(byKey(disk));
	}
	stop();
});

test('sync 3: the work at hand is told anew when it changes, to all who watch', async () => {
	const work = watchedWork(store);
	const told = [0, 0];
	const stops = told.map((_, at) => work.changed(() => (told[at] = (told[at] ?? 0) + 1)));
	await expect.poll(() => told.every((times) => times > 0)).toBe(true);
	expect((await work.read()).photos).toEqual([]);
	await store.local.photos.add({
		hash: 'a'.repeat(64),
		type: 'image/jpeg',
		bytes: 1,
		bytesSent: 0,
		state: 'on_device',
		uploadUrl: null,
		refusal: null,
		addedAt: '2026-11-30T01:00:00.000Z'
	});
	await expect.poll(async () => (await work.read()).photos.length).toBe(1);
	for (const stop of stops) stop();
});
