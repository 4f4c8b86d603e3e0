import { openTestDevice, type TestDevice } from '../test-world.ts';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { ListingContent } from '$lib/domain/listings/schema.ts';
import { openExchange, people, type Exchange } from '../../../../tests/world/exchange.ts';
import {
	createDraft,
	openDraft,
	queueDraftSave,
	readDraft,
	resolveConflict,
	submitDraft,
	typeIntoDraft
} from '../outbox/drafts.ts';
import { enqueue } from '../outbox/outbox.ts';
import { readMyListings, readWork } from '../reads.ts';

let exchange: Exchange;
const open: TestDevice[] = [];

async function device(person: (typeof people)['batu'] = people.batu) {
	const opened = await openTestDevice(exchange, person);
	open.push(opened);
	return opened;
}

/** Taken out again: one device at a time. */
async function again(put: TestDevice): Promise<TestDevice> {
	const opened = await put.restart();
	open.push(opened);
	return opened;
}

const type = (on: TestDevice, id: string, fields: Partial<ListingContent>) =>
	typeIntoDraft(on.store, on.here, id, fields);
const save = (on: TestDevice, id: string) => queueDraftSave(on.store, on.here, id);
const submit = (on: TestDevice, id: string) => submitDraft(on.store, on.here, id);
const viewOf = async (on: TestDevice, id: string) =>
	(await readMyListings(on.store)).find((view) => view.id === id);
const commandsOf = async (on: TestDevice, id: string) =>
	(await readWork(on.store)).rows.filter((row) => row.subject === `listing:${id}`);

/** A listing ready to be sent, its photo kept here and, as if uploaded, with the exchange. */
async function draftOn(on: TestDevice, changes: Partial<ListingContent> = {}): Promise<string> {
	const { listingId } = await createDraft(on.store, on.here);
	const content = exchange.goods(changes);
	await type(on, listingId, content);
	for (const hash of content.photos) await uploaded(on, hash);
	return listingId;
}

async function uploaded(on: TestDevice, hash: string): Promise<void> {
	await exchange.stores(people.batu, hash);
	await on.store.local.photos.put({
		hash,
		type: 'image/jpeg',
		bytes: 1000,
		bytesSent: 1000,
		state: 'stored',
		uploadUrl: null,
		refusal: null,
		addedAt: on.here.now()
	});
}

beforeAll(async () => {
	exchange = await openExchange();
});
afterEach(async () => {
	for (const opened of open.splice(0)) await opened.close();
});
afterAll(() => exchange.close());

describe('sync 4: the working copy', () => {
	test('sync 4: typed without a network, saved and sent when there is one, received with a code', async () => {
		const tu = await device();
		tu.wire.up = false;
		const id = await draftOn(tu);
		await save(tu, id);
		expect(await viewOf(tu, id)).toMatchObject({ place: { at: 'on_device' }, editable: true, unsaved: true });
		expect(await submit(tu, id)).toMatchObject({ ok: true });
		expect(await tu.sync()).toBe('unreachable');
		expect(await viewOf(tu, id)).toMatchObject({
			place: { at: 'sending', sentPhotos: 1, totalPhotos: 1 },
			editable: false
		});
		tu.wire.up = true;
		expect(await tu.sync()).toBe('done');
		const opened = await exchange.caseOf(id);
		expect(await viewOf(tu, id)).toMatchObject({
			place: { at: 'received', code: opened.code, agencyName: 'Sở Nông nghiệp và Môi trường' },
			state: 'submitted',
			draft: null,
			unsaved: false
		});
	});

	test('sync 4: unsent saves of one listing become one, from the oldest base', async () => {
		const tu = await device();
		const id = await draftOn(tu);
		await save(tu, id);
		await type(tu, id, { title: 'Sầu riêng Ri6 chín cây' });
		await save(tu, id);
		expect(await commandsOf(tu, id)).toMatchObject([
			{ name: 'draft.save', input: { base: 0, fields: { title: 'Sầu riêng Ri6 chín cây', price: 85_000 } } }
		]);
	});

	test('sync 4: saving goes on while an earlier save is on its way, each on the version before it', async () => {
		const tu = await device();
		const id = await draftOn(tu);
		await save(tu, id);
		await tu.sync();
		for (const title of ['Sầu riêng một', 'Sầu riêng hai', 'Sầu riêng ba']) {
			tu.wire.loseReplies = 1;
			await type(tu, id, { title });
			await save(tu, id);
			await tu.sync();
			await type(tu, id, { description: `${title}: trái chín cây, cơm vàng hạt lép.` });
			await save(tu, id);
			await tu.sync();
		}
		const server = (await viewOf(tu, id))?.server;
		expect(server?.content).toMatchObject({
			title: 'Sầu riêng ba',
			description: 'Sầu riêng ba: trái chín cây, cơm vàng hạt lép.'
		});
		expect(await readDraft(tu.store, id)).toMatchObject({ base: server?.rev, conflicts: {} });
		expect((await commandsOf(tu, id)).filter((row) => row.state === 'refused')).toEqual([]);
	});

	test('sync 4: a submission carries the words of the moment it was made, and follows the save before it', async () => {
		const tu = await device();
		const id = await draftOn(tu, { title: 'Bưởi da xanh loại 1' });
		await save(tu, id);
		tu.wire.loseReplies = 1;
		await tu.sync();
		await type(tu, id, { title: 'Bưởi da xanh loại 1, hái sáng nay' });
		expect(await submit(tu, id)).toMatchObject({ ok: true });
		await tu.sync();
		await tu.sync();
		expect(await viewOf(tu, id)).toMatchObject({
			state: 'submitted',
			content: { title: 'Bưởi da xanh loại 1, hái sáng nay' }
		});
	});

	test('sync 4: two devices edit one draft: other fields are taken, the same field is asked about', async () => {
		let phone = await device();
		const id = await draftOn(phone);
		await save(phone, id);
		await phone.sync();
		await phone.close();
		let tablet = await device();
		await tablet.sync();
		await openDraft(tablet.store, tablet.here, id);
		await type(tablet, id, { price: 90_000, packing: 'Thùng 10 kg' });
		await save(tablet, id);
		await tablet.sync();

		await tablet.close();
		phone = await again(phone);
		phone.wire.up = false;
		await type(phone, id, { price: 80_000, minimum: 5 });
		await save(phone, id);
		phone.wire.up = true;
		await phone.sync();
		await phone.sync();
		const merged = await readDraft(phone.store, id);
		expect(merged).toMatchObject({
			content: { price: 80_000, minimum: 5, packing: 'Thùng 10 kg' },
			conflicts: { price: 90_000 }
		});
		// Theirs is not overwritten before the person has chosen, and nothing is sent for approval.
		expect((await viewOf(phone, id))?.server?.content).toMatchObject({ price: 90_000, minimum: 5 });
		expect(await submit(phone, id)).toMatchObject({
			ok: false,
			refusal: { code: 'stale_version', fields: { price: 'stale_version' } }
		});

		await resolveConflict(phone.store, phone.here, id, 'price', 'mine', merged?.conflicts ?? {});
		await save(phone, id);
		await phone.sync();
		expect((await viewOf(phone, id))?.server?.content).toMatchObject({
			price: 80_000,
			packing: 'Thùng 10 kg'
		});
		await phone.close();
		tablet = await again(tablet);
		await tablet.sync();
		expect((await readDraft(tablet.store, id))?.content).toMatchObject({ price: 80_000, minimum: 5 });
	});

	test('sync 4: a submission over somebody else’s newer words is refused, nothing of either is lost', async () => {
		let phone = await device();
		const id = await draftOn(phone);
		await save(phone, id);
		await phone.sync();
		await phone.close();
		const tablet = await device();
		await tablet.sync();
		await openDraft(tablet.store, tablet.here, id);
		await type(tablet, id, { packing: 'Rổ tre' });
		await save(tablet, id);
		await tablet.sync();
		await tablet.close();
		phone = await again(phone);
		await type(phone, id, { price: 70_000 });
		await submit(phone, id);
		await phone.sync();
		await phone.sync();
		expect(await viewOf(phone, id)).toMatchObject({
			place: { at: 'refused', refusal: { code: 'stale_version' } },
			content: { price: 70_000, packing: 'Rổ tre' },
			editable: true
		});
		expect(await submit(phone, id)).toMatchObject({ ok: true });
		await phone.sync();
		expect(await viewOf(phone, id)).toMatchObject({
			state: 'submitted',
			content: { price: 70_000, packing: 'Rổ tre' }
		});
	});

	test('sync 4: a returned listing is edited and sent again', async () => {
		const tu = await device();
		const id = await draftOn(tu);
		await submit(tu, id);
		await tu.sync();
		await exchange.decides(people.anhminh, id, 'return');
		await tu.sync();
		expect(await viewOf(tu, id)).toMatchObject({ place: { at: 'returned' }, editable: true });
		await type(tu, id, { description: 'Trái chín cây, cơm vàng hạt lép, có mã vùng trồng.' });
		expect(await viewOf(tu, id)).toMatchObject({ place: { at: 'returned' }, unsaved: true });
		await submit(tu, id);
		await tu.sync();
		expect(await exchange.caseOf(id)).toMatchObject({ state: 'open', round: 2 });
		expect(await viewOf(tu, id)).toMatchObject({ place: { at: 'received' } });
		await exchange.decides(people.anhminh, id, 'approve');
		await tu.sync();
		expect(await viewOf(tu, id)).toMatchObject({ place: { at: 'approved' } });
	});
});

describe('sync 5: photos before the words that need them', () => {
	test('sync 5: a submission waits for its photos and holds back nothing else', async () => {
		const tu = await device();
		const id = await draftOn(tu);
		const [hash = ''] = exchange.goods().photos;
		await tu.store.local.photos.update(hash, { state: 'on_device', bytesSent: 400 });
		await submit(tu, id);
		const other = await draftOn(tu, { photos: [] });
		await save(tu, other);
		await tu.sync();
		expect(await viewOf(tu, id)).toMatchObject({
			place: { at: 'sending', sentPhotos: 0, totalPhotos: 1 },
			pending: [{ state: { at: 'waiting_for_photos', sent: 0, total: 1 } }]
		});
		expect(await viewOf(tu, other)).toMatchObject({ place: { at: 'saved' } });
		await tu.store.local.photos.update(hash, { state: 'stored' });
		await tu.sync();
		expect(await viewOf(tu, id)).toMatchObject({ place: { at: 'received' } });
	});

	test('sync 5: a photo the exchange will not take refuses its submission here, with the reason', async () => {
		const tu = await device();
		const id = await draftOn(tu);
		const [hash = ''] = exchange.goods().photos;
		await tu.store.local.photos.update(hash, { state: 'on_device' });
		await submit(tu, id);
		await tu.store.local.photos.update(hash, {
			state: 'refused',
			refusal: { code: 'upload_not_an_image' }
		});
		await tu.sync();
		expect(await viewOf(tu, id)).toMatchObject({
			place: { at: 'refused', refusal: { code: 'photo_refused' } },
			editable: true,
			photos: [{ state: 'refused', refusal: { code: 'upload_not_an_image' } }]
		});
	});
});

describe('sync 6: whose work it is', () => {
	test('sync 6: while somebody else is signed in nothing leaves, and nothing is lost', async () => {
		const tu = await device();
		const id = await draftOn(tu);
		await submit(tu, id);
		const lan = await exchange.actorNow(people.chilan, new Date().toISOString());
		tu.wire.caller = async () => ({ kind: 'actor', actor: lan, sessionId: 'hers' });
		expect(await tu.sync()).toBe('stopped');
		expect((await tu.store.readState()).session).toBe('wrong_user');
		expect(await tu.sync()).toBe('stopped');
		expect(tu.wire.pushes).toBe(1);
		expect(await commandsOf(tu, id)).toMatchObject([{ name: 'listing.submit', state: 'waiting' }]);

		tu.wire.caller = null;
		await tu.engine.checkSession();
		await tu.sync();
		expect(await viewOf(tu, id)).toMatchObject({ place: { at: 'received' } });
	});

	test('sync 6: an expired session keeps the work and all documents, and goes on after signing in', async () => {
		const tu = await device();
		await tu.sync();
		const listings = (await readMyListings(tu.store)).length;
		const id = await draftOn(tu);
		await submit(tu, id);
		tu.wire.caller = async () => ({ kind: 'ended', why: 'expired' });
		expect(await tu.sync()).toBe('stopped');
		expect((await tu.store.readState()).session).toBe('expired');
		expect(await readMyListings(tu.store)).toHaveLength(listings + 1);
		tu.wire.caller = null;
		await tu.engine.checkSession();
		expect(await tu.sync()).toBe('done');
		expect(await viewOf(tu, id)).toMatchObject({ place: { at: 'received' } });
	});

	test('sync 6: after 7 days of an expired session personal documents go, work stays', async () => {
		const tu = await device();
		await tu.sync();
		const id = await draftOn(tu);
		await save(tu, id);
		tu.wire.caller = async () => ({ kind: 'ended', why: 'expired' });
		await tu.sync();
		tu.clock.skewMs = 6 * 86_400_000;
		await tu.sync();
		expect(await tu.store.docs.mine.find().exec()).not.toEqual([]);
		tu.clock.skewMs = 8 * 86_400_000;
		await tu.sync();
		expect(await tu.store.docs.mine.find().exec()).toEqual([]);
		expect(await tu.store.docs.reference.find().exec()).not.toEqual([]);
		expect(await readDraft(tu.store, id)).not.toBeNull();
		expect(await commandsOf(tu, id)).toHaveLength(1);
	});

	test.each(['ended', 'locked', 'revoked'] as const)(
		'sync 6: a session that is %s takes the server’s data away and leaves the own work',
		async (why) => {
			const tu = await device();
			await tu.sync();
			const id = await draftOn(tu);
			await submit(tu, id);
			tu.wire.caller = async () => ({ kind: 'ended', why });
			expect(await tu.sync()).toBe('stopped');
			for (const name of ['mine', 'orders', 'notifications', 'reference'] as const)
				expect(await (await tu.store.docs[name].storageInstance.internals).dexieTable.count()).toBe(0);
			expect(await readDraft(tu.store, id)).not.toBeNull();
			expect(await commandsOf(tu, id)).toMatchObject([{ state: 'waiting' }]);
			expect(await tu.store.local.photos.count()).toBe(1);
			// Signing in again brings everything back and sends the work.
			tu.wire.caller = null;
			await tu.engine.checkSession();
			await tu.sync();
			expect(await viewOf(tu, id)).toMatchObject({ place: { at: 'received' } });
		}
	);

	test('sync 6: an unsent withdrawal follows the submission it belongs to', async () => {
		const tu = await device();
		const id = await draftOn(tu);
		await submit(tu, id);
		await enqueue(
			tu.store.local,
			{ name: 'listing.withdraw', input: { listingId: id, base: 0 } },
			{ id: tu.here.newId(), deviceTime: tu.here.now() }
		);
		await tu.sync();
		expect(await viewOf(tu, id)).toMatchObject({ state: 'draft', place: { at: 'saved' } });
	});
});
