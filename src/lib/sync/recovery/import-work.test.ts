// First: Dexie looks for IndexedDB when it is loaded.
import 'fake-indexeddb/auto';
import { randomUUID } from 'node:crypto';
import { afterEach, expect, test } from 'vitest';
import { emptyBusiness } from '$lib/domain/businesses/empty.ts';
import { businessSubmit } from '$lib/domain/businesses/schema.ts';
import { emptyListing, submittableSchema, type ListingContent } from '$lib/domain/listings/schema.ts';
import { freePhotos, keepPhoto } from '../blobs/photos.ts';
import { freshPull } from '../engine/apply-page.ts';
import { meetEpoch } from '../engine/kept.ts';
import { rebaseListing } from '../engine/rebase.ts';
import { newDraft } from '../fold/merge.ts';
import { changeDraft, readDraft, resolveConflict, writeDraft, type Here } from '../outbox/drafts.ts';
import { enqueue, settle } from '../outbox/outbox.ts';
import { readWorkFile } from '../protocol/work-file.ts';
import { commandAnswer } from '../protocol/wire.ts';
import { openStore, type Store } from '../store/store.ts';
import type { Draft } from '../store/types.ts';
import { pulledListing } from '../testing/pulled-listing.ts';
import { exportWork } from './export-work.ts';
import { importWork } from './import-work.ts';

const at = '2026-11-22T01:00:00.000Z';
const here: Here = { now: () => at, newId: () => randomUUID() };
const twoDaysLater = '2026-11-24T01:00:00.000Z';
const me = randomUUID();
const listingId = randomUUID();
let store: Store | undefined;
afterEach(async () => {
	await store?.close();
	store = undefined;
});
/** This phone; the other one is put away before (RxDB opens the store of one device only). */
const openMine = async (): Promise<Store> =>
	(store = await openStore({ userId: me, multiInstance: false, prefix: `import-${randomUUID()}` }));

const content = (over: Partial<ListingContent>): ListingContent => ({ ...emptyListing, ...over });
const draft = (base: number, ancestor: ListingContent, typed: Partial<ListingContent> = {}): Draft => ({
	...newDraft(listingId, at, { rev: base, content: ancestor }),
	content: { ...ancestor, ...typed }
});
const picture = (on: Store, said: string, type = 'image/jpeg') =>
	keepPhoto(on, { bytes: new TextEncoder().encode(said).buffer, type, thumb: null }, at);

/** The file of another phone of the same person. */
async function fileWith(work: (other: Store) => Promise<void>): Promise<Blob> {
	const prefix = `other-${randomUUID()}`;
	const other = await openStore({ userId: me, multiInstance: false, prefix });
	await work(other);
	await other.close();
	return (await exportWork({ owner: { id: me, name: 'Nguyễn Thị Tư' }, now: at, newId: here.newId, prefix }))
		.file;
}

test('sync 4, 5, 15: photos and the voice note of a file are kept for as long as the person has not chosen', async () => {
	const theirs = { photos: ['hình của máy kia'], voice: 'giọng của máy kia' };
	const file = await fileWith(async (other) => {
		theirs.photos = [await picture(other, 'hình của máy kia')];
		theirs.voice = await picture(other, 'giọng của máy kia', 'audio/webm');
		await writeDraft(other, draft(1, content({}), theirs));
	});
	const store = await openMine();
	const mine = {
		photos: [await picture(store, 'hình của máy này')],
		voice: await picture(store, 'giọng của máy này', 'audio/webm')
	};
	await writeDraft(store, draft(1, content({}), mine));
	expect(await importWork(store, here, file)).toMatchObject({ value: { conflicts: 1, photos: 2 } });
	expect((await readDraft(store, listingId))?.conflicts).toEqual(theirs);

	const kept = async () =>
		(await store.local.photoBytes.bulkGet([...theirs.photos, theirs.voice])).map((row) => !!row?.original);
	await freePhotos(store, twoDaysLater);
	expect(await kept()).toEqual([true, true]);
	for (const field of ['photos', 'voice'] as const)
		await resolveConflict(store, here, listingId, field, 'mine', theirs);
	await freePhotos(store, twoDaysLater);
	expect(await kept()).toEqual([false, false]);
});

const fileOf = (theirs: Draft): Promise<Blob> => fileWith((other) => writeDraft(other, theirs));

test('sync 4, 15: a file written before the exchange took newer words puts its own beside them, and asks', async () => {
	const [first, newer] = [content({ title: 'Bưởi' }), content({ title: 'Bưởi da xanh' })];
	const file = await fileOf(draft(1, first, { title: 'Bưởi năm roi', packing: 'Thùng' }));
	const store = await openMine();
	await pulledListing(store, 2, { id: listingId, rev: 2, content: newer });
	await writeDraft(store, draft(2, newer));
	expect(await importWork(store, here, file)).toMatchObject({ value: { drafts: 1, conflicts: 1 } });
	const asked = {
		content: { title: 'Bưởi da xanh', packing: 'Thùng' },
		conflicts: { title: 'Bưởi năm roi' }
	};
	expect(await readDraft(store, listingId)).toMatchObject(asked);

	// A version that says nothing of the title does not answer the question, one that says more neither.
	await pulledListing(store, 3, { id: listingId, rev: 3, content: { ...newer, place: 'Ấp 3' } });
	await rebaseListing(store, here, listingId);
	expect(await readDraft(store, listingId)).toMatchObject({ base: 3, ...asked });
	const newest = { ...newer, title: 'Bưởi da xanh ruột hồng' };
	await pulledListing(store, 4, { id: listingId, rev: 4, content: newest });
	await rebaseListing(store, here, listingId);
	expect(await readDraft(store, listingId)).toMatchObject({
		content: { title: newest.title },
		conflicts: asked.conflicts
	});
});

test('sync 15: a file brought once more because something was missing does not undo what was answered and saved', async () => {
	const first = content({ title: 'Bưởi' });
	const whole = await fileWith(async (other) => {
		const photos = [await picture(other, 'hình')];
		await writeDraft(other, draft(1, first, { title: 'Bưởi năm roi', photos }));
	});
	const store = await openMine();
	await writeDraft(store, draft(1, first, { title: 'Bưởi da xanh' }));
	const cut = whole.slice(0, whole.size - 1);
	expect(await importWork(store, here, cut)).toMatchObject({ value: { conflicts: 1, missingPhotos: 1 } });
	await resolveConflict(store, here, listingId, 'title', 'mine', { title: 'Bưởi năm roi' });
	// Saved, and taken by the exchange.
	await changeDraft(store, listingId, (now) => ({ ...now, base: 2, ancestor: now.content }));
	await importWork(store, here, whole);
	expect(await readDraft(store, listingId)).toMatchObject({
		content: { title: 'Bưởi da xanh' },
		conflicts: { title: 'Bưởi năm roi' }
	});
});

test('TG-12 sync 15: the largest registration and the largest listing go along, with every file they may name', async () => {
	const hash = (nth: number): string => nth.toString(16).padStart(64, '0');
	const files = (from: number, many: number): string[] =>
		Array.from({ length: many }, (_, nth) => hash(from + nth));
	const paper = { type: 'gcn', number: '', issuedBy: '', issuedOn: null, expiresOn: null, scope: '' };
	const papers = Array.from({ length: 12 }, (_, nth) => ({ ...paper, files: files(nth * 4, 4) }));
	const registration = (more: readonly string[]) =>
		businessSubmit.safeParse({
			businessId: randomUUID(),
			base: 0,
			content: {
				...emptyBusiness,
				name: 'Vườn bà Tư',
				phone: '0900000000',
				sectors: ['nong-san'],
				places: [{ wardCode: '28429', place: '' }],
				papers
			},
			person: {
				identityNumber: '082179000001',
				representative: 'Nguyễn Thị Tư',
				identityFiles: [...files(100, 4), ...more]
			},
			agreement: { version: '1', hash: hash(200) }
		});
	// No more is taken by the exchange, so that no more has to fit.
	expect(registration([hash(300)]).success).toBe(false);
	const submit = registration([]).data;
	if (!submit) throw new Error('not the registration that was meant');
	const goods = submittableSchema.parse({
		...emptyListing,
		title: 'Xoài cát Hòa Lộc',
		categoryId: 'trai-cay',
		price: 85_000,
		description: 'Trái chín cây, bao trái từ nhỏ, cắt trong ngày.',
		wardCode: '28429',
		payment: ['tien-mat'],
		shipping: ['tu-den-lay'],
		photos: files(400, 8),
		voice: hash(500)
	});
	const file = await fileWith(async (other) => {
		const more = () => ({ id: here.newId(), deviceTime: at });
		await enqueue(other.local, { name: 'business.submit', input: submit }, more());
		await enqueue(
			other.local,
			{ name: 'listing.submit', input: { listingId, base: 0, content: goods } },
			more()
		);
	});
	expect(await importWork(await openMine(), here, file)).toMatchObject({ value: { commands: 2, unfit: 0 } });
	const read = await readWorkFile(file);
	expect(read.ok && read.value.header.commands.map(({ blobs }) => blobs.length)).toEqual([52, 9]);
});

test('sync 2, 15, 16: what was refused with a code of a newer exchange goes along with it', async () => {
	const row = { id: here.newId(), receivedAt: at };
	const refusal = { code: 'said_by_a_newer_exchange', clause: 'TG-7.1a' };
	const answer = commandAnswer.parse({ ...row, outcome: 'refused', refusal });
	const file = await fileWith(async (other) => {
		const input = { ids: [randomUUID()] };
		await enqueue(other.local, { name: 'notification.read', input }, { id: row.id, deviceTime: at });
		await settle(other.local, answer);
	});
	const store = await openMine();
	expect(await importWork(store, here, file)).toMatchObject({ value: { commands: 1, unfit: 0 } });
	expect(await store.local.outbox.toArray()).toMatchObject([{ id: row.id, state: 'refused', refusal }]);
});

test('sync 13, 15: a file written before the exchange was restored brings no words it has lost as if it had them', async () => {
	const had = content({ title: 'Bưởi da xanh' });
	const file = await fileWith(async (other) => {
		await other.changeState({ epoch: 'before' });
		await writeDraft(other, draft(7, had, { packing: 'Thùng' }));
	});
	const store = await openMine();
	await meetEpoch(store, 'after');
	await pulledListing(store, 0, { id: listingId, rev: 5, content: content({ title: 'Bưởi' }) });
	await importWork(store, here, file);
	expect(await store.local.outbox.toArray()).toEqual([]);
	await store.local.pulls.put({ ...freshPull('mine', 'after'), horizon: 9 });
	await rebaseListing(store, here, listingId);
	const asked = {
		base: 5,
		content: { title: had.title, packing: 'Thùng' },
		conflicts: { title: 'Bưởi' }
	};
	expect(await readDraft(store, listingId)).toMatchObject(asked);
	expect(await store.local.outbox.toArray()).toMatchObject([
		{ input: { base: 5, fields: { packing: 'Thùng' } } }
	]);
});

test('sync 13, 15: a new phone that has met no exchange yet knows from the file which one its words build on', async () => {
	const file = await fileWith(async (other) => {
		await other.changeState({ epoch: 'before' });
		await writeDraft(other, draft(7, content({ title: 'Bưởi da xanh' }), { packing: 'Thùng' }));
	});
	const store = await openMine();
	await importWork(store, here, file);
	expect((await readDraft(store, listingId))?.restored).toBeUndefined();
	await meetEpoch(store, 'after');
	expect((await readDraft(store, listingId))?.restored).toBe('after');
});

test('sync 13, 15: what a phone had not compared with the restored exchange yet is compared where its file is brought', async () => {
	const file = await fileWith(async (other) => {
		await other.changeState({ epoch: 'after' });
		const asIfHad = draft(7, content({ title: 'Bưởi da xanh' }), { packing: 'Thùng' });
		await writeDraft(other, { ...asIfHad, restored: 'after' });
	});
	const store = await openMine();
	await meetEpoch(store, 'after');
	await importWork(store, here, file);
	expect((await readDraft(store, listingId))?.restored).toBe('after');
});
