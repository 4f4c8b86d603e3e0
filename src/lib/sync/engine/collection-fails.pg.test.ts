import { openTestDevice, type TestDevice } from '../test-world.ts';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { openExchange, people, type Exchange, type Goods } from '../../../../tests/world/exchange.ts';
import { enqueue } from '../outbox/outbox.ts';
import { collectionNames, type CollectionName } from '../protocol/collections.ts';
import { readOrders } from '../reads.ts';
import { Unreachable } from '../transport/session.ts';

let exchange: Exchange;
let goods: Goods;
const open: TestDevice[] = [];

beforeAll(async () => {
	exchange = await openExchange();
	goods = await exchange.sells(people.batu);
});
afterEach(async () => {
	for (const opened of open.splice(0)) await opened.close();
});
afterAll(() => exchange.close());

/** A device for which one collection answers with a fault, until `mend`. */
async function lacking(collection: CollectionName, why: () => Error) {
	const lan = await openTestDevice(exchange, people.chilan);
	open.push(lan);
	const { pull } = lan.transport;
	const line = { broken: true, asked: 0 };
	Object.assign(lan.transport, {
		pull: async (request: Parameters<typeof pull>[0]) => {
			if (request.collection !== collection || !line.broken) return pull(request);
			line.asked += 1;
			throw why();
		}
	});
	return { lan, line };
}

/** A round as the engine's own clock begins one. */
const byItself = (lan: TestDevice) => {
	lan.engine.want(collectionNames);
	return lan.engine.round();
};

async function orders(lan: TestDevice): Promise<string> {
	const input = exchange.order(goods, 1);
	await enqueue(
		lan.store.local,
		{ name: 'order.place', input },
		{ id: lan.here.newId(), deviceTime: lan.here.now() }
	);
	return input.orderId;
}

const down = () => new Unreachable('the server answered 500');
const ours = () => new TypeError('ours');

test.each([
	['notifications', down],
	['reference', down],
	['needs', down],
	['notifications', ours]
] as const)(
	'sync 2: %s that fails for ever holds up neither what goes out nor what else comes in',
	async (name, why) => {
		const { lan, line } = await lacking(name, why);
		expect(await lan.sync()).toBe('done');
		const id = await orders(lan);
		expect(await byItself(lan)).toBe('done');
		expect((await readOrders(lan.store, lan.actor)).find((one) => one.id === id)?.order).not.toBeNull();
		// Settled: it is let go, and leaves the outbox once other tabs have had their time.
		lan.clock.waitedMs += 11_000;
		await byItself(lan);
		lan.clock.waitedMs += 11_000;
		await byItself(lan);
		expect(await lan.store.local.outbox.count()).toBe(0);
		expect(await lan.store.readState()).toMatchObject({ reachable: true });

		// It is asked for ever less often, and comes when it answers again.
		const before = line.asked;
		for (let second = 0; second < 60; second += 3) {
			lan.clock.waitedMs += 3_000;
			await byItself(lan);
		}
		expect(line.asked - before).toBeGreaterThan(0);
		expect(line.asked - before).toBeLessThan(8);
		line.broken = false;
		lan.clock.waitedMs += 60_000;
		await byItself(lan);
		expect((await lan.store.local.pulls.get(name))?.pulledAt).toEqual(expect.any(String));
	}
);

test('sync 2: with nobody answering at all there is no network', async () => {
	const { lan } = await lacking('notifications', down);
	lan.wire.up = false;
	expect(await lan.sync()).toBe('unreachable');
	expect(await lan.store.readState()).toMatchObject({ reachable: false });
	lan.engine.want(['notifications']);
	expect(await lan.engine.round()).toBe('unreachable');
});
