import { openTestDevice, type TestDevice } from '../test-world.ts';
import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { transaction } from '$lib/server/db/pool.ts';
import { announceWatermark } from '$lib/server/sync/epoch.ts';
import { readHorizon } from '$lib/server/sync/queries.ts';
import { openExchange, people, type Exchange } from '../../../../tests/world/exchange.ts';
import { enqueue } from '../outbox/outbox.ts';
import { keepPhoto, photosInUse } from '../blobs/photos.ts';
import { readOrders, readUnsent } from '../reads.ts';
import { forgetKept, keptAtMost, meetEpoch } from './kept.ts';

let exchange: Exchange;
const open: TestDevice[] = [];

beforeAll(async () => {
	exchange = await openExchange();
});
afterEach(async () => {
	for (const opened of open.splice(0)) await opened.close();
	await announceWatermark(exchange.owner, null);
});
afterAll(() => exchange.close());

/** Chị Lan's phone has ordered, and what it ordered is on screen. */
async function ordered() {
	const goods = await exchange.sells(people.batu);
	const lan = await openTestDevice(exchange, people.chilan);
	open.push(lan);
	await lan.sync();
	const input = exchange.order(goods, 2);
	await enqueue(
		lan.store.local,
		{ name: 'order.place', input },
		{ id: randomUUID(), deviceTime: lan.here.now() }
	);
	await lan.sync();
	await lan.sync();
	lan.clock.waitedMs += 11_000;
	await lan.sync();
	return { lan, orderId: input.orderId };
}

const idsOf = async (device: TestDevice) => ({
	outbox: await device.store.local.outbox.count(),
	kept: await device.store.local.kept.count()
});

test('sync 13: an exchange without backups makes devices keep nothing', async () => {
	const { lan } = await ordered();
	expect(await idsOf(lan)).toEqual({ outbox: 0, kept: 0 });
});

test('sync 13: a taken command is kept, unseen, until a backup holds it', async () => {
	await announceWatermark(exchange.owner, await readHorizon(exchange.db));
	const { lan, orderId } = await ordered();
	expect(await idsOf(lan)).toEqual({ outbox: 0, kept: 1 });
	expect(await readUnsent(lan.store)).toEqual([]);
	expect(await readOrders(lan.store, lan.actor)).toContainEqual(
		expect.objectContaining({ id: orderId, placing: null, step: null })
	);
	await announceWatermark(exchange.owner, await readHorizon(exchange.db));
	await lan.sync();
	expect(await idsOf(lan)).toEqual({ outbox: 0, kept: 0 });
});

test('sync 13: another epoch is offered all that was kept, once, and knows it by its id', async () => {
	await announceWatermark(exchange.owner, await readHorizon(exchange.db));
	const { lan, orderId } = await ordered();
	const [kept] = await lan.store.local.kept.toArray();
	const orders = () =>
		transaction(exchange.db, 'system:test', (tx) => tx`select from orders where id = ${orderId}`);
	await exchange.owner`update exchange set epoch = gen_random_uuid()`;
	const before = lan.wire.pushes;
	await lan.sync();
	expect(lan.wire.pushes).toBe(before + 1);
	expect(await lan.store.local.outbox.toArray()).toMatchObject([
		{ id: kept?.id, seq: kept?.seq, state: 'acknowledged', again: true }
	]);
	expect(await orders()).toHaveLength(1);
	await lan.sync();
	expect(lan.wire.pushes).toBe(before + 1);
	expect(await readUnsent(lan.store)).toEqual([]);
});

test('sync 13: a photo the exchange had confirmed is asked about again, and its bytes are still here', async () => {
	const tu = await openTestDevice(exchange, people.batu);
	open.push(tu);
	await tu.sync();
	const { store } = tu;
	const bytes = new TextEncoder().encode('một tấm ảnh').buffer;
	const hash = await keepPhoto(store, { bytes, type: 'image/jpeg', thumb: null }, tu.here.now());
	await store.local.photos.update(hash, { state: 'stored' });
	const content = { ...exchange.goods({ photos: [hash] }), price: 1000 };
	const row = await enqueue(
		store.local,
		{ name: 'listing.submit', input: { listingId: randomUUID(), base: 0, content } },
		{ id: randomUUID(), deviceTime: tu.here.now(), stored: new Set([hash]) }
	);
	const aside = { ...row, state: 'acknowledged' as const, sent: true, released: true, version: 10 };
	await store.local.kept.add(aside);
	await store.local.outbox.delete(row.seq);
	expect(await photosInUse(store)).toContain(hash);

	expect(await meetEpoch(store, 'another')).toBe(true);
	expect(await store.local.photos.get(hash)).toMatchObject({ state: 'on_device', bytesSent: 0 });
	expect(await store.local.outbox.toArray()).toMatchObject([{ id: row.id, state: 'waiting', blobs: [hash] }]);
	expect(await meetEpoch(store, 'another')).toBe(false);
});

test('sync 13: what is kept is bounded when the watermark stands still, the newest stays', async () => {
	const lan = await openTestDevice(exchange, people.chilan);
	open.push(lan);
	const { store } = lan;
	const row = await enqueue(
		store.local,
		{ name: 'notification.read', input: { ids: [randomUUID()] } },
		{ id: randomUUID(), deviceTime: lan.here.now() }
	);
	await store.changeState({ watermark: 1 });
	await store.local.kept.bulkAdd(
		Array.from({ length: keptAtMost + 5 }, (_, at) => ({
			...row,
			seq: at + 1,
			id: randomUUID(),
			state: 'acknowledged' as const,
			released: true,
			version: 100
		}))
	);
	await forgetKept(store);
	const left = await store.local.kept.orderBy('seq').primaryKeys();
	expect(left).toHaveLength(keptAtMost);
	expect(left[0]).toBe(6);
});
