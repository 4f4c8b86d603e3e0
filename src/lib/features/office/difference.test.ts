import { describe, expect, test } from 'vitest';
import { emptyListing, type ListingContent } from '$lib/domain/listings/schema.ts';
import { changedPart, changedRows, contentRows, rowFields } from './difference.ts';

const before: ListingContent = {
	...emptyListing,
	title: 'Dừa sáp trái to',
	price: 160_000,
	unit: 'trai',
	description: 'Dừa sáp hái tại vườn, cơm dẻo, giao trong ngày.'
};

describe('difference to the version that is public', () => {
	test('every field of the form is read in exactly one line', () => {
		const read = contentRows.flatMap((row) => rowFields[row]).toSorted();
		expect(read).toEqual(Object.keys(emptyListing).toSorted());
	});

	test('the same version has no changed line', () => {
		expect(changedRows(before, structuredClone(before))).toEqual([]);
	});

	test.each<[string, Partial<ListingContent>, string[]]>([
		['price', { price: 140_000 }, ['price']],
		['only the unit', { unit: 'kg' }, ['price']],
		['growing area, from nothing', { place: 'Ấp 3', growingAreaCode: 'VN-TVOR-0031' }, ['area']],
		['a stock of 0 is not "not stated"', { stock: 0 }, ['stock']],
		['order of photos', { photos: ['b', 'a'] }, ['photos']],
		['several', { title: 'Dừa sáp', shippingTerms: 'Miễn phí nội ô' }, ['title', 'shipping']]
	])('%s', (_, change, rows) => {
		expect(changedRows(before, { ...before, ...change })).toEqual(rows);
	});
});

describe('the changed part of a long text', () => {
	test('only the words in the middle are marked', () => {
		expect(
			changedPart('Dừa sáp ngon, giao trong ngày.', 'Dừa sáp ngon nhất miền Tây, giao trong ngày.')
		).toEqual([
			{ text: 'Dừa sáp ', changed: false },
			{ text: 'ngon nhất miền Tây,', changed: true },
			{ text: ' giao trong ngày.', changed: false }
		]);
	});
	test('words added at the end', () => {
		expect(changedPart('Hái tại vườn', 'Hái tại vườn nhà')).toEqual([
			{ text: 'Hái tại vườn ', changed: false },
			{ text: 'nhà', changed: true }
		]);
	});
	test('a part taken away leaves nothing to mark', () => {
		expect(changedPart('một hai ba', 'một ba').filter((piece) => piece.changed)).toEqual([]);
	});
	test('a repeated word is not counted twice', () => {
		const pieces = changedPart('rất rất ngon', 'rất rất rất ngon');
		expect(pieces.map((piece) => piece.text).join('')).toBe('rất rất rất ngon');
		expect(pieces.filter((piece) => piece.changed)).toEqual([{ text: 'rất', changed: true }]);
	});
});
