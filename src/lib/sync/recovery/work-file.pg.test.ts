import { openTestDevice, type TestDevice } from '../test-world.ts';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { transaction } from '$lib/server/db/pool.ts';
import { openExchange, people, type Exchange, type Goods } from '../../../../tests/world/exchange.ts';
import { keepPhoto } from '../blobs/photos.ts';
import {
	createDraft,
	discardDraft,
	queueDraftSave,
	readDraft,
	submitDraft,
	typeIntoDraft
} from '../outbox/drafts.ts';
import { adopt, enqueue } from '../outbox/outbox.ts';
import { readWorkFile } from '../protocol/work-file.ts';
import { readUnsent } from '../reads.ts';
import { exportWork } from './export-work.ts';
import { importWork } from './import-work.ts';

const { batu, chuba, chilan } = people;
let exchange: Exchange;
let goods: Goods;
const open: TestDevice[] = [];
beforeAll(async () => {
	exchange = await openExchange();
	goods = await exchange.sells(chuba);
});
afterEach(async () => {
	for (const device of open.splice(0)) await device.close();
});
afterAll(() => exchange.close());

/** Taken out of the drawer again: one phone at a time. */
async function again(device: TestDevice): Promise<TestDevice> {
	for (const other of open) await other.close();
	const opened = await device.restart();
	open.push(opened);
	return opened;
}

async function phone(person: typeof batu): Promise<TestDevice> {
	const device = await openTestDevice(exchange, person);
	open.push(device);
	return device;
}

/** The file of what a phone has not sent. */
const fileOf = async (device: TestDevice) =>
	exportWork({
		owner: { id: device.actor.id, name: device.actor.name },
		now: device.here.now(),
		newId: device.here.newId,
		prefix: device.store.name.slice(0, device.store.name.length - device.actor.id.length - 1)
	});
const take = async (device: TestDevice, file: Blob) => importWork(device.store, device.here, file);
const orders = () =>
	transaction(exchange.db, chilan.id, async (tx) => (await tx`select id from orders`).length);
const orderOffline = (device: TestDevice) =>
	enqueue(
		device.store.local,
		{ name: 'order.place', input: exchange.order(goods, 2) },
		{ id: device.here.newId(), deviceTime: device.here.now() }
	);

test('sync 1, 15: work brought to another phone is done once, also when the first one comes back to life', async () => {
	let old = await phone(chilan);
	await old.sync();
	const before = await orders();
	const [first, second] = [await orderOffline(old), await orderOffline(old)];
	// The first left, and nobody heard the answer.
	old.wire.loseReplies = 1;
	await old.sync();
	old.wire.up = false;

	const exported = await fileOf(old);
	expect(exported).toMatchObject({ commands: 2, drafts: 0, photos: 0, unread: 0 });
	await old.close();
	const next = await phone(chilan);
	expect(await take(next, exported.file)).toMatchObject({ ok: true, value: { already: false, commands: 2 } });
	expect((await readUnsent(next.store)).map((item) => item.id)).toEqual([first.id, second.id]);
	expect(await take(next, exported.file)).toMatchObject({ ok: true, value: { already: true, commands: 0 } });

	await next.sync();
	expect(await orders()).toBe(before + 2);
	expect(await readUnsent(next.store)).toEqual([]);
	old = await again(old);
	old.wire.up = true;
	await old.sync();
	expect(await orders()).toBe(before + 2);
	expect(await readUnsent(old.store)).toEqual([]);
});

test('sync 15: a working copy with its photo goes along and can be sent from there', async () => {
	const old = await phone(batu);
	await old.sync();
	const draft = await createDraft(old.store, old.here);
	const photo = await keepPhoto(
		old.store,
		{ bytes: new TextEncoder().encode('một tấm hình').buffer, type: 'image/jpeg', thumb: new ArrayBuffer(3) },
		old.here.now()
	);
	const content = exchange.goods({ title: 'Xoài cát', photos: [photo] });
	await typeIntoDraft(old.store, old.here, draft.listingId, content);
	await queueDraftSave(old.store, old.here, draft.listingId);
	expect(await submitDraft(old.store, old.here, draft.listingId)).toMatchObject({ ok: true });

	const exported = await fileOf(old);
	expect(exported).toMatchObject({ commands: 1, drafts: 1, photos: 1 });
	await old.close();
	const next = await phone(batu);
	await next.sync();
	expect(await take(next, exported.file)).toMatchObject({
		ok: true,
		value: { commands: 1, drafts: 1, photos: 1, missingPhotos: 0 }
	});
	expect((await readDraft(next.store, draft.listingId))?.content.title).toBe('Xoài cát');
	expect((await next.store.local.photoBytes.get(photo))?.original?.byteLength).toBe(17);
	expect(await readUnsent(next.store)).toMatchObject([
		{ name: 'listing.submit', state: { at: 'waiting_for_photos', total: 1 } }
	]);
	// The uploader's part, done.
	await exchange.stores(batu, photo);
	await next.store.local.photos.update(photo, { state: 'stored' });
	await next.sync();
	expect((await exchange.caseOf(draft.listingId)).state).toBe('open');
	expect(await readUnsent(next.store)).toEqual([]);
});

test('sync 15: the text of a phone that died is a draft here, merged where nobody disagrees, asked where both wrote', async () => {
	let old = await phone(batu);
	const draft = await createDraft(old.store, old.here);
	await typeIntoDraft(
		old.store,
		old.here,
		draft.listingId,
		exchange.goods({ title: 'Mít Thái', photos: [] })
	);
	await queueDraftSave(old.store, old.here, draft.listingId);
	await old.sync();
	old.wire.up = false;
	await typeIntoDraft(old.store, old.here, draft.listingId, { title: 'Mít Thái lá bàng', packing: 'Thùng' });
	const { file } = await fileOf(old);
	await old.close();

	let next = await phone(batu);
	await next.sync();
	await typeIntoDraft(next.store, next.here, draft.listingId, { title: 'Mít Thái ruột đỏ' });
	expect(await take(next, file)).toMatchObject({ ok: true, value: { drafts: 1, conflicts: 1 } });
	expect(await readDraft(next.store, draft.listingId)).toMatchObject({
		content: { title: 'Mít Thái ruột đỏ', packing: 'Thùng' },
		conflicts: { title: 'Mít Thái lá bàng' }
	});
	// Another text for a field that still waits for a choice is kept beside.
	old = await again(old);
	await typeIntoDraft(old.store, old.here, draft.listingId, { title: 'Mít nghệ' });
	const later = await fileOf(old);
	next = await again(next);
	expect(await take(next, later.file)).toMatchObject({ ok: true, value: { drafts: 1, conflicts: 1 } });
	const titles = (await next.store.docs.drafts.find().exec()).map((doc) => doc.data.content.title);
	expect(titles.sort()).toEqual(['Mít Thái ruột đỏ', 'Mít nghệ']);
	expect((await readDraft(next.store, draft.listingId))?.conflicts.title).toBe('Mít Thái lá bàng');
});

test('sync 15: words that a file brought and nobody has decided on go along to the next phone', async () => {
	const old = await phone(batu);
	const draft = await createDraft(old.store, old.here);
	await typeIntoDraft(old.store, old.here, draft.listingId, exchange.goods({ title: 'Bưởi', photos: [] }));
	await queueDraftSave(old.store, old.here, draft.listingId);
	await old.sync();
	await typeIntoDraft(old.store, old.here, draft.listingId, { title: 'Bưởi da xanh' });
	const { file } = await fileOf(old);
	await old.close();

	const second = await phone(batu);
	await second.sync();
	await typeIntoDraft(second.store, second.here, draft.listingId, { title: 'Bưởi Năm Roi' });
	await queueDraftSave(second.store, second.here, draft.listingId);
	await second.sync();
	expect(await take(second, file)).toMatchObject({ ok: true, value: { conflicts: 1 } });
	const further = await fileOf(second);
	await second.close();

	const third = await phone(batu);
	await third.sync();
	expect(await take(third, further.file)).toMatchObject({ ok: true, value: { drafts: 1 } });
	expect(await readDraft(third.store, draft.listingId)).toMatchObject({
		content: { title: 'Bưởi Năm Roi' },
		conflicts: { title: 'Bưởi da xanh' }
	});
});

test('sync 6: the file of somebody else is refused, and nothing of it stays', async () => {
	const old = await phone(chilan);
	await orderOffline(old);
	const { file } = await fileOf(old);
	await old.close();
	const other = await phone(batu);
	expect(await take(other, file)).toMatchObject({ ok: false, refusal: { code: 'file_of_another' } });
	expect(await readUnsent(other.store)).toEqual([]);
});

test('sync 2: what the exchange refused comes along as refused, with what was typed', async () => {
	const old = await phone(chilan);
	await enqueue(
		old.store.local,
		{ name: 'order.place', input: exchange.order(goods, 2, { unitPrice: 1 }) },
		{ id: old.here.newId(), deviceTime: old.here.now() }
	);
	await old.sync();
	const { file } = await fileOf(old);
	await old.close();
	const next = await phone(chilan);
	await take(next, file);
	const pushed = next.wire.pushes;
	await next.sync();
	expect(next.wire.pushes).toBe(pushed);
	expect(await readUnsent(next.store)).toMatchObject([
		{ name: 'order.place', state: { at: 'refused', refusal: { code: 'price_changed' } } }
	]);
});

/** A phone that dies with a submission of two photos waiting; the exchange has the first one already. */
async function submittedWithPhotos() {
	const old = await phone(batu);
	await old.sync();
	const draft = await createDraft(old.store, old.here);
	const keep = (said: string) =>
		keepPhoto(
			old.store,
			{ bytes: new TextEncoder().encode(said).buffer, type: 'image/jpeg', thumb: null },
			old.here.now()
		);
	const [sent, unsent] = [await keep(`đã gửi ${draft.listingId}`), await keep(`chưa gửi ${draft.listingId}`)];
	await typeIntoDraft(old.store, old.here, draft.listingId, exchange.goods({ photos: [sent, unsent] }));
	expect(await submitDraft(old.store, old.here, draft.listingId)).toMatchObject({ ok: true });
	await exchange.stores(batu, sent);
	await old.store.local.photos.update(sent, { state: 'stored' });
	const { file } = await fileOf(old);
	await old.close();
	const next = await phone(batu);
	await next.sync();
	await take(next, file);
	return { next, listingId: draft.listingId, unsent };
}

test('sync 2, 15: a photo the exchange had before the phone died is not waited for on another', async () => {
	const { next, listingId, unsent } = await submittedWithPhotos();
	await exchange.stores(batu, unsent);
	await next.store.local.photos.update(unsent, { state: 'stored' });
	await next.sync();
	expect(await readUnsent(next.store)).toEqual([]);
	expect((await exchange.caseOf(listingId)).state).toBe('open');
});

test('sync 2, 15: a submission from a file whose photo cannot be had is refused in words, not kept waiting for ever', async () => {
	const { next, unsent } = await submittedWithPhotos();
	await next.store.local.photos.update(unsent, {
		state: 'refused',
		refusal: { code: 'upload_not_an_image' }
	});
	await next.sync();
	expect(await readUnsent(next.store)).toMatchObject([
		{ name: 'listing.submit', state: { at: 'refused', refusal: { code: 'photo_missing' } } }
	]);
});

/** A phone with a listing ready to be submitted, its photo not yet with the exchange. */
async function readyListing(): Promise<{ old: TestDevice; listingId: string; photo: string }> {
	const old = await phone(batu);
	await old.sync();
	const { listingId } = await createDraft(old.store, old.here);
	const bytes = new TextEncoder().encode(`hình ${listingId}`).buffer;
	const photo = await keepPhoto(old.store, { bytes, type: 'image/jpeg', thumb: null }, old.here.now());
	await typeIntoDraft(old.store, old.here, listingId, exchange.goods({ photos: [photo] }));
	await queueDraftSave(old.store, old.here, listingId);
	return { old, listingId, photo };
}
const uploaded = async (on: TestDevice, photo: string) => {
	await exchange.stores(batu, photo);
	await on.store.local.photos.update(photo, { state: 'stored' });
};
const titleOf = (on: TestDevice, listingId: string, title: string) =>
	typeIntoDraft(on.store, on.here, listingId, { title });
const inputsOf = async (file: Blob) => {
	const read = await readWorkFile(file);
	if (!read.ok) throw new Error(read.refusal.code);
	return new Map(read.value.header.commands.map((command) => [command.id, command.input]));
};
const savedAs = async (listingId: string) => {
	const [row] = await transaction(
		exchange.db,
		batu.id,
		(tx) => tx<{ title: string }[]>`select content->>'title' as title from listings where id = ${listingId}`
	);
	return row?.title;
};

test('sync 1, 15: a submission that another phone did from a file is done on the first one too, not refused', async () => {
	const { old, listingId, photo } = await readyListing();
	await old.sync();
	old.wire.up = false;
	expect(await submitDraft(old.store, old.here, listingId)).toMatchObject({ ok: true });
	const { file } = await fileOf(old);
	await old.close();
	const next = await phone(batu);
	await next.sync();
	await take(next, file);
	await uploaded(next, photo);
	await next.sync();
	expect(await readUnsent(next.store)).toEqual([]);

	// The first one hears what became of the listing before its own photo lets it ask.
	const back = await again(old);
	back.wire.up = true;
	await back.sync();
	await uploaded(back, photo);
	await back.sync();
	expect(await readUnsent(back.store)).toEqual([]);
	expect(await exchange.caseOf(listingId)).toMatchObject({ state: 'open', round: 1 });
});

test('sync 1, 15: what a file holds goes on under another id where what this phone did before has moved its base', async () => {
	const { old, listingId, photo } = await readyListing();
	// The save left, and nobody heard the answer; the submission waits behind it.
	old.wire.loseReplies = 1;
	await old.sync();
	old.wire.up = false;
	expect(await submitDraft(old.store, old.here, listingId)).toMatchObject({ ok: true });
	const inputs = await inputsOf((await fileOf(old)).file);
	expect(inputs.size).toBe(2);

	old.wire.up = true;
	await old.sync();
	const rows = await old.store.local.outbox.where('state').equals('waiting').toArray();
	expect(rows).toMatchObject([{ name: 'listing.submit', input: { base: 1 } }]);
	expect(rows.filter((row) => inputs.has(row.id))).toEqual([]);
	await uploaded(old, photo);
	await old.sync();
	expect(await readUnsent(old.store)).toEqual([]);
	expect(await exchange.caseOf(listingId)).toMatchObject({ state: 'open', round: 1 });
});

test('sync 1, 4, 15: what is typed after a file was written is another command, and nobody is asked about own words', async () => {
	const ready = await readyListing();
	const { listingId } = ready;
	let { old } = ready;
	await old.sync();
	await titleOf(old, listingId, 'Ở trong tệp');
	await queueDraftSave(old.store, old.here, listingId);
	const { file } = await fileOf(old);
	await titleOf(old, listingId, 'Viết sau tệp');
	await queueDraftSave(old.store, old.here, listingId);
	const inputs = await inputsOf(file);
	const changed = (await old.store.local.outbox.toArray()).filter(
		(row) => row.state !== 'acknowledged' && inputs.has(row.id)
	);
	expect(changed.map((row) => row.input)).toEqual([...inputs.values()]);
	await old.close();

	const next = await phone(batu);
	await next.sync();
	await take(next, file);
	await next.sync();
	expect(await savedAs(listingId)).toBe('Ở trong tệp');
	old = await again(old);
	for (let round = 0; round < 3; round += 1) await old.sync();
	expect(await readUnsent(old.store)).toEqual([]);
	expect(await readDraft(old.store, listingId)).toMatchObject({ conflicts: {} });
	expect(await savedAs(listingId)).toBe('Viết sau tệp');
});

test('sync 4, 15: a submission from here never goes past words that a file brought without their working copy', async () => {
	const { old, listingId, photo } = await readyListing();
	await old.sync();
	const next = await again(old);
	const input = { listingId, base: 1, fields: { title: 'Lời của máy kia' } };
	const { newId, now } = next.here;
	await adopt(next.store.local, [
		{
			...{ name: 'draft.save', input, id: newId(), deviceTime: now(), broughtFrom: newId(), alone: true },
			...{ after: [], blobs: [], refusal: null, receivedAt: null, goods: null }
		}
	]);
	await submitDraft(next.store, next.here, listingId);
	await uploaded(next, photo);
	for (let round = 0; round < 2; round += 1) await next.sync();
	expect(await readUnsent(next.store)).toMatchObject([
		{ name: 'listing.submit', state: { at: 'refused', refusal: { code: 'stale_version' } } }
	]);
	expect(await savedAs(listingId)).toBe('Lời của máy kia');
});

test('sync 4, 15: what was thrown away after a file was written goes, though the file holds it', async () => {
	const { old, listingId } = await readyListing();
	await old.sync();
	await titleOf(old, listingId, 'Ở trong tệp');
	await queueDraftSave(old.store, old.here, listingId);
	await fileOf(old);
	await discardDraft(old.store, old.here, listingId);
	expect((await readUnsent(old.store)).map((item) => item.name)).toEqual(['draft.discard']);
});
