import { describe, expect, test } from 'vitest';
import { packNames } from '$lib/domain/agencies/names.ts';
import type { ListingContent } from '$lib/domain/listings/schema.ts';
import { contentWords, expiredCertificates, percent, type ContentNames } from './content-words.ts';
import { contentRows } from './difference.ts';
import { coconut, pack } from './test-world.ts';

const around: ContentNames = {
	names: packNames(pack),
	wards: [{ code: '28477', name: 'Xã Ngũ Hiệp', formerly: [] }],
	locale: 'vi'
};
const nbsp = '\u00a0';

describe('a listing in the words a reviewer reads', () => {
	test.each<[Parameters<typeof contentWords>[0], Partial<ListingContent>, string]>([
		['category', {}, 'Trái cây tươi'],
		['price', {}, `140.000${nbsp}đ / trái`],
		['price', { price: null }, ''],
		['bulk', { bulk: { from: 20, price: 120_000 } }, `từ 20${nbsp}trái: 120.000${nbsp}đ / trái`],
		['stock', { stock: 0 }, `0${nbsp}trái`],
		['stock', {}, ''],
		['area', { growingAreaCode: 'VN-TGOR-0031' }, 'Ấp 3, Xã Ngũ Hiệp · VN-TGOR-0031'],
		['area', { place: '', wardCode: '' }, ''],
		['payment', {}, 'Tiền mặt khi nhận hàng'],
		['shipping', { shippingTerms: 'Miễn phí nội ô' }, 'Tự đến lấy tại nơi bán · Miễn phí nội ô'],
		['deliveryDays', { deliveryDays: 0 }, 'giao trong ngày'],
		['photos', {}, '1 hình'],
		[
			'certificates',
			{ certificates: [{ type: 'ocop', number: '12/QĐ', issuedBy: 'UBND tỉnh', expiresOn: '2028-03-01' }] },
			'OCOP · số 12/QĐ · UBND tỉnh · hết hạn 01/03/2028'
		]
	])('%s %j', (row, change, words) => {
		expect(contentWords(row, { ...coconut, ...change }, around)).toBe(words);
	});
	test('an id the pack no longer knows stands for itself, nothing is hidden from the officer', () => {
		expect(contentWords('category', { ...coconut, categoryId: 'la-lung' }, around)).toBe('la-lung');
		expect(contentWords('area', { ...coconut, place: '', wardCode: '99999' }, around)).toBe('99999');
	});
	test('every line has words in English too', () => {
		for (const row of contentRows)
			expect(typeof contentWords(row, coconut, { ...around, locale: 'en' })).toBe('string');
	});
	test('TG-6.3 a certificate is good on its last day and not after', () => {
		const certificate = { type: 'ocop', number: '', issuedBy: '', expiresOn: '2026-11-22' };
		const content = { ...coconut, certificates: [certificate, { ...certificate, expiresOn: null }] };
		expect(expiredCertificates(content, '2026-11-22')).toEqual([]);
		expect(expiredCertificates(content, '2026-11-23')).toEqual([certificate]);
	});
	test('a share of nothing is no figure', () => {
		expect(percent(0, 0, 'vi')).toBeNull();
		expect(percent(27, 28, 'vi')).toBe('96,4%');
		expect(percent(1, 1, 'en')).toBe('100%');
	});
});
