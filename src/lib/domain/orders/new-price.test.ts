import { expect, test } from 'vitest';
import { atNewPrice, canSendAsItIs } from './new-price.ts';

const id = '00000000-0000-4000-8000-000000000001';
const placed = {
	orderId: id,
	listingId: id,
	listingRev: 1,
	quantity: 2.5,
	unitPrice: 45_000,
	contact: { name: 'Trần Ngọc Lan', phone: '0900000003', address: '12 Lê Lợi', wardCode: '28261' },
	payment: 'tien-mat',
	shipping: 'chanh-xe',
	note: 'Gọi trước'
};
const facts = { unitPrice: 52_000, unit: 'kg', rev: 4 };

test('TG-15.2: an order at the new price is the same but for the price and the version', () => {
	expect(atNewPrice(placed, 'kg', { code: 'price_changed', facts })).toEqual({
		input: { ...placed, unitPrice: 52_000, listingRev: 4 },
		unitPrice: 52_000,
		total: 130_000
	});
});

test.each([
	['another refusal', { code: 'out_of_stock', facts } as const],
	['another unit', { code: 'price_changed', facts: { ...facts, unit: 'thung' } } as const],
	['the same price', { code: 'price_changed', facts: { ...facts, unitPrice: 45_000 } } as const],
	['no facts', { code: 'price_changed' } as const]
])('TG-15.2: with %s there is nothing to agree to unseen', (_, refusal) => {
	expect(atNewPrice(placed, 'kg', refusal)).toBeNull();
});

test('TG-15.2: an order at an old price is not sent as it is', () => {
	expect(canSendAsItIs({ code: 'price_changed', facts })).toBe(false);
	expect(canSendAsItIs({ code: 'out_of_stock' })).toBe(true);
});
