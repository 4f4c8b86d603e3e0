import { openTestDevice, type TestDevice } from '../test-world.ts';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { transaction } from '$lib/server/db/pool.ts';
import { openExchange, people, type Exchange, type Goods } from '../../../../tests/world/exchange.ts';
import { enqueue } from '../outbox/outbox.ts';
import { deliverWaiting } from './deliver.ts';

let exchange: Exchange;
let goods: Goods;
let lan: TestDevice;

beforeAll(async () => {
	exchange = await openExchange();
	goods = await exchange.sells(people.batu);
});
afterEach(() => lan.close());
afterAll(() => exchange.close());

const ordersIn = (): Promise<number> =>
	transaction(exchange.db, 'system:test', async (tx) => {
		const [row] = await tx<{ count: number }[]>`select count(*)::int as count from orders`;
		return row?.count ?? 0;
	});

async function withOrders(n: number) {
	lan = await openTestDevice(exchange, people.chilan);
	await lan.sync();
	lan.wire.up = false;
	for (let i = 0; i < n; i += 1)
		await enqueue(
			lan.store.local,
			{ name: 'order.place', input: exchange.order(goods, 2) },
			{ id: lan.here.newId(), deviceTime: lan.here.now() }
		);
	// The screen tried once before it was closed.
	await lan.sync();
	lan.wire.up = true;
	return ordersIn();
}

const deliver = () =>
	deliverWaiting(lan.store.local, people.chilan.id, (request) => lan.transport.push(request));

test('sync 1, 11: what is handed in with no screen open is there once, and the next screen learns how it ended', async () => {
	const before = await withOrders(3);
	expect(await deliver()).toBe(3);
	expect(await ordersIn()).toBe(before + 3);
	expect((await lan.store.local.outbox.toArray()).map((row) => row.state)).toEqual(Array(3).fill('waiting'));

	expect(await lan.sync()).toBe('done');
	expect(await ordersIn()).toBe(before + 3);
	const rows = await lan.store.local.outbox.toArray();
	expect(rows.map((row) => row.state)).toEqual(Array(3).fill('acknowledged'));
	expect(rows.every((row) => row.receipt !== null)).toBe(true);
});

test('sync 1: what a screen was sending when it was closed is handed in as well', async () => {
	const before = await withOrders(1);
	await lan.store.local.outbox.toCollection().modify({ state: 'sending' });
	expect(await deliver()).toBe(1);
	expect(await ordersIn()).toBe(before + 1);
});

test('sync 1: without an answer everything waits as it was', async () => {
	const before = await withOrders(1);
	lan.wire.loseReplies = 1;
	await expect(deliver()).rejects.toThrow();
	expect((await lan.store.local.outbox.toArray()).map((row) => row.state)).toEqual(['waiting']);
	expect(await lan.sync()).toBe('done');
	expect(await ordersIn()).toBe(before + 1);
});

test('sync 2: with an ended session nothing leaves', async () => {
	const before = await withOrders(1);
	await lan.store.changeState({ session: 'expired' });
	expect(await deliver()).toBe(0);
	expect(await ordersIn()).toBe(before);
});
