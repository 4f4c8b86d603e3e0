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
import { enqueue, retryRefused } from '../outbox/outbox.ts';
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

/** Lets something happen in the moment in which what was pulled is looked at, between a look at the working copy and a write. */
async function meanwhile(happens: () => Promise<void>, run: () => Promise<unknown>): Promise<void> {
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
	await run();
}
const queueWhile = (listingId: string, happens: () => Promise<void>) =>
	meanwhile(happens, () => queueDraftSave(store, here, listingId));

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

test('sync 4: a submission sent again does not take over another device’s words because an own save lies upon them', async () => {
	const { listingId } = await createDraft(store, here);
	await typeIntoDraft(store, here, listingId, goods);
	await pulled(listingId, 1, 1, goods);
	await rebaseListing(store, here, listingId);
	const more = () => ({ id: here.newId(), deviceTime: here.now() });
	const submission = await enqueue(
		store.local,
		{
			name: 'listing.submit',
			input: { listingId, base: 1, content: { ...goods, price: 85_000, photos: ['a'.repeat(64)] } }
		},
		more()
	);
	await typeIntoDraft(store, here, listingId, { packing: 'Thùng 5 kg' });
	// Another device was faster; what was typed here is saved upon its words, and taken.
	const theirs = { ...goods, description: 'Lời của máy kia, dài hơn hai mươi chữ cái.' };
	await store.local.outbox.update(submission.seq, {
		state: 'refused',
		sent: true,
		refusal: { code: 'stale_version', facts: { rev: 2 } }
	});
	await pulled(listingId, 2, 2, theirs);
	await rebaseListing(store, here, listingId);
	const save = (await store.local.outbox.toArray()).find((row) => row.name === 'draft.save');
	if (!save) throw new Error('the merge has saved nothing');
	expect(save.input).toMatchObject({ base: 2, fields: { packing: 'Thùng 5 kg' } });
	await adoptAncestor(store, save);
	await store.local.outbox.update(save.seq, { state: 'acknowledged', sent: true, version: 3 });
	await pulled(listingId, 3, 3, { ...theirs, packing: 'Thùng 5 kg' });
	await retryRefused(store.local, submission.id, { newId: here.newId, deviceTime: here.now() });
	await rebaseListing(store, here, listingId);
	const again = (await store.local.outbox.toArray()).find((row) => row.name === 'listing.submit');
	expect(again?.input).toMatchObject({ base: 1 });
});

test('sync 4: a submission behind own saves goes along with all of them', async () => {
	const { listingId } = await createDraft(store, here);
	const more = () => ({ id: here.newId(), deviceTime: here.now() });
	const saved = async (base: number, title: string) => {
		const row = await enqueue(
			store.local,
			{ name: 'draft.save', input: { listingId, base, fields: { title } } },
			more()
		);
		await store.local.outbox.update(row.seq, { state: 'acknowledged', sent: true, version: base + 1 });
	};
	await saved(0, 'Xoài');
	await saved(1, 'Xoài cát');
	await enqueue(
		store.local,
		{
			name: 'listing.submit',
			input: { listingId, base: 0, content: { ...goods, price: 85_000, photos: ['a'.repeat(64)] } }
		},
		more()
	);
	await pulled(listingId, 2, 2, goods);
	await rebaseListing(store, here, listingId);
	const waiting = (await store.local.outbox.toArray()).find((row) => row.state === 'waiting');
	expect(waiting).toMatchObject({ name: 'listing.submit', input: { base: 2 } });
});

test('sync 4, 14: what another tab has typed while the listing was opened here stays', async () => {
	const listingId = randomUUID();
	await pulled(listingId, 1, 1, goods);
	await meanwhile(
		async () => void (await typeIntoDraft(store, here, listingId, { packing: 'Thùng 5 kg' })),
		() => openDraft(store, here, listingId)
	);
	expect((await readDraft(store, listingId))?.content.packing).toBe('Thùng 5 kg');
});

test('sync 4: what is typed while another device’s submission comes in stays', async () => {
	const listingId = randomUUID();
	await pulled(listingId, 1, 1, goods);
	await openDraft(store, here, listingId);
	await pulledListing(store, 2, { id: listingId, rev: 2, content: goods, state: 'submitted' });
	await rebaseListing(store, here, listingId);
	expect(await readDraft(store, listingId)).toBeNull();

	await pulledListing(store, 3, { id: listingId, rev: 2, content: goods, state: 'returned' });
	await openDraft(store, here, listingId);
	await pulledListing(store, 4, { id: listingId, rev: 2, content: goods, state: 'submitted' });
	await meanwhile(
		async () => void (await typeIntoDraft(store, here, listingId, { packing: 'Thùng 5 kg' })),
		() => rebaseListing(store, here, listingId)
	);
	expect((await readDraft(store, listingId))?.content.packing).toBe('Thùng 5 kg');
});
