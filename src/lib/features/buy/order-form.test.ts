import { expect, test } from 'vitest';
import type { OrderView } from '$lib/sync/app.svelte.ts';
import { filledFrom, isSoldOut, lastContact, quantityBounds, tidyPhone, wrongFields } from './order-form.ts';

const typed = {
	name: 'Trần Ngọc Lan',
	phone: '0912 345 678',
	address: '12 Lê Lợi, Mỹ Tho',
	payment: 'tien-mat',
	shipping: 'chanh-xe',
	note: ''
};
const terms = { payment: ['tien-mat'], shipping: ['chanh-xe', 'buu-dien'] };

test.each([
	['0912 345 678', '0912345678'],
	['+84 912.345.678', '0912345678'],
	['0084912345678', '0912345678'],
	['84912345678', '0912345678'],
	['02733 873 269', '02733873269']
])('a phone number typed as %j', (text, number) => expect(tidyPhone(text)).toBe(number));

test('TG-11.3 an order needs who, where and how, and says which of them is missing', () => {
	expect(wrongFields(typed, terms)).toEqual([]);
	expect(wrongFields({ ...typed, phone: '12345', address: '  ' }, terms)).toEqual(['phone', 'address']);
	expect(wrongFields({ ...typed, payment: '', shipping: 'xe-lanh' }, terms)).toEqual(['payment', 'shipping']);
});

test('TG-16.1 the address of the own page goes before the last order’s, and never over what was typed', () => {
	const own = { name: 'Ngọc Lan', phone: '0900000003', address: '5 Hùng Vương, Mỹ Tho' };
	expect(filledFrom(own, typed, typed)).toEqual({ ...typed, ...own });
	const changed = { ...typed, address: 'Gửi ở nhà mẹ' };
	expect(filledFrom(own, changed, typed)).toEqual({ ...changed, name: own.name, phone: own.phone });
	// Without an address there only what is empty is filled.
	expect(filledFrom({ ...own, address: null }, typed, typed)).toBe(typed);
	const empty = { ...typed, phone: '' };
	expect(filledFrom({ ...own, address: null }, empty, empty)).toEqual({ ...empty, phone: own.phone });
	expect(filledFrom({ name: '', phone: null, address: null }, typed, typed)).toBe(typed);
});

test('the stepper starts at what the seller accepts and never passes the stock', () => {
	expect(quantityBounds({ minimum: 5, stock: 20 }, 1)).toEqual({ min: 5, max: 20, start: 5 });
	expect(quantityBounds({ minimum: null, stock: null }, 1)).toEqual({ min: 0.1, max: 1_000_000, start: 1 });
	expect(quantityBounds({ minimum: null, stock: 0.5 }, 1).start).toBe(0.5);
	expect(isSoldOut(quantityBounds({ minimum: 5, stock: 2 }, 0))).toBe(true);
	expect(isSoldOut(quantityBounds({ minimum: null, stock: null }, 0))).toBe(false);
});

test('the latest own order lends its contact, a sealed or sold one does not', () => {
	const contact = { name: 'Trần Ngọc Lan', phone: '0912345678', address: 'Mỹ Tho', wardCode: '' };
	const input = {
		orderId: 'o',
		listingId: 'l',
		listingRev: 1,
		quantity: 1,
		unitPrice: 1,
		contact,
		payment: '',
		shipping: '',
		note: ''
	};
	const goods = { listingId: 'l', title: '', unit: 'kg', thumb: null, sellerName: '', sellerPhone: '' };
	const view: OrderView = {
		id: 'o',
		party: 'buyer',
		order: null,
		placed: { input, goods },
		step: null,
		placing: null,
		changedAt: '2026-11-18T01:12:00Z'
	};
	expect(lastContact([view])).toEqual(contact);
	expect(lastContact([{ ...view, party: 'seller' }])).toBe(null);
	const newer = {
		...view,
		changedAt: '2026-11-19T01:12:00Z',
		placed: { input: { ...input, contact: { ...contact, address: 'Gò Công' } }, goods }
	};
	expect(lastContact([view, newer])?.address).toBe('Gò Công');
});
