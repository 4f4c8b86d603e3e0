import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { loadPack } from '$lib/server/rulepacks/load.ts';
import { legalEvents } from '../kernel/machine.ts';
import { checkLockedSeller, checkOrder, lockedSellerMay, stockEffect, type Offer } from './rules.ts';
import { contactSchema, orderTotal, unitPriceFor } from './schema.ts';
import { eventParty, needsReason, nextOrderState, orderEvents, orderMachine, orderStates } from './states.ts';

const pack = loadPack('tien-giang');
const offer: Offer = {
	rev: 4,
	unit: 'kg',
	price: 85_000,
	bulk: { from: 20, price: 78_000 },
	minimum: 2,
	stock: 50,
	payment: ['tien-mat'],
	shipping: ['chanh-xe']
};
const input = { quantity: 5, unitPrice: 85_000, payment: 'tien-mat', shipping: 'chanh-xe' };
const check = (change: Partial<typeof input>, changed: Partial<Offer> = {}, seen: string | null = 'kg') =>
	checkOrder({ ...input, ...change }, { ...offer, ...changed }, seen, pack);

describe('TG-11.4 the statuses of an order', () => {
	test('TG-11.4 the way of an order that goes well passes the five statuses in their order', () => {
		const way: string[] = ['placed'];
		let state: (typeof orderStates)[number] = 'placed';
		for (const event of ['forward', 'confirm', 'hand_over', 'deliver'] as const) {
			const to = nextOrderState(state, event, { party: eventParty[event], reason: '' });
			if (to.ok) way.push((state = to.value));
		}
		expect(way).toEqual(['placed', 'awaiting_confirmation', 'awaiting_pickup', 'in_delivery', 'delivered']);
	});

	test('TG-11.4 what was delivered or cancelled stays so', () => {
		expect(legalEvents(orderMachine, 'delivered')).toEqual([]);
		expect(legalEvents(orderMachine, 'cancelled')).toEqual([]);
	});

	test('TG-13.1 each step belongs to one party; the others are refused in every state', () => {
		for (const state of orderStates)
			for (const event of orderEvents)
				for (const party of ['buyer', 'seller', 'exchange'] as const) {
					const to = nextOrderState(state, event, { party, reason: 'bận việc' });
					if (party !== eventParty[event]) expect(to).toMatchObject({ refusal: { code: 'not_allowed' } });
					else expect(to.ok, `${state} × ${event}`).toBe(orderMachine.table[state][event] !== null);
				}
	});

	test('TG-13.1 the buyer may cancel until the goods are on their way', () => {
		const may = orderStates.filter(
			(state) => nextOrderState(state, 'cancel', { party: 'buyer', reason: 'đổi ý' }).ok
		);
		expect(may).toEqual(['placed', 'awaiting_confirmation', 'awaiting_pickup']);
	});

	test('TG-13.1 declining, cancelling and failing say why', () => {
		expect(orderEvents.filter(needsReason)).toEqual(['decline', 'cancel', 'fail']);
		for (const [state, event] of [
			['awaiting_confirmation', 'decline'],
			['awaiting_confirmation', 'cancel'],
			['in_delivery', 'fail']
		] as const)
			expect(nextOrderState(state, event, { party: eventParty[event], reason: '' })).toMatchObject({
				refusal: { code: 'reason_required' }
			});
	});
});

describe('TG-11.3 an order is taken as the buyer saw it', () => {
	test('TG-11.3 a good order has its price and total worked out here', () => {
		expect(check({})).toEqual({ ok: true, value: { unitPrice: 85_000, total: 425_000 } });
		expect(check({ quantity: 20, unitPrice: 78_000 })).toEqual({
			ok: true,
			value: { unitPrice: 78_000, total: 1_560_000 }
		});
	});

	test('TG-15.2 another price or another unit is never charged in silence', () => {
		expect(check({ unitPrice: 80_000 })).toMatchObject({
			refusal: { code: 'price_changed', facts: { unitPrice: 85_000, unit: 'kg', rev: 4 } }
		});
		expect(check({ quantity: 20 })).toMatchObject({ refusal: { code: 'price_changed' } });
		expect(check({}, {}, 'thung')).toMatchObject({ refusal: { code: 'price_changed' } });
		expect(check({}, {}, null)).toMatchObject({ refusal: { code: 'price_changed' } });
	});

	test('TG-11.3 less than the minimum, more than the stock, finer than the unit', () => {
		expect(check({ quantity: 1 })).toMatchObject({
			refusal: { code: 'below_minimum', facts: { minimum: 2 } }
		});
		expect(check({ quantity: 51, unitPrice: 78_000 })).toMatchObject({
			refusal: { code: 'out_of_stock', facts: { stock: 50 } }
		});
		expect(check({ quantity: 50, unitPrice: 78_000 }).ok).toBe(true);
		expect(check({ quantity: 900, unitPrice: 78_000 }, { stock: null }).ok).toBe(true);
		expect(check({ quantity: 2.5 }).ok).toBe(true);
		expect(check({ quantity: 2.55 })).toMatchObject({
			refusal: { fields: { quantity: 'too_many_decimals' } }
		});
		expect(check({ quantity: 2.5 }, { unit: 'trai' }, 'trai')).toMatchObject({
			refusal: { fields: { quantity: 'too_many_decimals' } }
		});
	});

	test('TG-6.7 only terms the seller offers', () => {
		expect(check({ payment: 'chuyen-khoan', shipping: 'buu-dien' })).toMatchObject({
			refusal: { fields: { payment: 'invalid_input', shipping: 'invalid_input' } }
		});
	});
});

test('the bulk price holds from its threshold on and never below', () => {
	fc.assert(
		fc.property(fc.integer({ min: 1, max: 1000 }), (amount) => {
			expect(unitPriceFor(offer, amount)).toBe(amount >= 20 ? 78_000 : 85_000);
			expect(unitPriceFor({ price: 85_000, bulk: null }, amount)).toBe(85_000);
		})
	);
});

test('a total is whole đồng', () => {
	expect(orderTotal(33_333, 1.5)).toBe(50_000);
	expect(orderTotal(85_000, 0.001)).toBe(85);
});

test('stock comes back when an order ends undelivered, and is taken again when it is sent again', () => {
	for (const state of orderStates)
		for (const event of orderEvents) {
			const to = orderMachine.table[state][event];
			if (to === null) continue;
			const effect = stockEffect(event, to);
			const ends = to === 'cancelled' || to === 'failed';
			expect(effect, `${state} × ${event}`).toBe(ends ? 'give_back' : event === 'resend' ? 'take' : 'none');
		}
});

test('TG-11.3 contact details need a name, an address and a number that can be dialled', () => {
	const contact = { name: 'Trần Ngọc Lan', phone: '0900000003', address: '12 Lê Lợi', wardCode: '' };
	expect(contactSchema.safeParse(contact).success).toBe(true);
	for (const bad of [
		{ phone: '12345' },
		{ phone: '+84900000003' },
		{ name: ' ' },
		{ address: '' },
		{ wardCode: '1' }
	])
		expect(contactSchema.safeParse({ ...contact, ...bad }).success, JSON.stringify(bad)).toBe(false);
});

test('TG-9.2 a locked seller finishes or calls off what runs, and confirms and sends nothing anew', () => {
	for (const state of orderStates)
		for (const event of orderEvents) {
			const legal = orderMachine.table[state][event] !== null;
			const mayStill = checkLockedSeller(state, event).ok;
			if (eventParty[event] !== 'seller') expect(mayStill, `${event} of ${state}`).toBe(true);
			else expect(mayStill, `${event} of ${state}`).toBe(legal && event !== 'confirm' && event !== 'resend');
		}
	expect(lockedSellerMay.in_delivery).toEqual(['deliver', 'fail']);
});
