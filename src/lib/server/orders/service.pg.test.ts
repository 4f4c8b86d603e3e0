import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openExchange, people, type Exchange, type Goods } from '../../../../tests/world/exchange.ts';
import type { OrderAdvance } from '$lib/domain/orders/schema.ts';
import { unseal } from '$lib/server/accounts/sealing.ts';
import { transaction } from '$lib/server/db/pool.ts';

const { batu, chuba, chilan, anhminh } = people;
let exchange: Exchange;
beforeAll(async () => {
	exchange = await openExchange();
});
afterAll(() => exchange.close());

const places = (listing: Goods, quantity: number, changes: Parameters<Exchange['order']>[2] = {}) => {
	const input = exchange.order(listing, quantity, changes);
	return exchange.does(chilan, { name: 'order.place', input }).then((done) => ({ done, id: input.orderId }));
};
const advances = (
	person: typeof batu,
	orderId: string,
	rev: number,
	event: OrderAdvance['event'],
	more: Partial<OrderAdvance> = {}
) =>
	exchange.does(person, {
		name: 'order.advance',
		input: { orderId, rev, event, reason: '', carrier: '', trackingCode: '', shippingFee: null, ...more }
	});
const seen = (person: { id: string }, orderId: string) =>
	exchange.feed(`user:${person.id}`, 'orders', orderId);
const stockOf = async (listing: Goods) => {
	const [row] = await exchange.db<{ stock: number | null }[]>`
		select stock from listings where id = ${listing.id}`;
	return row?.stock;
};

describe('TG-11.3 ordering', () => {
	test('TG-11.3, TG-13.2 the order is in the seller’s box at once, and both see the same thing', async () => {
		const goods = await exchange.sells(batu, { title: 'Xoài cát Hòa Lộc' });
		const { done, id } = await places(goods, 3);
		expect(done.ok).toBe(true);
		const order = await seen(batu, id);
		expect(order).toEqual(await seen(chilan, id));
		expect(order).toMatchObject({
			code: expect.stringMatching(/^TG-D\d+-\d\d$/),
			state: 'awaiting_confirmation',
			rev: 1,
			quantity: 3,
			unitPrice: 85_000,
			total: 255_000,
			buyer: { id: chilan.id },
			seller: { accountId: batu.id },
			timeline: [
				{ state: 'placed', by: 'buyer' },
				{ state: 'awaiting_confirmation', by: 'exchange' }
			]
		});
		expect((await exchange.told(batu)).at(-1)).toMatchObject({
			kind: 'order_new',
			facts: { title: 'Xoài cát Hòa Lộc' }
		});
	});

	test('contact and note are sealed with the buyer’s key in table and feed, and open to what was typed', async () => {
		const goods = await exchange.sells(batu);
		const { id } = await places(goods, 1);
		const rows = await exchange.owner<{ text: string }[]>`
			select doc::text as text from sync_feed where collection = 'orders' and doc_id = ${id}`;
		expect(rows).toHaveLength(2);
		for (const { text } of rows)
			for (const secret of ['Trần Ngọc Lan', '0900000003', 'Lê Lợi', 'Gọi trước'])
				expect(text).not.toContain(secret);
		const opened = await transaction(exchange.db, batu.id, async (tx) => {
			const [row] = await tx<{ contact: string; note: string }[]>`
				select contact_sealed as contact, note_sealed as note from orders where id = ${id}`;
			return unseal(tx, [row?.contact ?? '', row?.note ?? '']);
		});
		expect(JSON.parse(opened[0] ?? '')).toMatchObject({ name: 'Trần Ngọc Lan', phone: '0900000003' });
		expect(opened[1]).toBe('Gọi trước khi giao');
	});

	test('TG-15.2 a price or unit that changed since the buyer looked is refused with the price now', async () => {
		const goods = await exchange.sells(batu, { price: 50_000 });
		await exchange.submits(batu, { price: 60_000 }, { id: goods.id, base: 2 });
		await exchange.decides(anhminh, goods.id, 'approve');
		expect((await places(goods, 1)).done).toMatchObject({
			refusal: { code: 'price_changed', facts: { unitPrice: 60_000, rev: 3 } }
		});
		expect((await places(goods, 1, { unitPrice: 60_000, listingRev: 3 })).done.ok).toBe(true);

		await exchange.submits(batu, { price: 60_000, unit: 'thung' }, { id: goods.id, base: 3 });
		await exchange.decides(anhminh, goods.id, 'approve');
		expect((await places(goods, 1, { unitPrice: 60_000, listingRev: 3 })).done).toMatchObject({
			refusal: { code: 'price_changed', facts: { unit: 'thung' } }
		});
		expect((await places(goods, 1, { unitPrice: 60_000, listingRev: 99 })).done).toMatchObject({
			refusal: { code: 'price_changed' }
		});
	});

	test('TG-15.1 goods that are not approved, unknown, or one’s own cannot be ordered', async () => {
		const sent = await exchange.submits(batu);
		expect((await places(sent, 1)).done).toMatchObject({ refusal: { code: 'not_for_sale' } });
		const unknown = { ...sent, id: crypto.randomUUID() };
		expect((await places(unknown, 1)).done).toMatchObject({ refusal: { code: 'not_for_sale' } });
		const goods = await exchange.sells(batu);
		expect(await exchange.does(batu, { name: 'order.place', input: exchange.order(goods, 1) })).toMatchObject(
			{ refusal: { code: 'own_listing' } }
		);
		expect(
			await exchange.does(anhminh, { name: 'order.place', input: exchange.order(goods, 1) })
		).toMatchObject({ refusal: { code: 'not_allowed' } });
	});

	test('an order id that somebody used is refused and reveals nothing', async () => {
		const goods = await exchange.sells(batu);
		const { id } = await places(goods, 1);
		const again = await exchange.does(chuba, {
			name: 'order.place',
			input: exchange.order(goods, 2, { orderId: id })
		});
		expect(again).toEqual({ ok: false, refusal: { code: 'id_reused' } });
		expect(await seen(chilan, id)).toMatchObject({ quantity: 1 });
		expect(await seen(chuba, id)).toBeUndefined();
	});
});

describe('stock', () => {
	test('TG-11.3 fifty who order at once never take more than there is', async () => {
		const goods = await exchange.sells(batu, { stock: 20 });
		const all = await Promise.all(Array.from({ length: 50 }, () => places(goods, 1)));
		expect(all.filter(({ done }) => done.ok)).toHaveLength(20);
		expect(
			all.flatMap(({ done }) => (done.ok ? [] : [done.refusal.code])).filter((c) => c !== 'out_of_stock')
		).toEqual([]);
		expect(await stockOf(goods)).toBe(0);
		expect(await exchange.feed('public', 'listings', goods.id)).toMatchObject({ stock: 0 });
	});

	test('TG-13.1 a cancelled or declined order gives its goods back, once', async () => {
		const goods = await exchange.sells(batu, { stock: 10 });
		const first = await places(goods, 4);
		const second = await places(goods, 3);
		expect(await stockOf(goods)).toBe(3);
		expect((await advances(chilan, first.id, 1, 'cancel', { reason: 'đổi ý' })).ok).toBe(true);
		expect((await advances(batu, second.id, 1, 'decline', { reason: 'hết hàng' })).ok).toBe(true);
		expect(await advances(chilan, first.id, 2, 'cancel', { reason: 'lần nữa' })).toMatchObject({
			refusal: { code: 'illegal_transition' }
		});
		expect(await stockOf(goods)).toBe(10);
	});

	test('a delivery that failed gives back; sending again takes again, if there is enough', async () => {
		const goods = await exchange.sells(batu, { stock: 5 });
		const { id } = await places(goods, 5);
		await advances(batu, id, 1, 'confirm');
		await advances(batu, id, 2, 'hand_over');
		await advances(batu, id, 3, 'fail', { reason: 'không ai nhận' });
		expect(await stockOf(goods)).toBe(5);
		await places(goods, 1);
		expect(await advances(batu, id, 4, 'resend')).toMatchObject({
			refusal: { code: 'out_of_stock', facts: { stock: 4 } }
		});
		await exchange.db`update listings set stock = 6 where id = ${goods.id}`;
		expect((await advances(batu, id, 4, 'resend')).ok).toBe(true);
		expect(await stockOf(goods)).toBe(1);
	});

	test('stock that is not stated stays so', async () => {
		const goods = await exchange.sells(batu, { stock: null });
		const { done, id } = await places(goods, 500);
		expect(done.ok).toBe(true);
		await advances(chilan, id, 1, 'cancel', { reason: 'nhầm' });
		expect(await stockOf(goods)).toBeNull();
	});
});

describe('TG-11.4 following an order', () => {
	test('TG-11.4 to “đã giao”: both sides see each status, who caused it and how it is carried', async () => {
		const goods = await exchange.sells(batu);
		const { id } = await places(goods, 2);
		await advances(batu, id, 1, 'confirm');
		await advances(batu, id, 2, 'hand_over', {
			carrier: 'Chành xe Út Mười',
			trackingCode: 'UM-77',
			shippingFee: 30_000
		});
		expect((await exchange.told(chilan)).at(-1)).toMatchObject({
			kind: 'order_changed',
			facts: { state: 'in_delivery' }
		});
		await advances(batu, id, 3, 'deliver');
		const order = await seen(chilan, id);
		expect(order).toEqual(await seen(batu, id));
		expect(order).toMatchObject({
			state: 'delivered',
			rev: 4,
			carrier: 'Chành xe Út Mười',
			trackingCode: 'UM-77',
			shippingFee: 30_000,
			timeline: [
				{ state: 'placed', by: 'buyer' },
				{ state: 'awaiting_confirmation', by: 'exchange' },
				{ state: 'awaiting_pickup', by: 'seller' },
				{ state: 'in_delivery', by: 'seller' },
				{ state: 'delivered', by: 'seller' }
			]
		});
	});

	test('TG-13.1 the buyer does not confirm, the seller does not cancel for the buyer, strangers see nothing', async () => {
		const goods = await exchange.sells(batu);
		const { id } = await places(goods, 1);
		expect(await advances(chilan, id, 1, 'confirm')).toMatchObject({ refusal: { code: 'not_allowed' } });
		expect(await advances(batu, id, 1, 'cancel', { reason: 'x' })).toMatchObject({
			refusal: { code: 'not_allowed' }
		});
		for (const stranger of [chuba, anhminh])
			expect(await advances(stranger, id, 1, 'confirm')).toEqual({
				ok: false,
				refusal: { code: 'not_found' }
			});
	});

	test('TG-13.1 a buyer who cancels while the seller confirms: one of them is told that it changed', async () => {
		const goods = await exchange.sells(batu);
		const { id } = await places(goods, 1);
		const both = await Promise.all([
			advances(batu, id, 1, 'confirm'),
			advances(chilan, id, 1, 'cancel', { reason: 'đổi ý' })
		]);
		expect(both.filter((done) => done.ok)).toHaveLength(1);
		expect(both.find((done) => !done.ok)).toMatchObject({ refusal: { code: 'stale_version' } });
	});
});

test('notifications are read by their owner alone', async () => {
	const box = await transaction(
		exchange.db,
		batu.id,
		(tx) => tx<{ id: string }[]>`select id from notifications where read_at is null`
	);
	const ids = box.slice(0, 2).map((line) => line.id);
	await exchange.must(chilan, { name: 'notification.read', input: { ids } });
	expect(await exchange.feed(`user:${batu.id}`, 'notifications', ids[0] ?? '')).toMatchObject({
		readAt: null
	});
	const now = new Date().toISOString();
	await exchange.must(batu, { name: 'notification.read', input: { ids } }, { now });
	for (const id of ids)
		expect(await exchange.feed(`user:${batu.id}`, 'notifications', id)).toMatchObject({ readAt: now });
});
