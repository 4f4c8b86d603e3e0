// First: Dexie looks for IndexedDB when it is loaded.
import 'fake-indexeddb/auto';
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { emptyBusiness } from '$lib/domain/businesses/empty.ts';
import { keepPhoto } from '../blobs/photos.ts';
import { finishVoice, keepPiece, unfinishedVoice } from '../blobs/voice.ts';
import { createDraft, typeIntoDraft, type Here } from '../outbox/drafts.ts';
import { enqueue } from '../outbox/outbox.ts';
import { readWorkFile } from '../protocol/work-file.ts';
import { readOnlyHere } from '../reads.ts';
import { openStore, type Store } from '../store/store.ts';
import { exportWork } from './export-work.ts';
import { importWork } from './import-work.ts';
import { deleteDatabase, readRaw } from './raw-store.ts';

const here: Here = { now: () => new Date().toISOString(), newId: () => randomUUID() };
const prefix = 'raw';
let me: string;
let store: Store;
beforeEach(async () => {
	me = randomUUID();
	store = await openStore({ userId: me, multiInstance: false, prefix });
});
afterEach(() => store.close());

const exported = () =>
	exportWork({ owner: { id: me, name: 'Nguyễn Thị Tư' }, now: here.now(), newId: here.newId, prefix });
const bytesOf = (text: string): ArrayBuffer => new TextEncoder().encode(text).buffer;

async function someWork(): Promise<string> {
	const { listingId } = await createDraft(store, here);
	const photo = { bytes: bytesOf('hình'.repeat(1000)), type: 'image/jpeg', thumb: bytesOf('nhỏ') };
	const hash = await keepPhoto(store, photo, here.now());
	await typeIntoDraft(store, here, listingId, { title: 'Bưởi da xanh', photos: [hash] });
	await enqueue(
		store.local,
		{ name: 'notification.read', input: { ids: [randomUUID()] } },
		{ id: here.newId(), deviceTime: here.now() }
	);
	return listingId;
}

/** Opens a database of the store under a version no build knows, and spoils it. */
const spoil = (name: string, how: (db: IDBDatabase) => void) =>
	new Promise<void>((resolve, reject) => {
		const request = indexedDB.open(name, 9_999);
		request.onupgradeneeded = () => how(request.result);
		request.onsuccess = () => {
			request.result.close();
			resolve();
		};
		request.onerror = () => reject(request.error);
	});

test('sync 15: a store that no longer opens gives its work, store by store; what is not there is said', async () => {
	const listingId = await someWork();
	await store.close();
	await spoil(`${store.name}-work`, (db) => {
		db.deleteObjectStore('state');
		db.createObjectStore('state', { keyPath: 'another' });
	});
	await expect(openStore({ userId: me, multiInstance: false, prefix })).rejects.toThrow();
	await spoil(`rxdb-dexie-${store.name}--0--drafts`, (db) => db.deleteObjectStore('changes'));

	const work = await exported();
	expect(work).toMatchObject({ commands: 1, drafts: 1, photos: 1, unread: 0 });
	const read = await readWorkFile(work.file);
	if (!read.ok) throw new Error(read.refusal.code);
	expect(read.value.header).toMatchObject({
		owner: { id: me },
		drafts: [{ listingId, content: { title: 'Bưởi da xanh' } }],
		saves: [{ name: 'draft.save', input: { listingId, base: 0, fields: { title: 'Bưởi da xanh' } } }]
	});
});

test('sync 15: rows that fit nothing go along for a person to look at, the others are not held up', async () => {
	await someWork();
	const [row] = await store.local.outbox.toArray();
	if (!row) throw new Error('no command');
	await store.local.outbox.put({ ...row, seq: 99, id: 'not-an-id' });
	const work = await exported();
	expect(work).toMatchObject({ commands: 1, drafts: 1, unread: 1 });
	expect(await work.file.text()).toContain('not-an-id');
});

test('sync 1, 15: what waits is marked as it is read, and what has left or is done is not', async () => {
	await someWork();
	const say = () =>
		enqueue(
			store.local,
			{ name: 'notification.read', input: { ids: [randomUUID()] } },
			{ id: here.newId(), deviceTime: here.now() }
		);
	const [left, done] = [await say(), await say()];
	await store.local.outbox.update(left.seq, { sent: true });
	await store.local.outbox.update(done.seq, { state: 'acknowledged', sent: true });
	expect(await exported()).toMatchObject({ commands: 2, unread: 0 });
	const marks = (await store.local.outbox.orderBy('seq').toArray()).map((row) => row.exported === true);
	expect(marks).toEqual([true, false, false]);
});

test('sync 15: an outbox that takes no mark is read all the same, and nothing of it is changed', async () => {
	await someWork();
	await enqueue(
		store.local,
		{ name: 'notification.read', input: { ids: [randomUUID()] } },
		{ id: here.newId(), deviceTime: here.now() }
	);
	const before = await store.local.outbox.toArray();
	await store.close();
	// Its rows no longer say where they lie: they can be read, and not written.
	await spoil(`${store.name}-work`, (db) => {
		db.deleteObjectStore('outbox');
		const bare = db.createObjectStore('outbox');
		for (const row of before) bare.add(row, row.seq);
	});
	expect(await exported()).toMatchObject({ commands: 2, drafts: 1, photos: 1, unread: 0 });
	expect((await readRaw(`${store.name}-work`, ['outbox'])).rows.get('outbox')).toEqual(before);
});

/** Two seconds of a voice note that nobody has ended. */
async function someVoice(): Promise<string> {
	const { listingId } = await createDraft(store, here);
	const type = 'audio/webm;codecs=opus';
	await keepPiece(store, listingId, { nth: 0, type, bytes: bytesOf('giây một ') });
	await keepPiece(store, listingId, { nth: 1, type, bytes: bytesOf('giây hai') });
	return listingId;
}
const heard = async (on: Store, listingId: string) => (await unfinishedVoice(on, listingId))?.text() ?? null;

test('sync 5, 15: a voice note that was never finished goes along and is offered on the other device', async () => {
	const listingId = await someVoice();
	expect(await readOnlyHere(store)).toMatchObject([{ subjectId: listingId }]);
	const work = await exported();
	expect(work).toMatchObject({ drafts: 1, photos: 1, unread: 0 });
	const again = await exported();
	await keepPiece(store, listingId, { nth: 2, type: 'audio/webm', bytes: bytesOf(' giây ba') });
	const longer = await exported();
	await store.close();

	const other = await openStore({ userId: me, multiInstance: false, prefix: 'spoken' });
	const cut = await importWork(other, here, work.file.slice(0, work.file.size - 3));
	expect(cut).toMatchObject({ ok: true, value: { photos: 0, missingPhotos: 1 } });
	expect(await importWork(other, here, work.file)).toMatchObject({ value: { photos: 1, missingPhotos: 0 } });
	expect(await heard(other, listingId)).toBe('giây một giây hai');
	// Made the voice note there, a file written again offers it no more; what is being recorded there stays.
	await finishVoice(other, listingId, here.now(), (voice) =>
		typeIntoDraft(other, here, listingId, { voice })
	);
	expect(await importWork(other, here, again.file)).toMatchObject({ value: { photos: 0 } });
	expect(await heard(other, listingId)).toBeNull();
	await keepPiece(other, listingId, { nth: 0, type: 'audio/webm', bytes: bytesOf('mới') });
	expect(await importWork(other, here, longer.file)).toMatchObject({ value: { heldBack: 1 } });
	expect(await heard(other, listingId)).toBe('mới');
	await other.close();
});

test('TG-12 sync 15: a registration that is being written goes along, and never over one that is written there', async () => {
	const person = { identityNumber: '082179000001', representative: 'Nguyễn Thị Tư', identityFiles: [] };
	const typed = (name: string) => ({ base: 0, content: { ...emptyBusiness, name }, person });
	await store.local.state.update('this', { typedBusiness: typed('Vườn bà Tư') });
	expect(await readOnlyHere(store)).toMatchObject([{ name: 'business.submit', title: 'Vườn bà Tư' }]);
	const [first, again] = [await exported(), await exported()];
	await store.close();

	const other = await openStore({ userId: me, multiInstance: false, prefix: 'typed' });
	expect(await importWork(other, here, first.file)).toMatchObject({ value: { drafts: 1, heldBack: 0 } });
	expect((await other.readState()).typedBusiness).toEqual(typed('Vườn bà Tư'));
	await other.local.state.update('this', { typedBusiness: typed('Vườn Tư Hạnh') });
	expect(await importWork(other, here, again.file)).toMatchObject({
		value: { drafts: 0, heldBack: 1 }
	});
	expect((await other.readState()).typedBusiness).toEqual(typed('Vườn Tư Hạnh'));
	await other.close();
});

test('sync 1: the same text exported twice is one command, other text is another', async () => {
	const listingId = await someWork();
	const saveOf = async () => {
		const read = await readWorkFile((await exported()).file);
		return read.ok ? read.value.header.saves[0]?.id : undefined;
	};
	const first = await saveOf();
	expect(first).toBeDefined();
	expect(await saveOf()).toBe(first);
	await typeIntoDraft(store, here, listingId, { title: 'Bưởi năm roi' });
	expect(await saveOf()).not.toBe(first);
});

test('sync 15: looking into a database that is not there leaves no trace', async () => {
	expect(await readRaw('nobody-here', ['outbox'])).toMatchObject({ unread: [] });
	expect((await indexedDB.databases()).map((db) => db.name)).not.toContain('nobody-here');
});

test('sync 15: a file cut short says so; what is whole in it comes in, and the whole file brings the rest', async () => {
	await someWork();
	const { file } = await exported();
	await store.close();
	const cutAt = async (size: number) => readWorkFile(file.slice(0, size));
	expect(await cutAt(60)).toMatchObject({ ok: false, refusal: { code: 'file_cut' } });
	expect(await cutAt(400)).toMatchObject({ ok: false, refusal: { code: 'file_cut' } });

	const other = await openStore({ userId: me, multiInstance: false, prefix: 'other' });
	const took = await importWork(other, here, file.slice(0, file.size - 10));
	expect(took).toMatchObject({ ok: true, value: { commands: 1, drafts: 1, photos: 0, missingPhotos: 1 } });
	expect(await importWork(other, here, file)).toMatchObject({
		ok: true,
		value: { already: false, commands: 0, drafts: 0, photos: 1, missingPhotos: 0 }
	});
	expect(await importWork(other, here, file)).toMatchObject({ ok: true, value: { already: true } });
	await other.close();
});

test.each([
	['a picture', 'RIFF....WEBP', 'file_not_work'],
	['a file of a newer build', 'SANTINH-WORK 2 10 aa\n{}', 'file_too_new'],
	['nothing', '', 'file_not_work']
])('sync 15: %s is refused with its reason', async (_what, text, code) => {
	expect(await importWork(store, here, new Blob([text]))).toMatchObject({ ok: false, refusal: { code } });
});

test('sync 15: the store can be made anew after its databases are deleted', async () => {
	await someWork();
	await store.close();
	expect(await deleteDatabase(`${store.name}-work`)).toBe(true);
	expect(await readRaw(`${store.name}-work`, ['outbox'])).toMatchObject({ rows: new Map() });
});
