import { describe, expect, test } from 'vitest';
import type { PublicListing } from '$lib/domain/listings/schema.ts';
import { newestById, type StoredDoc } from '../store/documents.ts';
import { CatalogueIndex } from './catalogue.ts';

const listing = (id: string, over: Partial<PublicListing> = {}): PublicListing => ({
	id,
	rev: 1,
	title: 'Sầu riêng Ri6',
	categoryId: 'trai-cay',
	sectorId: 'nong-san',
	price: 85_000,
	unit: 'kg',
	bulk: null,
	stock: null,
	minimum: null,
	description: '',
	ingredients: '',
	packing: '',
	wardCode: '28516',
	wardName: 'Xã Ngũ Hiệp',
	formerly: 'Xã Tam Bình (huyện Cai Lậy)',
	place: '',
	growingAreaCode: '',
	certificates: [],
	payment: [],
	shipping: [],
	shippingTerms: '',
	deliveryDays: null,
	photos: [],
	seller: { id: 's', name: 'Vườn bà Tư', phone: '' },
	agency: { id: 'so-nnmt', name: 'Sở' },
	approvedAt: '2026-11-20T01:00:00.000Z',
	...over
});
const doc = (data: PublicListing, version = 1): StoredDoc<PublicListing> => ({
	key: `public|${data.id}`,
	audience: 'public',
	id: data.id,
	version,
	round: 1,
	order: -Date.parse(data.approvedAt),
	data
});
function index(...docs: StoredDoc<PublicListing>[]): CatalogueIndex {
	const made = new CatalogueIndex();
	made.rebuild(newestById(docs), (id) => (id === 'trai-cay' ? 'Trái cây' : ''));
	return made;
}

describe('the catalogue on the device', () => {
	const all = index(
		doc(listing('a')),
		doc(
			listing('b', { title: 'Đường thốt nốt', categoryId: 'duong', approvedAt: '2026-11-21T01:00:00.000Z' })
		),
		doc(
			listing('c', { title: 'Xoài cát Hòa Lộc', wardCode: '1', seller: { id: 't', name: 'HTX', phone: '' } })
		)
	);
	const found = (q: string) => all.search({ q }).items.map((item) => item.id);

	test.each([
		['sau rieng', ['a']],
		['SẦU RIÊNG', ['a']],
		['duong', ['b']],
		['đường', ['b']],
		['trai cay', ['a', 'c']],
		['tam binh rieng', ['a']],
		['ba tu', ['b', 'a']],
		['sầu xoài', []]
	])('%s finds %j whatever the accents, by title, kind, seller and place', (q, ids) => {
		expect(found(q)).toEqual(ids);
	});

	test('the newest approved comes first, filters and limit apply, the total counts all', () => {
		expect(all.search({}).items.map((item) => item.id)).toEqual(['b', 'a', 'c']);
		expect(all.search({ categoryId: 'trai-cay', limit: 1 })).toMatchObject({
			total: 2,
			items: [{ id: 'a' }]
		});
		expect(all.search({ wardCode: '1' }).items.map((item) => item.id)).toEqual(['c']);
		expect(all.search({ sellerId: 't' }).items.map((item) => item.id)).toEqual(['c']);
	});

	test('a changed listing is found by its new words, one taken away not at all', () => {
		const made = index(doc(listing('a')));
		made.rebuild(newestById([doc(listing('a', { title: 'Mít Thái' }), 2)]), () => '');
		expect(made.search({ q: 'mit thai' }).total).toBe(1);
		expect(made.search({ q: 'sau rieng' }).total).toBe(0);
		made.rebuild(new Map(), () => '');
		expect(made.search({}).total).toBe(0);
		expect(made.listing('a')).toBeNull();
	});
});
