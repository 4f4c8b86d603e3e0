import { describe, expect, test } from 'vitest';
import { packNames } from '$lib/domain/agencies/names.ts';
import { emptyListing, type ListingContent } from '$lib/domain/listings/schema.ts';
import type { ListingPlace, MyListingView } from '$lib/sync/app.svelte.ts';
import { groupOf, isUntouched, shownListings, startFrom, todoOf } from './groups.ts';
import { missingFields } from './missing.ts';
import { placeWords, ranOutOf } from './place-words.ts';
import { texts } from './texts.ts';

const setting = { t: texts.vi, locale: 'vi', names: packNames(null), online: true } as const;
const durian: ListingContent = {
	...emptyListing,
	title: 'Sầu riêng Ri6',
	categoryId: 'trai-cay',
	price: 85_000,
	description: 'Sầu riêng cơm vàng hạt lép, vườn nhà cắt trong ngày.',
	wardCode: '28420',
	payment: ['tien-mat'],
	shipping: ['chanh-xe'],
	photos: ['a'.repeat(64)]
};
const listing = (place: ListingPlace, more: Partial<MyListingView> = {}): MyListingView => ({
	id: '00000000-0000-4000-8000-000000000001',
	content: durian,
	server: null,
	draft: null,
	state: 'draft',
	place,
	editable: true,
	unsaved: false,
	photos: [],
	pending: [],
	restock: null,
	changedAt: '2026-11-18T01:12:00Z',
	...more
});
const words = (place: ListingPlace, more: Partial<MyListingView> = {}, online = true) =>
	placeWords(listing(place, more), { ...setting, online });

const onServer: NonNullable<MyListingView['server']> = {
	id: '00000000-0000-4000-8000-000000000001',
	state: 'approved',
	rev: 2,
	content: durian,
	storedPhotos: [],
	hiddenFor: 'attp',
	review: null,
	publishedRev: 2,
	updatedAt: '2026-11-18T01:12:00Z'
};

describe('where a listing is, in words', () => {
	test('on the phone it is called on the phone, with its photos', () => {
		expect(words({ at: 'on_device' })).toMatchObject({
			label: 'Trên máy này',
			detail: 'chưa gửi duyệt · 1 hình',
			tone: 'quiet',
			progress: null
		});
	});

	test('TG-12 hidden for a paper that ran out is said with the paper, whatever else is under way', () => {
		const server = onServer;
		const approved = { at: 'approved', decidedAt: null } as const;
		expect(words(approved, { state: 'approved', server })).toMatchObject({
			label: 'Đang tạm ẩn',
			detail: 'hết hạn: attp',
			tone: 'brick'
		});
		expect(words({ at: 'on_device' }, { state: 'approved', server }).detail).toContain('hết hạn: attp');
		expect(words(approved, { state: 'approved', server: { ...server, hiddenFor: null } }).label).not.toBe(
			'Đang tạm ẩn'
		);
		// It is not found under what is on sale, but under what the seller has to see to.
		expect(groupOf(listing(approved, { state: 'approved', server }))).toBe('fix');
		expect(groupOf(listing(approved, { state: 'approved', server: { ...server, hiddenFor: null } }))).toBe(
			'live'
		);
	});

	test('TG-6.3 a certificate that ran out is named to its seller from the day after its last one', () => {
		const vietgap = { type: 'vietgap', number: '', issuedBy: '', expiresOn: '2026-11-20' };
		const server = {
			content: {
				...durian,
				certificates: [vietgap, { ...vietgap, number: '2' }, { ...vietgap, expiresOn: null }]
			}
		};
		const of = (state: 'approved' | 'withdrawn', today: string) =>
			ranOutOf(listing({ at: 'on_device' }, { state, server: { ...onServer, ...server } }), today);
		expect(of('approved', '2026-11-20')).toEqual([]);
		expect(of('approved', '2026-11-21')).toEqual(['vietgap']);
		expect(of('withdrawn', '2026-11-21')).toEqual([]);
	});

	test('on its way it counts photos, and waits for a network without one', () => {
		const place = { at: 'sending', sentPhotos: 2, totalPhotos: 5, photoRefusal: null } as const;
		expect(words(place)).toMatchObject({
			label: 'Đang gửi',
			detail: 'đã xong 2 trong 5 hình',
			progress: { done: 2, of: 5 }
		});
		expect(words(place, {}, false).label).toBe('Đang chờ mạng để gửi');
		expect(words({ ...place, sentPhotos: 5 })).toMatchObject({ detail: 'đang gửi phần chữ', progress: null });
	});

	test('TG-10.2b received names the code, the receipt and the last day', () => {
		expect(
			words({
				at: 'received',
				code: 'TG-42-17',
				receivedAt: '2026-11-19T01:12:00Z',
				dueAt: '2026-11-25T17:00:00Z',
				lastDay: '2026-11-25',
				agencyName: 'Sở Nông nghiệp và Môi trường'
			})
		).toMatchObject({
			label: 'Đã nhận, mã TG-42-17',
			detail: 'nhận lúc 19/11/2026 08:12, duyệt xong trước hết Thứ Tư 25/11'
		});
	});

	test('TG-17.1 a revision under way says that the approved version stays on sale', () => {
		expect(words({ at: 'on_device' }, { state: 'revising' }).detail).toContain('bản đã duyệt vẫn đang bán');
		expect(words({ at: 'approved', decidedAt: null }, { state: 'approved' }).detail).toBe('');
	});

	test('sync 2: a refused sending says why, sync 4: two versions ask for a choice', () => {
		expect(
			words({ at: 'refused', commandId: 'x', refusal: { code: 'seller_not_confirmed' } }).detail
		).toContain('chưa được sở quản lý xác nhận');
		const draft = {
			listingId: 'x',
			base: 1,
			ancestor: emptyListing,
			content: durian,
			conflicts: { price: 90_000 },
			createdAt: '',
			updatedAt: ''
		};
		expect(words({ at: 'on_device' }, { draft }).label).toBe('Sửa trên hai máy');
		expect(groupOf(listing({ at: 'on_device' }, { draft }))).toBe('fix');
	});
});

describe('the list', () => {
	const untouched = listing({ at: 'on_device' }, { content: { ...emptyListing, wardCode: '28420' } });

	test('an empty new listing takes no line', () => {
		expect(isUntouched(untouched)).toBe(true);
		expect(isUntouched(listing({ at: 'on_device' }))).toBe(false);
		expect(shownListings([untouched], '', '')).toEqual([]);
	});

	test('the search does not mind accents, and the newest work comes first', () => {
		const older = listing({ at: 'on_device' });
		const newer = listing({ at: 'withdrawn' }, { id: 'newer', changedAt: '2026-11-20T01:12:00Z' });
		expect(shownListings([older, newer], '', 'sau rieng ri6').map(({ id }) => id)).toEqual([
			'newer',
			older.id
		]);
		expect(shownListings([older, newer], 'ended', '').map(({ id }) => id)).toEqual(['newer']);
		expect(shownListings([older, newer], '', 'xoài')).toEqual([]);
	});

	test('a new listing starts with the area and terms of the last one, not with its goods', () => {
		expect(startFrom([untouched, listing({ at: 'on_device' })])).toEqual({
			wardCode: '28420',
			place: '',
			payment: ['tien-mat'],
			shipping: ['chanh-xe'],
			shippingTerms: '',
			deliveryDays: null
		});
		expect(startFrom([])).toEqual({});
	});

	test('what was sent back comes first, and only orders that can be confirmed are asked for', () => {
		const returned = listing({ at: 'returned', code: 'TG-1', decidedAt: null, reasonCodes: [], note: '' });
		const todo = todoOf([returned, listing({ at: 'on_device' })], [], '2026-11-30');
		expect(todo.fix).toEqual([returned]);
		expect(todo.confirm).toEqual([]);
	});

	test('TG-12 goods hidden for one paper of the business are one thing to do; those with a certificate of their own are corrected', () => {
		const approved = { at: 'approved', decidedAt: null } as const;
		const jam = listing(approved, { state: 'approved', server: onServer });
		const own = { type: 'attp', number: '1', issuedBy: '', expiresOn: '2026-11-29' };
		const sweets = listing(approved, {
			state: 'approved',
			server: { ...onServer, content: { ...durian, certificates: [own] } }
		});
		const todo = todoOf([jam, sweets, jam], [], '2026-11-30');
		expect(todo.hidden).toEqual([{ paper: 'attp', listings: [jam, jam] }]);
		expect(todo.fix).toEqual([sweets]);
	});
});

describe('what is missing', () => {
	test('TG-10.2a an empty listing names every needed field in the order of the form', () => {
		expect(missingFields(emptyListing, null, '2026-11-22')).toEqual([
			'photos',
			'title',
			'categoryId',
			'price',
			'description',
			'wardCode',
			'payment',
			'shipping'
		]);
	});

	test('TG-10.2a a complete listing lacks nothing, a price of nothing is no price', () => {
		expect(missingFields(durian, null, '2026-11-22')).toEqual([]);
		expect(missingFields({ ...durian, price: 0 }, null, '2026-11-22')).toEqual(['price']);
		expect(missingFields({ ...durian, description: '   quá ngắn   ' }, null, '2026-11-22')).toEqual([
			'description'
		]);
	});
});
