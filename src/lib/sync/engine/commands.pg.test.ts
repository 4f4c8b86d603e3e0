import { openTestDevice, type TestDevice } from '../test-world.ts';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { atNewPrice } from '$lib/domain/orders/new-price.ts';
import { transaction } from '$lib/server/db/pool.ts';
import { openExchange, people, type Exchange, type Goods } from '../../../../tests/world/exchange.ts';
import { enqueue, retryRefused } from '../outbox/outbox.ts';
import type { AnyCommand } from '../protocol/commands.ts';
import { readNotifications, readOrders, readUnsent } from '../reads.ts';

let exchange: Exchange;
let sauRieng: Goods;
const open: TestDevice[] = [];

async function device(...args: Parameters<typeof openTestDevice> extends [unknown, ...infer R] ? R : never) {
	const opened = await openTestDevice(exchange, ...args);
	open.push(opened);
	return opened;
}

const say = (on: TestDevice, command: AnyCommand) =>
	enqueue(on.store.local, command, { id: on.here.newId(), deviceTime: on.here.now() });

const place = (on: TestDevice, quantity = 2, changes = {}) =>
	say(on, { name: 'order.place', input: exchange.order(sauRieng, quantity, changes) });

const ordersIn = (): Promise<number> =>
	transaction(exchange.db, 'system:test', async (tx) => {
		const [row] = await tx<{ count: number }[]>`select count(*)::int as count from orders`;
		return row?.count ?? 0;
	});

beforeAll(async () => {
	exchange = await openExchange();
	sauRieng = await exchange.sells(people.batu);
});
// Open-source RxDB opens none beside more than 13 collections, and a device has eight: one device at a time.
afterEach(async () => {
	for (const opened of open.splice(0)) await opened.close();
});
afterAll(() => exchange.close());

describe('sync 1: nothing acknowledged is lost, nothing is applied twice', () => {
	test('sync 1, 6: a session that expires in the middle of the queue: all goes on after signing in, once each', async () => {
		const lan = await device(people.chilan);
		await lan.sync();
		const before = await ordersIn();
		// The first arrived and nobody heard the answer; then two more are made, and the session is over.
		const first = await place(lan);
		lan.wire.loseReplies = 1;
		expect(await lan.sync()).toBe('unreachable');
		const rows = [first, await place(lan, 3), await place(lan, 4)];
		lan.wire.caller = async () => ({ kind: 'ended', why: 'expired' });
		expect(await lan.sync()).toBe('stopped');
		const waits = (await readUnsent(lan.store)).map(({ id, state }) => [id, state.at]);
		expect(waits).toEqual(rows.map(({ id }) => [id, 'waiting']));
		expect(await ordersIn()).toBe(before + 1);

		lan.wire.caller = null;
		await lan.engine.checkSession();
		expect(await lan.sync()).toBe('done');
		expect(await ordersIn()).toBe(before + 3);
		expect(await readUnsent(lan.store)).toEqual([]);
	});

	test('sync 3: an order that was changed above the horizon before it came is shown all the while', async () => {
		const lan = await device(people.chilan);
		await lan.sync();
		const input = exchange.order(sauRieng, 2);
		await say(lan, { name: 'order.place', input });
		// The order commits, and before the pull that would bring it a slow transaction begins and the order changes.
		const slow = await exchange.owner.reserve();
		const { pull } = lan.transport;
		let changed = false;
		Object.assign(lan.transport, {
			pull: async (request: Parameters<typeof pull>[0]) => {
				if (request.collection === 'orders' && lan.wire.pushes > 0 && !changed) {
					changed = true;
					await slow`begin`;
					await slow`select pg_current_xact_id()`;
					await exchange.must(people.batu, {
						name: 'order.advance',
						input: {
							orderId: input.orderId,
							rev: 1,
							event: 'confirm',
							reason: '',
							carrier: '',
							trackingCode: '',
							shippingFee: null
						}
					});
				}
				return pull(request);
			}
		});
		try {
			await lan.sync();
			expect(changed).toBe(true);
			const shown = async () =>
				(await readOrders(lan.store, lan.actor)).find(({ id }) => id === input.orderId);
			expect(await shown()).toMatchObject({ order: null, placing: { state: { at: 'acknowledged' } } });
			await slow`commit`;
			await lan.sync();
			expect(await shown()).toMatchObject({ order: { rev: 2 }, placing: null });
		} finally {
			await slow`rollback`.catch(() => undefined);
			slow.release();
		}
	});

	test('sync 1: a reply lost after the commit is asked for again under the same id', async () => {
		const lan = await device(people.chilan);
		await lan.sync();
		const before = await ordersIn();
		const row = await place(lan);
		lan.wire.loseReplies = 1;
		expect(await lan.sync()).toBe('unreachable');
		expect(await ordersIn()).toBe(before + 1);
		expect(await lan.store.local.outbox.get(row.seq)).toMatchObject({ state: 'waiting', sent: true });

		expect(await lan.sync()).toBe('done');
		expect(await ordersIn()).toBe(before + 1);
		expect(await lan.store.local.outbox.get(row.seq)).toMatchObject({
			id: row.id,
			state: 'acknowledged',
			released: true
		});
	});

	test('sync 1: a process killed while sending sends the same command again, once', async () => {
		const lan = await device(people.chilan);
		await lan.sync();
		const before = await ordersIn();
		const row = await place(lan);
		// Killed between the commit on the server and the answer being written down.
		await lan.store.local.outbox.update(row.seq, { state: 'sending', sent: true });
		lan.wire.loseReplies = 1;
		const again = await lan.restart();
		open[open.indexOf(lan)] = again;
		await again.engine.start();
		const state = async () => (await again.store.local.outbox.get(row.seq))?.state;
		// The second try waits as long as after any lost connection.
		await expect.poll(state, { timeout: 10_000 }).toBe('acknowledged');
		await again.engine.stop();
		expect(await ordersIn()).toBe(before + 1);
	});

	test('sync 1: two rounds at once send a command once', async () => {
		const lan = await device(people.chilan);
		await lan.sync();
		const before = await ordersIn();
		await place(lan);
		await Promise.all([lan.sync(), lan.sync(), lan.sync()]);
		expect(await ordersIn()).toBe(before + 1);
	});
});

describe('sync 2: one bad command never blocks the others', () => {
	test('sync 2: a refused order stays visible with what was typed; the next ones go through', async () => {
		const lan = await device(people.chilan);
		await lan.sync();
		const bad = await place(lan, 2, { unitPrice: 1 });
		const good = await place(lan, 3);
		await lan.sync();
		expect(await lan.store.local.outbox.get(bad.seq)).toMatchObject({
			state: 'refused',
			refusal: { code: 'price_changed' }
		});
		expect(await lan.store.local.outbox.get(good.seq)).toMatchObject({ state: 'acknowledged' });
		const [left] = await readUnsent(lan.store);
		expect(left).toMatchObject({
			id: bad.id,
			state: { at: 'refused', refusal: { code: 'price_changed' } },
			input: { quantity: 2, unitPrice: 1 }
		});
		expect((await readOrders(lan.store, lan.actor)).find((o) => o.placing?.id === bad.id)).toBeDefined();
	});

	test('sync 2, TG-15.2: an order at an old price is refused for ever as it is, and taken once at the price agreed to', async () => {
		const lan = await device(people.chilan);
		await lan.sync();
		const before = await ordersIn();
		const old = await place(lan, 2, { unitPrice: 1 });
		if (old.name !== 'order.place') throw new Error('not an order');
		const { orderId } = old.input;
		const placing = async () =>
			(await readOrders(lan.store, lan.actor)).find(({ id }) => id === orderId)?.placing ?? null;
		const refused = async () => {
			await lan.sync();
			const command = await placing();
			if (command?.state.at !== 'refused') throw new Error('not refused');
			return { id: command.id, refusal: command.state.refusal };
		};
		const fresh = () => ({ newId: lan.here.newId, deviceTime: lan.here.now() });
		await retryRefused(lan.store.local, (await refused()).id, fresh());
		const again = await refused();
		expect(again.refusal.code).toBe('price_changed');

		const now = atNewPrice(old.input, 'kg', again.refusal);
		if (now === null) throw new Error('no new price');
		await retryRefused(lan.store.local, again.id, fresh(), now.input);
		await lan.sync();
		const order = (await readOrders(lan.store, lan.actor)).find(({ id }) => id === orderId)?.order;
		expect(order).toMatchObject({ quantity: 2, unitPrice: now.unitPrice, total: now.total });
		expect(await ordersIn()).toBe(before + 1);
		expect(await readUnsent(lan.store)).not.toContainEqual(expect.objectContaining({ id: again.id }));
	});

	test('sync 2: what builds on a refused command is refused with it', async () => {
		const lan = await device(people.chilan);
		await lan.sync();
		const bad = await place(lan, 2, { unitPrice: 1 });
		if (bad.name !== 'order.place') throw new Error('not an order');
		const cancel = await say(lan, {
			name: 'order.advance',
			input: {
				orderId: bad.input.orderId,
				rev: 1,
				event: 'cancel',
				reason: 'Đổi ý',
				carrier: '',
				trackingCode: '',
				shippingFee: null
			}
		});
		expect(cancel.after).toEqual([bad.id]);
		await lan.sync();
		expect(await lan.store.local.outbox.get(cancel.seq)).toMatchObject({
			state: 'refused',
			refusal: { code: 'depends_on_refused' }
		});
	});

	test('sync 2: a command the exchange does not know is refused, and the rest of the batch is not', async () => {
		const lan = await device(people.chilan);
		await lan.sync();
		const unknown = await place(lan);
		await lan.store.local.outbox.update(unknown.seq, (row) => {
			Object.assign(row, { name: 'order.teleport' });
		});
		const good = await place(lan);
		await lan.sync();
		expect(await lan.store.local.outbox.get(unknown.seq)).toMatchObject({
			refusal: { code: 'unknown_command' }
		});
		expect(await lan.store.local.outbox.get(good.seq)).toMatchObject({ state: 'acknowledged' });
	});
});

describe('sync 2: what the wire does not carry', () => {
	test('sync 2: a command of no shape at all is found among many and refused alone', async () => {
		const lan = await device(people.chilan);
		await lan.sync();
		const all = [];
		for (let at = 0; at < 5; at += 1) all.push(await place(lan));
		const broken = all[3];
		await lan.store.local.outbox.update(broken?.seq ?? 0, { deviceTime: 'yesterday' });
		expect(await lan.sync()).toBe('done');
		const states = (await lan.store.local.outbox.orderBy('seq').toArray()).map((row) => row.state);
		expect(states).toEqual(['acknowledged', 'acknowledged', 'acknowledged', 'refused', 'acknowledged']);
	});
});

describe('sync 3: an acknowledged command stays until the pull has brought its effect', () => {
	test('sync 3: an order never disappears and reappears, whatever the moment one looks', async () => {
		const lan = await device(people.chilan);
		await lan.sync();
		const row = await place(lan, 4);
		if (row.name !== 'order.place') throw new Error('not an order');
		const { orderId } = row.input;
		const seen: string[] = [];
		const look = async () => {
			const found = (await readOrders(lan.store, lan.actor)).find((order) => order.id === orderId);
			seen.push(found ? (found.order ? 'from the exchange' : (found.placing?.state.at ?? '?')) : 'GONE');
		};
		await look();
		// Something else holds the horizon back: the effect comes late.
		let letGo: () => void = () => undefined;
		let began: () => void = () => undefined;
		const begun = new Promise<void>((resolve) => (began = resolve));
		const held = exchange.owner.begin(async (tx) => {
			await tx`select pg_current_xact_id()`;
			began();
			await new Promise<void>((resolve) => (letGo = resolve));
		});
		await begun;
		let stop = false;
		const looking = (async () => {
			while (!stop) {
				await look();
				// Let the sockets have their turn.
				await new Promise((resolve) => setTimeout(resolve, 1));
			}
		})();
		try {
			await lan.sync();
			await look();
			expect(seen.at(-1)).toBe('acknowledged');
			letGo();
			await held;
			await lan.sync();
			await look();
			expect(seen.at(-1)).toBe('from the exchange');
		} finally {
			letGo();
			stop = true;
			await looking;
		}
		expect(seen).not.toContain('GONE');
	});

	test('sync 3: read notifications stay read while the server is being told', async () => {
		const tu = await device(people.batu);
		await tu.sync();
		const first = (await readNotifications(tu.store)).find((n) => !n.read);
		if (!first) throw new Error('bà Tư has no notification');
		await say(tu, { name: 'notification.read', input: { ids: [first.id] } });
		const isRead = async () => (await readNotifications(tu.store)).find((n) => n.id === first.id)?.read;
		expect(await isRead()).toBe(true);
		await tu.sync();
		expect(await isRead()).toBe(true);
		expect((await readNotifications(tu.store)).find((n) => n.id === first.id)?.readAt).not.toBeNull();
	});
});

describe('sync 12: the device’s clock decides nothing', () => {
	test.each([
		['ten years ahead', 10],
		['ten years behind', -10]
	])('sync 12: a clock %s stops nobody from ordering; the difference is known', async (_, years) => {
		const lan = await device(people.chilan);
		lan.clock.skewMs = years * 365 * 86_400_000;
		const row = await place(lan);
		await lan.sync();
		expect(await lan.store.local.outbox.get(row.seq)).toMatchObject({ state: 'acknowledged' });
		const { clockSkewMs } = await lan.store.readState();
		expect(Math.round((clockSkewMs ?? 0) / 86_400_000)).toBe(years * 365);
	});

	test('sync 12: the order of commands is the order of the taps, even when the clock jumps back', async () => {
		const lan = await device(people.chilan);
		const first = await place(lan);
		lan.clock.skewMs = -86_400_000;
		const second = await place(lan);
		expect(second.seq).toBeGreaterThan(first.seq);
		expect(second.deviceTime < first.deviceTime).toBe(true);
		await lan.sync();
		const log = await transaction(
			exchange.db,
			lan.actor.id,
			(tx) => tx<{ id: string }[]>`
				select id from command_log where id in ${tx([first.id, second.id])} order by version`
		);
		expect(log.map((row) => row.id)).toEqual([first.id, second.id]);
	});
});
