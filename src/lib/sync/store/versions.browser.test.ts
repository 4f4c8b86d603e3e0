import { afterEach, expect, test } from 'vitest';
import { createDraft, readDraft, typeIntoDraft, type Here } from '../outbox/drafts.ts';
import { enqueue } from '../outbox/outbox.ts';
import { LocalDb } from './local.ts';
import { openStore, type Store } from './store.ts';

/** Two builds of the program in two tabs of one browser. */
const here: Here = { now: () => new Date().toISOString(), newId: () => crypto.randomUUID() };
const open: Store[] = [];
const others: { close(): void }[] = [];
afterEach(async () => {
	for (const other of others.splice(0)) other.close();
	for (const store of open.splice(0)) await store.wipe();
});
class NewerDb extends LocalDb {
	constructor(name: string) {
		super(name);
		this.version(this.verno + 1).stores({ somethingNew: 'id' });
	}
}
const options = () => ({ userId: crypto.randomUUID(), prefix: 'versions' });

test('sync 16: an old tab lets a newer build in at once, says so, and still stores what is typed and done in it', async () => {
	let told = 0;
	const old = await openStore({ ...options(), outdated: () => (told += 1) });
	open.push(old);
	const { listingId } = await createDraft(old, here);
	const newer = new NewerDb(old.local.name);
	others.push(newer);
	await newer.open();
	await newer.table('somethingNew').put({ id: 'kept' });
	expect(told).toBe(1);

	await typeIntoDraft(old, here, listingId, { title: 'Sầu riêng Ri6' });
	expect((await readDraft(old, listingId))?.content.title).toBe('Sầu riêng Ri6');
	await enqueue(
		old.local,
		{ name: 'draft.save', input: { listingId, base: 0, fields: { title: 'Sầu riêng Ri6' } } },
		{ id: here.newId(), deviceTime: here.now() }
	);
	expect(await newer.table('outbox').count()).toBe(1);
	expect(await newer.table('somethingNew').count()).toBe(1);
});

/** What version 1 of the store was, held by a tab that is frozen: it hears nothing. */
function openFirstVersion(name: string): Promise<IDBDatabase> {
	return new Promise((resolve, reject) => {
		const request = indexedDB.open(name, 10);
		request.onupgradeneeded = () => {
			const rows = request.result.createObjectStore('outbox', { keyPath: 'seq' });
			rows.createIndex('id', 'id', { unique: true });
			rows.createIndex('subject', 'subject');
			rows.createIndex('state', 'state');
			rows.add({
				seq: 1,
				id: 'unsent',
				subject: 'notifications',
				state: 'waiting',
				name: 'notification.read'
			});
			request.result.createObjectStore('photos', { keyPath: 'hash' }).createIndex('state', 'state');
			request.result.createObjectStore('photoBytes', { keyPath: 'hash' });
			request.result.createObjectStore('pulls', { keyPath: 'collection' });
			request.result.createObjectStore('state', { keyPath: 'id' });
			const files = request.result.createObjectStore('files', { keyPath: 'path' });
			files.createIndex('caseId', 'caseId');
		};
		request.onsuccess = () => resolve(request.result);
		request.onerror = () => reject(request.error ?? new Error('not opened'));
	});
}

test('sync 16: a frozen page of an older build is named, and when it is gone the new build has all its work', async () => {
	const chosen = options();
	const frozen = await openFirstVersion(`versions-${chosen.userId}-work`);
	others.push(frozen);
	let blocked = 0;
	const opening = openStore({ ...chosen, blocked: () => (blocked += 1) });
	await expect.poll(() => blocked).toBe(1);
	frozen.close();
	const store = await opening;
	open.push(store);
	expect(await store.local.outbox.toArray()).toMatchObject([{ id: 'unsent', state: 'waiting' }]);
	expect(await store.local.receipts.count()).toBe(0);
});
