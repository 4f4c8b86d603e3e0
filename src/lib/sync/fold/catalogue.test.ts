import { afterEach, describe, expect, test, vi } from 'vitest';
import type { PublicListing } from '$lib/domain/listings/schema.ts';
import { CatalogueIndex, type CatalogueState } from './catalogue.ts';
import { everything } from './follows.ts';
import type { KnownListing } from './packed.ts';

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
const doc = (data: PublicListing, version = 1): KnownListing => ({ id: data.id, version, data });
/** As a pack without a head. */
const text = (...docs: KnownListing[]): Uint8Array =>
	new TextEncoder().encode(
		docs.map(({ version, data }) => `${JSON.stringify({ v: version, d: data })}\n`).join('')
	);
const state = (over: Partial<CatalogueState> = {}): CatalogueState => ({
	overlay: [],
	hidden: new Map(),
	follows: everything,
	coming: false,
	...over
});
const names = (id: string) => (id === 'trai-cay' ? 'Trái cây' : '');
async function index(...overlay: KnownListing[]): Promise<CatalogueIndex> {
	const made = new CatalogueIndex(names);
	await made.show(state({ overlay }));
	return made;
}
const ids = (made: CatalogueIndex, q = ''): string[] => made.search({ q }).items.map((item) => item.id);

describe('the catalogue on the device', async () => {
	const all = await index(
		doc(listing('a')),
		doc(
			listing('b', { title: 'Đường thốt nốt', categoryId: 'duong', approvedAt: '2026-11-21T01:00:00.000Z' })
		),
		doc(
			listing('c', { title: 'Xoài cát Hòa Lộc', wardCode: '1', seller: { id: 't', name: 'HTX', phone: '' } })
		)
	);

	test.each([
		['sau rieng', ['a']],
		['SẦU RIÊNG', ['a']],
		['duong', ['b']],
		['đường', ['b']],
		['trai cay', ['a', 'c']],
		['tam binh rieng', ['a']],
		['ba tu', ['b', 'a']],
		['sầu xoài', []]
	])('%s finds %j whatever the accents, by title, kind, seller and place', (q, due) => {
		expect(ids(all, q)).toEqual(due);
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

	test('a changed listing is found by its new words, one taken away not at all', async () => {
		const made = await index(doc(listing('a')));
		await made.show(state({ overlay: [doc(listing('a', { title: 'Mít Thái' }), 2)] }));
		expect(made.search({ q: 'mit thai' }).total).toBe(1);
		expect(made.search({ q: 'sau rieng' }).total).toBe(0);
		await made.show(state());
		expect(made.search({}).total).toBe(0);
		expect(made.listing('a')).toBeNull();
	});
});

describe('sync 10: packs and what changed since', () => {
	const on = (day: number) => `2026-11-${day}T01:00:00.000Z`;
	const packed = async (...docs: KnownListing[]) => {
		const made = new CatalogueIndex(names);
		await made.addPack({ hash: 'p', bytes: text(...docs) });
		return made;
	};

	test('sync 10: of a pack and the overlay the higher version is shown, once', async () => {
		const made = await packed(doc(listing('a'), 5), doc(listing('b'), 5));
		const overlay = [doc(listing('a', { title: 'Mít Thái' }), 6), doc(listing('b', { title: 'Ổi lê' }), 4)];
		await made.show(state({ overlay }));
		expect(made.listing('a')?.title).toBe('Mít Thái');
		expect(made.listing('b')?.title).toBe('Sầu riêng Ri6');
		expect(ids(made)).toHaveLength(2);
		await made.addPack({ hash: 'q', bytes: text(doc(listing('b', { title: 'Ổi ruby' }), 7)) });
		await made.show(state({ overlay }));
		expect(made.listing('b')?.title).toBe('Ổi ruby');
	});

	test('sync 10: what left the public is not shown from a pack, and is when it comes back', async () => {
		const made = await packed(doc(listing('a'), 5), doc(listing('b'), 5), doc(listing('c'), 5));
		const hidden = new Map([
			['a', Infinity],
			['b', 6],
			['c', 4]
		]);
		await made.show(state({ hidden }));
		expect(ids(made)).toEqual(['c']);
		expect(made.listing('a')).toBeNull();
		await made.show(state({ hidden, overlay: [doc(listing('b'), 7)] }));
		expect(ids(made)).toEqual(['b', 'c']);
	});

	test('sync 10: a narrowed device shows what it follows, whatever its packs and the overlay hold besides', async () => {
		const made = await packed(doc(listing('a')), doc(listing('b', { wardCode: '1' })));
		const overlay = [doc(listing('c', { sectorId: 'thu-cong' })), doc(listing('d'))];
		await made.show(state({ overlay, follows: { sectors: ['nong-san'], wards: ['28516'] } }));
		expect(ids(made)).toEqual(['a', 'd']);
		await made.show(state({ overlay, follows: { sectors: ['thu-cong'], wards: [] } }));
		expect(ids(made)).toEqual(['c']);
	});

	test('sync 10: while packs come, what is shown keeps its place; the order is right when all are here', async () => {
		const made = await packed(
			doc(listing('b', { approvedAt: on(20) })),
			doc(listing('d', { approvedAt: on(18) }))
		);
		await made.show(state({ coming: true }));
		expect(ids(made)).toEqual(['b', 'd']);
		await made.addPack({
			hash: 'q',
			bytes: text(doc(listing('c', { approvedAt: on(19) })), doc(listing('a', { approvedAt: on(21) })))
		});
		await made.show(state({ coming: true }));
		expect(ids(made)).toEqual(['b', 'd', 'a', 'c']);
		await made.show(state());
		expect(ids(made)).toEqual(['a', 'b', 'c', 'd']);
	});

	test('sync 10: a pack read while it is being stored is shown once it is added, under the names of that day', async () => {
		const made = await packed(doc(listing('a')));
		const pack = { hash: 'q', bytes: text(doc(listing('b'))) };
		await made.readAhead(pack);
		await made.show(state());
		expect(ids(made)).toEqual(['a']);
		await made.addPack(pack);
		await made.show(state());
		expect(ids(made, 'trai cay')).toEqual(['a', 'b']);
		made.rename(() => 'Hoa quả');
		expect([ids(made, 'trai cay'), ids(made, 'hoa qua')]).toEqual([[], ['a', 'b']]);
	});

	test('sync 10: a pack that is no longer named is forgotten', async () => {
		const made = await packed(doc(listing('a')));
		await made.addPack({ hash: 'q', bytes: text(doc(listing('b'))) });
		made.keepPacks(new Set(['q']));
		await made.show(state());
		expect(ids(made)).toEqual(['b']);
		expect(made.hasPack('p')).toBe(false);
	});
});

describe('sync 10: a large catalogue leaves the thread to others', () => {
	afterEach(() => {
		vi.restoreAllMocks();
		vi.unstubAllGlobals();
	});

	test('sync 10: between packs, between halves of a list and every fifty texts the browser has its turn', async () => {
		let [now, turns] = [0, 0];
		// On this clock all work lasts longer than a slice, so that every place where others may come in is seen.
		vi.spyOn(performance, 'now').mockImplementation(() => (now += 20));
		vi.stubGlobal('scheduler', { yield: async () => void (turns += 1) });
		const during = async (work: () => Promise<void>): Promise<number> => {
			const before = turns;
			await work();
			return turns - before;
		};
		const [packs, goods] = [32, 100];
		const all = Array.from({ length: packs }, (_, nth) => ({
			hash: `p${nth}`,
			bytes: text(...Array.from({ length: goods }, (_, row) => doc(listing(`${nth}-${row}`))))
		}));
		const made = new CatalogueIndex(names);
		const read = async () => {
			for (const pack of all.slice(0, 8)) await made.readAhead(pack);
		};
		const add = async () => {
			for (const pack of all) await made.addPack(pack);
		};
		expect(await during(read)).toBe(8);
		expect(await during(add)).toBe(packs);
		// Thirty-two lists and the overlay become one in six rounds of pairs; twice more for what is shown of them.
		expect(await during(() => made.show(state()))).toBe(2 + 17 + 9 + 5 + 3 + 2 + 1);
		expect(made.shown).toBe(packs * goods);
		expect(await during(() => made.prepareSearch())).toBe((packs * goods) / 50);
		expect(made.search({ q: 'sau rieng' }).total).toBe(packs * goods);
	});
});
