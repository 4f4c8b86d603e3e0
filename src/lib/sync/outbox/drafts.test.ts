// First: Dexie looks for IndexedDB when it is loaded.
import 'fake-indexeddb/auto';
import { randomUUID } from 'node:crypto';
import { Dexie } from 'dexie';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { emptyListing, maxPhotos } from '$lib/domain/listings/schema.ts';
import type { OutboxRow } from '../store/local.ts';
import { openStore, type Store } from '../store/store.ts';
import { keepPhoto } from '../blobs/photos.ts';
import { pulledListing } from '../testing/pulled-listing.ts';
import { addToDraft, changePhotos, earlier, without } from './draft-photos.ts';
import {
	changeDraft,
	createDraft,
	discardDraft,
	readDraft,
	resolveConflict,
	submitDraft,
	typeIntoDraft,
	type Here
} from './drafts.ts';
import { enqueue, markSending } from './outbox.ts';

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

test('sync 5: photos are taken out and moved in the list the draft has at that moment', async () => {
	const { listingId } = await createDraft(store, here);
	for (const n of [1, 2, 3]) await addToDraft(store, here, listingId, hash(n));
	await Promise.all([
		addToDraft(store, here, listingId, hash(4)),
		changePhotos(store, here, listingId, without(hash(1))),
		changePhotos(store, here, listingId, earlier(hash(3))),
		// The first one has nowhere to go, one that is gone neither.
		changePhotos(store, here, listingId, earlier(hash(3))),
		changePhotos(store, here, listingId, earlier(hash(1)))
	]);
	expect((await readDraft(store, listingId))?.content.photos).toEqual([hash(3), hash(2), hash(4)]);
});

test('sync 1: a submission that leaves while its working copy is thrown away is not forgotten', async () => {
	const { local } = store;
	const listingId = randomUUID();
	const content = { ...emptyListing, title: 'Xoài cát Hòa Lộc', price: 85_000 };
	await pulledListing(store, 1, { id: listingId, rev: 2, content, state: 'approved', publishedRev: 2 });
	await typeIntoDraft(store, here, listingId, { packing: 'Thùng 10 kg' });
	const submission = await enqueue(
		local,
		{ name: 'listing.submit', input: { listingId, base: 2, content } },
		{ id: randomUUID(), deviceTime: here.now() }
	);
	// Another tab chooses what to send at the moment in which the outbox is looked through here.
	let sending: Promise<OutboxRow[]> | undefined;
	local.outbox.hook('reading', (row) => {
		sending ??= Dexie.ignoreTransaction(() => markSending(local, [submission]));
		return row;
	});
	await discardDraft(store, here, listingId);
	const [sent] = (await sending) ?? [];
	expect(await local.outbox.get(submission.seq)).toEqual(sent);
	expect(await readDraft(store, listingId)).toBeNull();
});

test('sync 1: two taps at once send one submission', async () => {
	const { listingId } = await createDraft(store, here);
	const picture = { bytes: new ArrayBuffer(8), type: 'image/jpeg', thumb: null };
	await typeIntoDraft(store, here, listingId, {
		title: 'Xoài cát Hòa Lộc',
		categoryId: 'trai-cay',
		price: 85_000,
		unit: 'kg',
		description: 'Trái chín cây, bao trái từ nhỏ, cắt trong ngày.',
		wardCode: '28429',
		payment: ['tien-mat'],
		shipping: ['tu-den-lay'],
		photos: [await keepPhoto(store, picture, here.now())]
	});
	const taps = await Promise.all([1, 2].map(() => submitDraft(store, here, listingId)));
	const [sent, ...more] = await store.local.outbox.toArray();
	expect(more).toEqual([]);
	expect(taps).toEqual([1, 2].map(() => ({ ok: true, value: { commandId: sent?.id } })));
});

test('sync 4: an answer given to older words of another device leaves the newer ones asked about', async () => {
	const { listingId } = await createDraft(store, here);
	await typeIntoDraft(store, here, listingId, { price: 90_000 });
	const asked = (price: number) =>
		changeDraft(store, listingId, (draft) => ({ ...draft, conflicts: { price } }));
	const seen = (await asked(100_000))?.conflicts ?? {};
	await asked(120_000);
	for (const keep of ['mine', 'theirs'] as const) {
		await resolveConflict(store, here, listingId, 'price', keep, seen);
		expect(await readDraft(store, listingId)).toMatchObject({
			content: { price: 90_000 },
			conflicts: { price: 120_000 }
		});
	}
	await resolveConflict(store, here, listingId, 'price', 'mine', { price: 120_000 });
	expect((await readDraft(store, listingId))?.conflicts).toEqual({});
});
