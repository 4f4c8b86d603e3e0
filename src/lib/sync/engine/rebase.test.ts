// First: Dexie looks for IndexedDB when it is loaded.
import 'fake-indexeddb/auto';
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { emptyListing, type ListingContent } from '$lib/domain/listings/schema.ts';
import {
	createDraft,
	discardDraft,
	openDraft,
	queueDraftSave,
	readDraft,
	typeIntoDraft,
	type Here
} from '../outbox/drafts.ts';
import { enqueue } from '../outbox/outbox.ts';
import { openStore, type Store } from '../store/store.ts';
import { pulledListing } from '../testing/pulled-listing.ts';
import { freshPull } from './apply-page.ts';
import { meetEpoch } from './kept.ts';
import { adoptAncestor, rebaseListing } from './rebase.ts';

const here: Here = { now: () => '2026-11-22T01:00:00.000Z', newId: () => randomUUID() };
const me = randomUUID();
let store: Store;

beforeEach(async () => {
	store = await openStore({ userId: me, multiInstance: false, prefix: `rebase-${randomUUID()}` });
});
afterEach(() => store.close());

const goods: ListingContent = {
	...emptyListing,
	title: 'Xoài cát Hòa Lộc',
	categoryId: 'trai-cay',
	price: 85_000,
	description: 'Trái chín cây, bao trái từ nhỏ, cắt trong ngày.',
	wardCode: '28429',
	payment: ['tien-mat'],
	shipping: ['tu-den-lay']
};

const pulled = (id: string, rev: number, version: number, content: ListingContent) =>
	pulledListing(store, version, { id, rev, content });

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

test('sync 4: words typed while an answer or a newer version comes in stay', async () => {
	const { listingId } = await createDraft(store, here);
	await typeIntoDraft(store, here, listingId, goods);
	await queueDraftSave(store, here, listingId);
	const [row] = await store.local.outbox.toArray();
	if (!row) throw new Error('nothing was queued');
	for (let n = 0; n < 24; n += 1) {
		await pulled(listingId, n + 1, n + 1, { ...goods, packing: `Thùng ${n} kg` });
		const title = `Xoài cát Hòa Lộc, lần ${n}`;
		const coming = n % 2 === 0 ? adoptAncestor(store, row) : rebaseListing(store, here, listingId);
		await pause(n % 4);
		await typeIntoDraft(store, here, listingId, { title });
		await coming;
		expect((await readDraft(store, listingId))?.content.title).toBe(title);
	}
});

test('sync 4: a submission that waits never moves past words of another device, however often is pulled', async () => {
	const { listingId } = await createDraft(store, here);
	await typeIntoDraft(store, here, listingId, goods);
	await pulled(listingId, 1, 1, goods);
	await rebaseListing(store, here, listingId);
	const photo = 'a'.repeat(64);
	await enqueue(
		store.local,
		{
			name: 'listing.submit',
			input: { listingId, base: 1, content: { ...goods, price: 85_000, photos: [photo] } }
		},
		{ id: here.newId(), deviceTime: here.now() }
	);
	await pulled(listingId, 2, 2, { ...goods, description: 'Lời của máy kia, dài hơn hai mươi chữ cái.' });
	for (let n = 0; n < 3; n += 1) await rebaseListing(store, here, listingId);
	expect(await store.local.outbox.toArray()).toMatchObject([{ name: 'listing.submit', input: { base: 1 } }]);
});

/** A working copy of which the exchange has taken everything, and then the exchange is restored. */
async function takenAndRestored(): Promise<string> {
	await meetEpoch(store, 'before');
	const { listingId } = await createDraft(store, here);
	await typeIntoDraft(store, here, listingId, goods);
	await queueDraftSave(store, here, listingId);
	const [row] = await store.local.outbox.toArray();
	if (!row) throw new Error('nothing was queued');
	await adoptAncestor(store, row);
	await store.local.outbox.clear();
	await pulled(listingId, 2, 20, goods);
	await rebaseListing(store, here, listingId);
	await meetEpoch(store, 'after');
	await rebaseListing(store, here, listingId);
	return listingId;
}

/** All of `mine` was read since the restore. */
const readAgain = () => store.local.pulls.put({ ...freshPull('mine', 'after'), horizon: 9 });

test('sync 13: older words of a restored exchange are shown beside what it had taken, not put in its place', async () => {
	const listingId = await takenAndRestored();
	// Typed since: the exchange knows as little of it as of the title, and nobody else speaks of it.
	await typeIntoDraft(store, here, listingId, { packing: 'Thùng 5 kg' });
	await readAgain();
	// The same `rev` as before the restore, made of other words.
	await pulled(listingId, 2, 0, { ...goods, title: 'Xoài' });
	await rebaseListing(store, here, listingId);
	expect(await readDraft(store, listingId)).toMatchObject({
		content: { ...goods, packing: 'Thùng 5 kg' },
		conflicts: { title: 'Xoài' }
	});
	expect(await store.local.outbox.toArray()).toMatchObject([
		{ name: 'draft.save', input: { base: 2, fields: { packing: 'Thùng 5 kg' } } }
	]);
	// Given back by another device: nothing is left to ask.
	await pulled(listingId, 3, 5, goods);
	await rebaseListing(store, here, listingId);
	expect((await readDraft(store, listingId))?.conflicts).toEqual({});
});

test('sync 13: a working copy the restored exchange has nothing of goes there anew, once that is known', async () => {
	const listingId = await takenAndRestored();
	await store.docs.mine.find().remove();
	await rebaseListing(store, here, listingId);
	expect(await store.local.outbox.toArray()).toEqual([]);
	await readAgain();
	await rebaseListing(store, here, listingId);
	expect(await store.local.outbox.toArray()).toMatchObject([
		{ name: 'draft.save', input: { listingId, base: 0, fields: { title: goods.title } } }
	]);
});

test('sync 4, 14: a tab that has not heard yet of what another has pulled does not take the working copy back', async () => {
	const { listingId } = await createDraft(store, here);
	await typeIntoDraft(store, here, listingId, goods);
	await pulled(listingId, 2, 2, goods);
	await rebaseListing(store, here, listingId);
	// What this tab, that stood still, still takes for the newest.
	await pulled(listingId, 1, 1, { ...goods, title: 'Xoài' });
	await rebaseListing(store, here, listingId);
	expect(await readDraft(store, listingId)).toMatchObject({ base: 2, ancestor: goods, content: goods });
	await typeIntoDraft(store, here, listingId, { title: 'Xoài cát Hòa Lộc loại 1' });
	await pulled(listingId, 2, 2, goods);
	await rebaseListing(store, here, listingId);
	expect((await readDraft(store, listingId))?.conflicts).toEqual({});
});

test('sync 13: a working copy that is opened between a restore and the next reading is on words that may be lost', async () => {
	const listingId = randomUUID();
	await pulled(listingId, 7, 7, goods);
	await meetEpoch(store, 'after');
	await openDraft(store, here, listingId);
	await typeIntoDraft(store, here, listingId, { packing: 'Thùng 5 kg' });
	await queueDraftSave(store, here, listingId);
	await readAgain();
	await pulled(listingId, 5, 0, { ...goods, title: 'Xoài' });
	await rebaseListing(store, here, listingId);
	expect(await readDraft(store, listingId)).toMatchObject({
		content: { title: goods.title, packing: 'Thùng 5 kg' },
		conflicts: { title: 'Xoài' }
	});
	expect(await store.local.outbox.toArray()).toMatchObject([
		{ name: 'draft.save', input: { base: 5, fields: { packing: 'Thùng 5 kg' } } }
	]);
});

/** Queues a save, and lets something happen between the look at the working copy and the write. */
async function queueWhile(listingId: string, happens: () => Promise<void>): Promise<void> {
	const { mine } = store.docs;
	const find = mine.find.bind(mine);
	vi.spyOn(mine, 'find').mockImplementationOnce((query) => {
		const found = find(query);
		const exec = found.exec.bind(found);
		vi.spyOn(found, 'exec').mockImplementationOnce(async () => {
			await happens();
			return exec();
		});
		return found;
	});
	await queueDraftSave(store, here, listingId);
}

test('sync 4: a save that is queued while a pull moves its working copy on builds on what was pulled', async () => {
	const { listingId } = await createDraft(store, here);
	await typeIntoDraft(store, here, listingId, goods);
	await queueWhile(listingId, async () => {
		await pulled(listingId, 1, 1, { ...goods, packing: '' });
		await typeIntoDraft(store, here, listingId, { packing: 'Thùng 5 kg' });
		await rebaseListing(store, here, listingId);
	});
	expect(await store.local.outbox.toArray()).toMatchObject([
		{ name: 'draft.save', input: { base: 1, fields: { packing: 'Thùng 5 kg' } } }
	]);
});

test('sync 4: a save that is queued while its working copy is thrown away is not left behind', async () => {
	const { listingId } = await createDraft(store, here);
	await typeIntoDraft(store, here, listingId, goods);
	await queueWhile(listingId, () => discardDraft(store, here, listingId));
	expect(await store.local.outbox.toArray()).toEqual([]);
});
