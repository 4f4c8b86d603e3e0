// First: Dexie looks for IndexedDB when it is loaded.
import 'fake-indexeddb/auto';
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Refusal } from '$lib/domain/kernel/refusal.ts';
import { emptyListing, type ListingContent } from '$lib/domain/listings/schema.ts';
import type { AnyCommand } from '../protocol/commands.ts';
import type { CommandAnswer, PushRequest } from '../protocol/wire.ts';
import { openDraft, queueDraftSave, readDraft, typeIntoDraft, writeDraft } from '../outbox/drafts.ts';
import { keepPhoto } from '../blobs/photos.ts';
import { adopt, enqueue, refuseHere, retryRefused } from '../outbox/outbox.ts';
import { changedFields, newDraft } from '../fold/merge.ts';
import { openStore, type Store } from '../store/store.ts';
import { pulledListing } from '../testing/pulled-listing.ts';
import { freshPull } from './apply-page.ts';
import { meetEpoch } from './kept.ts';
import { pushBatch } from './push.ts';
import { rebaseListing } from './rebase.ts';

const at = '2026-11-22T01:00:00.000Z';
const listingId = randomUUID();
let store: Store;
let left: PushRequest['commands'];
let refusal: Refusal | null;
let outcome: 'duplicate' | null;
/** What another tab does before the answer is heard. */
let whileUnderWay: () => PromiseLike<unknown>;

beforeEach(async () => {
	store = await openStore({ userId: randomUUID(), multiInstance: false, prefix: `push-${randomUUID()}` });
	left = [];
	refusal = null;
	outcome = null;
	whileUnderWay = () => Promise.resolve();
});
afterEach(() => store.close());

const say = (command: AnyCommand) => enqueue(store.local, command, { id: randomUUID(), deviceTime: at });
const send = () =>
	pushBatch(
		store,
		{
			push: async (request) => {
				left.push(...request.commands);
				await whileUnderWay();
				const answers: CommandAnswer[] = [];
				for (const { id } of request.commands)
					if (refusal) answers.push({ id, outcome: 'refused', refusal, receivedAt: at });
					else if (outcome) answers.push({ id, outcome, version: 9, receipt: 'ABC', receivedAt: at });
				return { outcome: 'answers', answers, serverTime: at, epoch: 'e1' };
			}
		},
		new Set(),
		() => at
	);
const submit: AnyCommand = {
	name: 'listing.submit',
	input: { listingId, base: 1, content: { ...emptyListing, price: 1_000 } }
};
const withdraw: AnyCommand = { name: 'listing.withdraw', input: { listingId, base: 1 } };

test('sync 2: the exchange is not asked to wait for a command that was thrown away before it left', async () => {
	const submitted = await say(submit);
	expect((await say(withdraw)).after).toEqual([submitted.id]);
	await say({ name: 'draft.discard', input: { listingId, base: 1 } });
	await send();
	expect(left.map(({ name, after }) => [name, after])).toEqual([['listing.withdraw', []]]);
});

test('sync 2: what is tried again while what it builds on stays refused is refused here, and blocks nothing', async () => {
	const submitted = await say(submit);
	const asked = await say(withdraw);
	await refuseHere(store.local, submitted.seq, { code: 'photo_refused' }, at);
	await retryRefused(store.local, asked.id, { newId: randomUUID, deviceTime: at });
	await send();
	expect(left).toEqual([]);
	expect((await store.local.outbox.toArray()).map((row) => row.refusal?.code)).toEqual([
		'photo_refused',
		'depends_on_refused'
	]);
});

const here = { now: () => at, newId: () => randomUUID() };
const outbox = () => store.local.outbox.orderBy('seq').toArray();
const words = { title: 'Sầu riêng Ri6' };
const save = (base: number, fields: Partial<ListingContent> = words): AnyCommand => ({
	name: 'draft.save',
	input: { listingId, base, fields }
});
const pulled = (rev: number, content: Partial<ListingContent> = {}) =>
	pulledListing(store, rev, { id: listingId, rev, content: { ...emptyListing, ...content } });

/** All own listings were read since the restore. */
const readAgain = () => store.local.pulls.put({ ...freshPull('mine', 'e1'), horizon: 9 });

/** Given back after a restore, too late: somebody else has written since, and no working copy is here any more. */
async function givenBackTooLate() {
	refusal = { code: 'stale_version' };
	const saved = await say(save(1));
	await store.local.outbox.update(saved.seq, { again: true, sent: true });
	await send();
	return saved;
}
const onlyPlace = { state: 'refused', refusal: { code: 'stale_version' }, input: { fields: words } };

test('sync 13: text that is given back too late and has no working copy any more stays, refused', async () => {
	await givenBackTooLate();
	expect(await outbox()).toMatchObject([onlyPlace]);
});

test('sync 2, 13: text that is in no working copy stays when it is tried again and refused again', async () => {
	const { id } = await givenBackTooLate();
	await retryRefused(store.local, id, { newId: randomUUID, deviceTime: at });
	// A pull may come first.
	await pulled(3, { title: 'Sầu riêng' });
	await rebaseListing(store, here, listingId);
	await send();
	expect(left).toHaveLength(2);
	expect(await outbox()).toMatchObject([onlyPlace]);
});

test('sync 4, 13: a working copy that is opened beside refused text takes its words in, and asks where others wrote', async () => {
	await givenBackTooLate();
	await readAgain();
	await pulled(3, { title: 'Sầu riêng', place: 'Ngũ Hiệp' });
	await openDraft(store, here, listingId);
	await typeIntoDraft(store, here, listingId, { packing: 'Thùng' });
	await queueDraftSave(store, here, listingId);
	expect(await readDraft(store, listingId)).toMatchObject({
		base: 3,
		content: { ...words, place: 'Ngũ Hiệp', packing: 'Thùng' },
		conflicts: { title: 'Sầu riêng' }
	});
	expect(await outbox()).toMatchObject([{ state: 'waiting', input: { fields: { packing: 'Thùng' } } }]);
});

test('sync 2, 4: so does one that is opened beside text that was set apart; the newest words count, and are nobody’s question', async () => {
	const older = await say(save(1, { title: 'Sầu riêng' }));
	await store.local.outbox.update(older.seq, { state: 'sending', sent: true });
	const newer = await say(save(1));
	for (const { seq } of [older, newer])
		await store.local.outbox.update(seq, { state: 'quarantined', sent: true });
	await pulled(1);
	await typeIntoDraft(store, here, listingId, { packing: 'Thùng' });
	await queueDraftSave(store, here, listingId);
	expect(await readDraft(store, listingId)).toMatchObject({ content: words, conflicts: {} });
	expect(await outbox()).toMatchObject([
		{ state: 'waiting', input: { base: 1, fields: { ...words, packing: 'Thùng' } } }
	]);
});

test('sync 13: a refused submission that no working copy speaks for is what the person finds when the listing is opened', async () => {
	refusal = { code: 'stale_version' };
	await say({
		name: 'listing.submit',
		input: { listingId, base: 1, content: { ...emptyListing, ...words, price: 1_000 } }
	});
	await send();
	await pulled(3);
	expect(await openDraft(store, here, listingId)).toMatchObject({
		value: { content: { ...words, price: 1_000 } }
	});
});

/** What a file of a store whose working copies did not open holds. */
const brought = (base: number) =>
	adopt(store.local, [
		{
			name: 'draft.save',
			input: { listingId, base, fields: words },
			id: randomUUID(),
			deviceTime: at,
			after: [],
			blobs: [],
			refusal: null,
			receivedAt: null,
			goods: null,
			alone: true
		}
	]);
const copy = (base: number, ancestor: Partial<ListingContent> = {}, typed: Partial<ListingContent> = {}) => {
	const content = { ...emptyListing, ...ancestor };
	const draft = newDraft(listingId, at, { rev: base, content });
	return writeDraft(store, { ...draft, content: { ...content, ...typed } });
};

test('sync 15: a save that a file brought alone, too late, stays: refused, or in the working copy that is here', async () => {
	refusal = { code: 'stale_version' };
	await brought(1);
	await send();
	expect(await outbox()).toMatchObject([onlyPlace]);
	await store.local.outbox.clear();

	await copy(3, {}, { title: 'Sầu riêng' });
	await brought(1);
	await send();
	expect(await outbox()).toEqual([]);
	expect(await readDraft(store, listingId)).toMatchObject({
		content: { title: 'Sầu riêng' },
		conflicts: words
	});
});

test('sync 13: text given back where no working copy was stays, also when a file brings one of other words', async () => {
	await store.changeState({ epoch: 'e0' });
	const { seq } = await say(save(1));
	await store.local.outbox.update(seq, { state: 'acknowledged', sent: true, version: 9 });
	await meetEpoch(store, 'e1');
	await copy(3, {}, { title: 'Sầu riêng' });
	refusal = { code: 'stale_version' };
	await send();
	expect((await readDraft(store, listingId))?.conflicts).toEqual(words);
});

test('sync 15: a save that a file brought is not replaced by other words before it was answered', async () => {
	await copy(1, {}, { title: 'Sầu riêng' });
	await brought(1);
	const [row] = await outbox();
	await store.local.outbox.update(row?.seq ?? 0, { state: 'quarantined' });
	await queueDraftSave(store, here, listingId);
	expect(await readDraft(store, listingId)).toMatchObject({
		content: { title: 'Sầu riêng' },
		conflicts: words
	});
});

test('sync 4: an older text of one’s own goes quietly where the working copy goes on, or was thrown away', async () => {
	refusal = { code: 'stale_version' };
	await copy(1, {}, { title: 'Sầu riêng Ri6 chín cây' });
	await say(save(1));
	await send();
	expect(await outbox()).toEqual([]);
	await store.docs.drafts.find().remove();
	const row = await say(save(1));
	await store.local.outbox.update(row.seq, { sent: true });
	await say({ name: 'draft.discard', input: { listingId, base: 1 } });
	await send();
	expect(await outbox()).toMatchObject([{ name: 'draft.discard' }]);
	await pulled(1);
	await store.local.outbox.put({ ...row, state: 'waiting', sent: true });
	expect(await openDraft(store, here, listingId)).toMatchObject({ value: { content: emptyListing } });
});

test('sync 4, 14: what was taken long ago, told once more, is not believed to be what the exchange has now', async () => {
	outcome = 'duplicate';
	const newest = { ...words, packing: 'Thùng' };
	await copy(3, newest, { title: 'Sầu riêng' });
	const changed = async () => changedFields((await readDraft(store, listingId)) ?? newDraft(listingId, at));
	// Old text that a file brought.
	await store.local.outbox.clear();
	await adopt(store.local, [
		{
			...save(1, { title: 'Sầu riêng' }),
			id: randomUUID(),
			deviceTime: at,
			after: [],
			blobs: [],
			refusal: null,
			receivedAt: null,
			goods: null,
			alone: true
		}
	]);
	await send();
	expect(await changed()).toEqual({ title: 'Sầu riêng' });
	// A tab that stood still hears what another has written down long since.
	const { seq } = await say(save(3, { title: 'Sầu riêng' }));
	whileUnderWay = () => store.local.outbox.update(seq, { state: 'acknowledged', version: 2, released: true });
	await send();
	expect(await changed()).toEqual({ title: 'Sầu riêng' });
});

test('sync 13: an exchange that is behind the working copy was restored: its older words are asked about, not taken', async () => {
	refusal = { code: 'stale_version', facts: { rev: 5 } };
	await copy(7, words, { ...words, packing: 'Thùng' });
	await pulled(5, { title: 'Sầu riêng' });
	await queueDraftSave(store, here, listingId);
	await send();
	await rebaseListing(store, here, listingId);
	expect(await outbox()).toEqual([]);
	await readAgain();
	await rebaseListing(store, here, listingId);
	expect(await readDraft(store, listingId)).toMatchObject({
		base: 5,
		content: words,
		conflicts: { title: 'Sầu riêng' }
	});
	expect(await outbox()).toMatchObject([{ input: { base: 5, fields: { packing: 'Thùng' } } }]);
});

test('sync 5: a photo the exchange says it does not have goes up again, and the command behind it', async () => {
	const kept = (text: string) =>
		keepPhoto(store, { bytes: new TextEncoder().encode(text).buffer, type: 'image/jpeg', thumb: null }, at);
	const [here, freed] = [await kept('còn đây'), await kept('đã dọn')];
	await store.local.photos.bulkUpdate([here, freed].map((key) => ({ key, changes: { state: 'stored' } })));
	await store.local.photoBytes.update(freed, { original: null });
	const content = { ...emptyListing, price: 1_000, photos: [here, freed] };
	const { id } = await enqueue(
		store.local,
		{ name: 'listing.submit', input: { listingId, base: 1, content } },
		// What the device was told before.
		{ id: randomUUID(), deviceTime: at, stored: new Set([here, freed]) }
	);
	refusal = { code: 'photo_missing', fields: { [here]: 'photo_missing', [freed]: 'photo_missing' } };
	await send();
	const states = await store.local.photos.bulkGet([here, freed]);
	expect(states.map((photo) => photo?.state)).toEqual(['on_device', 'stored']);

	refusal = null;
	await retryRefused(store.local, id, { newId: randomUUID, deviceTime: at });
	await send();
	expect(left).toHaveLength(1);
	await store.local.photos.update(here, { state: 'stored' });
	await send();
	expect(left).toHaveLength(2);
});
