// First: Dexie looks for IndexedDB when it is loaded.
import 'fake-indexeddb/auto';
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createDraft, readDraft, type Here } from './outbox/drafts.ts';
import { openStore, type Store } from './store/store.ts';
import { Typing } from './typing.ts';

const here: Here = { now: () => new Date().toISOString(), newId: () => randomUUID() };
let store: Store;
let failures: unknown[];
let saved: string[];
let typing: Typing;
beforeEach(async () => {
	failures = [];
	saved = [];
	store = await openStore({
		userId: randomUUID(),
		multiInstance: false,
		prefix: `t${randomUUID().slice(0, 8)}`
	});
	typing = new Typing({
		store,
		here,
		saved: (listingId) => saved.push(listingId),
		failed: (error) => failures.push(error)
	});
});
afterEach(async () => {
	await typing.close();
	await store.wipe();
});

const titleOf = async (id: string) => (await readDraft(store, id))?.content.title;

describe('sync 15: typing', () => {
	test('sync 15: is stored without anybody pressing anything', async () => {
		const { listingId } = await createDraft(store, here);
		typing.type(listingId, { title: 'Sầu riêng' });
		await expect.poll(() => titleOf(listingId)).toBe('Sầu riêng');
		expect(saved).toContain(listingId);
	});

	test('sync 15: the last word wins, fields typed apart do not touch each other', async () => {
		const { listingId } = await createDraft(store, here);
		typing.type(listingId, { title: 'S' });
		typing.type(listingId, { price: 85_000 });
		const first = typing.flush();
		typing.type(listingId, { title: 'Sầu riêng' });
		await first;
		await typing.flush();
		expect((await readDraft(store, listingId))?.content).toMatchObject({
			title: 'Sầu riêng',
			price: 85_000
		});
	});

	test('sync 15: a save that fails is said, keeps the text and is tried again', async () => {
		const { listingId } = await createDraft(store, here);
		const { bulkWrite } = store.docs.drafts.storageInstance;
		store.docs.drafts.storageInstance.bulkWrite = () =>
			Promise.reject(new DOMException('no room left', 'QuotaExceededError'));
		typing.type(listingId, { title: 'Chữ đã gõ' });
		await typing.flush();
		expect(failures).toHaveLength(1);
		expect(saved).toEqual([]);
		store.docs.drafts.storageInstance.bulkWrite = bulkWrite;
		await typing.flush();
		expect(await titleOf(listingId)).toBe('Chữ đã gõ');
		expect(saved).toEqual([listingId]);
	});

	test('sync 15: one listing that could be stored does not hide another that could not', async () => {
		const { listingId: failing } = await createDraft(store, here);
		const { listingId: fine } = await createDraft(store, here);
		const told: string[] = [];
		const both = new Typing({
			store,
			here,
			saved: () => told.push('saved'),
			failed: () => told.push('failed')
		});
		const { storageInstance } = store.docs.drafts;
		const { bulkWrite } = storageInstance;
		storageInstance.bulkWrite = (rows, context) =>
			rows.some(({ document }) => document.id === failing)
				? Promise.reject(new DOMException('no room left', 'QuotaExceededError'))
				: bulkWrite.call(storageInstance, rows, context);
		both.type(failing, { title: 'Chữ của A' });
		both.type(fine, { title: 'Chữ của B' });
		await both.flush();
		expect(told).toEqual(['saved', 'failed']);
		expect([...both.left()]).toEqual([[failing, { title: 'Chữ của A' }]]);
		storageInstance.bulkWrite = bulkWrite;
		await both.close();
		expect([...both.left()]).toEqual([]);
		expect(await titleOf(failing)).toBe('Chữ của A');
	});

	test('sync 15: what was typed into a listing thrown away does not bring it back', async () => {
		const { listingId } = await createDraft(store, here);
		typing.type(listingId, { title: 'Không cần nữa' });
		typing.drop(listingId);
		await typing.flush();
		expect(await titleOf(listingId)).toBe('');
	});
});
