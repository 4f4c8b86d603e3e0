import fc from 'fast-check';
import { expect, test } from 'vitest';
import { loadPack } from '$lib/server/rulepacks/load.ts';
import {
	canDiscardListing,
	checkAgainstPack,
	nextListingState,
	searchTextOf,
	searchWords,
	stockAtApproval
} from './rules.ts';
import { emptyListing, listingStates, submittableSchema, type ListingState } from './schema.ts';
import { isInReview, isPublic, listingMachine, type ListingEvent } from './states.ts';

const pack = loadPack('tien-giang');
const good = {
	...emptyListing,
	title: 'Xoài cát Hòa Lộc',
	categoryId: 'trai-cay',
	price: 85_000,
	description: 'Trái chín cây, bao trái từ nhỏ, cắt trong ngày.',
	wardCode: '28429',
	payment: ['tien-mat'],
	shipping: ['tu-den-lay'],
	photos: ['a'.repeat(64)]
};
const events = Object.keys(listingMachine.table.draft) as ListingEvent[];

test('TG-15.1 nothing becomes public but by an approval', () => {
	for (const state of listingStates.filter((s) => !isPublic(s)))
		for (const event of events.filter((e) => e !== 'approve')) {
			const to = nextListingState(state, event);
			expect(to.ok && isPublic(to.value), `${state} × ${event}`).toBe(false);
		}
});

test('TG-15.1 only what lies with an officer can be approved or returned', () => {
	for (const state of listingStates)
		for (const event of ['approve', 'return'] as const)
			expect(nextListingState(state, event).ok, `${state} × ${event}`).toBe(isInReview(state));
});

test('TG-15.1 on any walk a public listing was approved, and no withdrawal or lock came after', () => {
	fc.assert(
		fc.property(fc.array(fc.constantFrom(...events), { maxLength: 60 }), (walk) => {
			let state: ListingState = 'draft';
			let last: ListingEvent | null = null;
			for (const event of walk) {
				const to = nextListingState(state, event);
				if (!to.ok) continue;
				state = to.value;
				if (event === 'approve' || event === 'withdraw' || event === 'lock') last = event;
			}
			expect(isPublic(state)).toBe(last === 'approve');
		})
	);
});

test('TG-17.1 editing, sending or returning a new version leaves the approved one public', () => {
	for (const state of listingStates.filter(isPublic))
		for (const event of ['edit', 'submit', 'return'] as const) {
			const to = nextListingState(state, event);
			if (to.ok) expect(isPublic(to.value), `${state} × ${event}`).toBe(true);
		}
	expect(nextListingState('resubmitted', 'return')).toEqual({ ok: true, value: 'revision_returned' });
});

test('a version under review is not edited under the eyes of the officer', () => {
	for (const state of listingStates.filter(isInReview))
		expect(nextListingState(state, 'edit').ok).toBe(false);
});

test('a lock can always be put on, and lifts to something that is not public', () => {
	for (const state of listingStates)
		expect(nextListingState(state, 'lock').ok, state).toBe(state !== 'locked');
	expect(nextListingState('locked', 'unlock')).toEqual({ ok: true, value: 'withdrawn' });
});

test('only what is neither public, under review nor locked can be thrown away', () => {
	expect(listingStates.filter(canDiscardListing)).toEqual(['draft', 'returned', 'withdrawn']);
});

test('TG-10.2a a complete listing can be sent, one that lacks a thing cannot', () => {
	expect(submittableSchema.safeParse(good).success).toBe(true);
	for (const lack of [
		{ title: '' },
		{ categoryId: '' },
		{ price: null },
		{ price: 0 },
		{ description: 'ngắn' },
		{ wardCode: '' },
		{ payment: [] },
		{ shipping: [] },
		{ photos: [] }
	])
		expect(submittableSchema.safeParse({ ...good, ...lack }).success, JSON.stringify(lack)).toBe(false);
	expect(submittableSchema.safeParse({ ...good, photos: Array(9).fill('b'.repeat(64)) }).success).toBe(false);
});

test('TG-6.2 units, terms and certificates must be ones of the rule pack', () => {
	expect(checkAgainstPack(good, pack, '2026-11-22').ok).toBe(true);
	expect(checkAgainstPack({ ...good, unit: 'thúng' }, pack, '2026-11-22')).toMatchObject({
		refusal: { code: 'unknown_unit' }
	});
	const bad = {
		...good,
		payment: ['vàng'],
		shipping: ['ngựa'],
		certificates: [{ type: 'tự khen', number: '1', issuedBy: 'tôi', expiresOn: null }]
	};
	expect(checkAgainstPack(bad, pack, '2026-11-22')).toMatchObject({
		refusal: {
			code: 'invalid_input',
			fields: { payment: 'invalid_input', shipping: 'invalid_input', certificates: 'invalid_input' }
		}
	});
});

test('a price for large orders is not above the price', () => {
	expect(checkAgainstPack({ ...good, bulk: { from: 20, price: 80_000 } }, pack, '2026-11-22').ok).toBe(true);
	expect(checkAgainstPack({ ...good, bulk: { from: 20, price: 90_000 } }, pack, '2026-11-22')).toMatchObject({
		refusal: { fields: { bulk: 'invalid_input' } }
	});
});

test('TG-11.2 a search finds goods with or without accents, by kind, seller and both names of a place', () => {
	const text = searchTextOf({
		title: 'Sầu riêng Ri6',
		category: 'Trái cây tươi',
		seller: 'Vườn bà Tư',
		ward: 'Xã Ngũ Hiệp',
		formerly: ['Xã Tam Bình (huyện Cai Lậy)'],
		place: 'ấp Tân Đông',
		description: 'Đặc sản'
	});
	for (const query of ['sau rieng', 'SẦU RIÊNG', 'vuon ba tu', 'cai lay', 'ngũ hiệp', 'dac san', 'trai cay'])
		for (const word of searchWords(query)) expect(text, query).toContain(word);
	for (const word of searchWords('mít')) expect(text).not.toContain(word);
});

test('search words never carry a sign that means something to the database', () => {
	fc.assert(
		fc.property(fc.string({ maxLength: 80 }), (query) => {
			const words = searchWords(query);
			expect(words.length).toBeLessThanOrEqual(8);
			for (const word of words) expect(word).toMatch(/^[\p{L}\p{N}]+$/u);
		})
	);
});

test('stock at approval: what the seller left alone keeps counting, a new number is less what was ordered since', () => {
	expect(stockAtApproval({ stock: null }, null, null, 0)).toBeNull();
	expect(stockAtApproval({ stock: 50 }, null, null, 0)).toBe(50);
	expect(stockAtApproval({ stock: 50 }, { stock: 50 }, 12, 8)).toBe(12);
	expect(stockAtApproval({ stock: 80 }, { stock: 50 }, 12, 8)).toBe(72);
	expect(stockAtApproval({ stock: 5 }, { stock: 50 }, 12, 8)).toBe(0);
	expect(stockAtApproval({ stock: 5 }, { stock: null }, null, 1.5)).toBe(3.5);
});
