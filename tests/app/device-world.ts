import type { Actor } from '$lib/domain/accounts/permissions.ts';
import { noBusinessRules, type RulePack, type Ward } from '$lib/domain/agencies/schema.ts';
import {
	emptyListing,
	type ListingContent,
	type MyListing,
	type PublicListing
} from '$lib/domain/listings/schema.ts';
import { addDays, vietnamDay } from '$lib/domain/calendar/working-days.ts';
import {
	needDocId,
	type NeedContent,
	type OwnNeed,
	type OwnOffer,
	type PublicNeed
} from '$lib/domain/needs/schema.ts';
import type { NotificationDoc } from '$lib/domain/notifications/schema.ts';
import type { OrderDoc } from '$lib/domain/orders/schema.ts';
import { proposalDocId, type ProposalDoc } from '$lib/domain/proposals/schema.ts';
import { startDevice } from '$lib/sync/app.svelte.ts';
import { applyPage } from '$lib/sync/engine/apply-page.ts';
import type { Audience, CollectionDoc, CollectionName } from '$lib/sync/protocol/collections.ts';
import { openStore, type Store } from '$lib/sync/store/store.ts';
import { WhoIsHere } from '$lib/sync/store/who.ts';

/** A phone that was online yesterday: bà Tư is signed in, her documents are in its store, and no server answers. */
const uuid = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const at = '2026-11-18T01:12:00.000Z';

export const baTu: Actor = {
	id: uuid(1),
	name: 'Nguyễn Thị Tư',
	roles: ['buyer', 'seller'],
	posts: [],
	businessId: uuid(2)
};
const chiLan = uuid(3);
const chuBa = uuid(4);

const inForce = { effectiveFrom: '2023-05-01', effectiveTo: null };
export const pack: RulePack = {
	id: 'tien-giang',
	name: 'Tiền Giang',
	siteName: 'Sàn giao dịch điện tử Tiền Giang',
	province: { code: '82', name: 'Tỉnh Đồng Tháp', legacyCode: '82', legacyName: 'Tỉnh Tiền Giang' },
	codePrefix: 'TG',
	agencies: [
		{
			id: 'so-nnmt',
			name: 'Sở Nông nghiệp và Môi trường',
			shortName: 'Nông nghiệp và Môi trường',
			kind: 'department',
			address: 'phường Mỹ Tho',
			phone: '0273 3873 269',
			email: 'so@san-tinh.example',
			successorId: null,
			...inForce
		}
	],
	sectors: [{ id: 'nong-san', name: 'Nông sản, thực phẩm', agencyId: 'so-nnmt', ...inForce }],
	categories: [
		{ id: 'trai-cay', name: 'Trái cây tươi', sectorId: 'nong-san', ocop: 'I.1' },
		{ id: 'mat-ong', name: 'Mật ong', sectorId: 'nong-san', ocop: 'I.2' }
	],
	units: [
		{ id: 'kg', name: 'kg', decimals: 1 },
		{ id: 'trai', name: 'trái', decimals: 0 }
	],
	paymentMethods: [
		{ id: 'tien-mat', name: 'Tiền mặt khi nhận hàng' },
		{ id: 'chuyen-khoan', name: 'Chuyển khoản ngân hàng' }
	],
	shippingMethods: [
		{ id: 'chanh-xe', name: 'Gửi chành xe, xe khách' },
		{ id: 'tu-den-lay', name: 'Tự đến lấy tại nơi bán' }
	],
	certificateTypes: [{ id: 'vietgap', name: 'VietGAP' }],
	returnReasons: [{ id: 'chung-nhan-het-han', text: 'Giấy chứng nhận đã hết hạn.', clause: 'TG-6.3' }],
	deadlines: [{ kind: 'listing', workingDays: 3, soonHours: 24, clause: 'TG-10.2b', ...inForce }],
	businesses: noBusinessRules,
	assignment: 'least_open',
	calendar: { off: [], workingSaturdays: [] },
	texts: { operator: 'Sở Công Thương', contact: '0273 3873 269', notice: 'Sàn không thu tiền.' }
};
const wards: Ward[] = [
	{ code: '28477', name: 'Xã Ngũ Hiệp', formerly: ['Xã Tam Bình (huyện Cai Lậy)'] },
	{ code: '28261', name: 'Phường Mỹ Tho', formerly: ['Phường 1 (thành phố Mỹ Tho)'] }
];

export const durian: ListingContent = {
	...emptyListing,
	title: 'Sầu riêng Ri6',
	categoryId: 'trai-cay',
	price: 98_000,
	bulk: { from: 50, price: 92_000 },
	minimum: 3,
	stock: 400,
	description: 'Sầu riêng cơm vàng hạt lép, vườn nhà cắt trong ngày.',
	wardCode: '28477',
	place: 'Ấp Tân Sơn',
	certificates: [{ type: 'vietgap', number: 'VG-12', issuedBy: 'Sở', expiresOn: '2030-01-01' }],
	payment: ['tien-mat'],
	shipping: ['chanh-xe'],
	deliveryDays: 2,
	photos: ['a'.repeat(64)]
};

const mine = (n: number, more: Partial<MyListing>): MyListing => ({
	id: uuid(n),
	state: 'draft',
	rev: 1,
	content: durian,
	storedPhotos: durian.photos,
	review: null,
	publishedRev: null,
	updatedAt: at,
	...more
});
const review: NonNullable<MyListing['review']> = {
	code: 'TG-44-73',
	agencyName: 'Sở Nông nghiệp và Môi trường',
	receivedAt: at,
	dueAt: '2026-11-20T17:00:00.000Z',
	lastDay: '2026-11-20',
	decidedAt: null,
	decision: null,
	reasonCodes: [],
	note: ''
};
export const inReview = mine(11, { state: 'submitted', review, content: { ...durian, title: 'Mít Thái' } });
export const returned = mine(12, {
	state: 'returned',
	content: { ...durian, title: 'Sầu riêng trái nhỏ' },
	review: {
		...review,
		decidedAt: at,
		decision: 'returned',
		reasonCodes: ['chung-nhan-het-han'],
		note: 'Bà chụp lại giấy còn hạn giúp.'
	}
});
export const onSale = mine(13, {
	state: 'approved',
	publishedRev: 1,
	content: { ...durian, title: 'Chuối xiêm' },
	review: { ...review, decidedAt: at, decision: 'approved' }
});

export const pomelo: PublicListing = {
	id: uuid(21),
	rev: 1,
	title: 'Bưởi da xanh',
	categoryId: 'trai-cay',
	sectorId: 'nong-san',
	price: 45_000,
	unit: 'kg',
	bulk: { from: 20, price: 40_000 },
	stock: 120,
	minimum: 2,
	description: 'Bưởi da xanh ruột hồng.',
	ingredients: '',
	packing: 'Thùng giấy 10 kg',
	wardCode: '28261',
	wardName: 'Phường Mỹ Tho',
	formerly: 'Phường 1 (thành phố Mỹ Tho)',
	place: 'Khu phố 2',
	growingAreaCode: 'VN-TGOR-0095',
	certificates: durian.certificates,
	payment: ['tien-mat', 'chuyen-khoan'],
	shipping: ['chanh-xe'],
	shippingTerms: 'Miễn phí trong phường.',
	deliveryDays: 1,
	photos: [],
	seller: { id: uuid(5), name: 'Vườn chú Ba', phone: '0900000002' },
	agency: { id: 'so-nnmt', name: 'Sở Nông nghiệp và Môi trường' },
	approvedAt: at
};

/** What the market says of goods on sale: orders have counted the stock down. */
const publicOnSale: PublicListing = {
	...pomelo,
	id: onSale.id,
	title: onSale.content.title,
	stock: 12,
	seller: { id: uuid(2), name: 'Vườn bà Tư', phone: '0900000001' }
};

export const sold: OrderDoc = {
	id: uuid(31),
	code: 'TG-D18-50',
	state: 'awaiting_confirmation',
	rev: 2,
	listing: { id: onSale.id, title: 'Chuối xiêm', unit: 'kg', thumb: null },
	quantity: 10,
	unitPrice: 18_000,
	total: 180_000,
	buyer: { id: chiLan },
	contact: { name: 'Trần Ngọc Lan', phone: '0900000003', address: '12 Lê Lợi', wardCode: '' },
	seller: { id: uuid(2), accountId: baTu.id, name: 'Vườn bà Tư', phone: '0900000001' },
	payment: 'tien-mat',
	shipping: 'chanh-xe',
	carrier: '',
	trackingCode: '',
	shippingFee: null,
	note: 'Giao sau 17 giờ',
	timeline: [
		{ state: 'placed', at, by: 'buyer', reason: '' },
		{ state: 'awaiting_confirmation', at, by: 'exchange', reason: '' }
	],
	placedAt: at,
	updatedAt: at
};
const bought: OrderDoc = {
	...sold,
	id: uuid(32),
	code: 'TG-D18-51',
	state: 'cancelled',
	buyer: { id: baTu.id },
	contact: { name: 'Nguyễn Thị Tư', phone: '0900000001', address: 'Ấp Tân Sơn', wardCode: '' },
	seller: { id: uuid(5), accountId: chuBa, name: 'Vườn chú Ba', phone: '0900000002' },
	timeline: [...sold.timeline, { state: 'cancelled', at, by: 'seller', reason: 'Hết hàng' }]
};
const notice: NotificationDoc = {
	id: uuid(41),
	kind: 'order_new',
	subjectId: sold.id,
	facts: { code: sold.code, title: 'Chuối xiêm', state: sold.state },
	at,
	readAt: null
};

export const proposed: ProposalDoc = {
	kind: 'proposal',
	id: uuid(51),
	code: 'TG-G12-30',
	topic: 'feature',
	text: 'Xin thêm nút in mã vạch cho từng lô.',
	state: 'accepted',
	sentAt: at,
	answer: 'Sẽ có trong bản sau Tết.',
	answeredBy: 'Lý Thu Hoa',
	answeredAt: at,
	updatedAt: at
};

/** A day far enough ahead: the phone's own clock says what has ended. */
const until = addDays(vietnamDay(Date.now()), 20);
const wantedContent: NeedContent = {
	title: 'Cần mua sầu riêng Ri6 loại 1 cho cửa hàng',
	categoryId: 'trai-cay',
	quantity: 200,
	unit: 'kg',
	rhythm: 'week',
	price: 95_000,
	description: 'Trái từ 2 đến 4 kg, cơm vàng, giao buổi sáng.',
	wardCode: '28261',
	until
};
export const wanted: PublicNeed = {
	kind: 'need',
	id: uuid(61),
	rev: 1,
	...wantedContent,
	sectorId: 'nong-san',
	wardName: 'Phường Mỹ Tho',
	agency: { id: 'so-nnmt', name: 'Sở Nông nghiệp và Môi trường' },
	approvedAt: at
};
export const ownNeed: OwnNeed = {
	kind: 'own',
	id: uuid(62),
	state: 'approved',
	rev: 1,
	content: { ...wantedContent, title: 'Cần 50 thùng giấy 10 kg', price: null, rhythm: 'month' },
	review: { ...review, decidedAt: at, decision: 'approved' },
	offers: [
		{
			id: uuid(71),
			listing: { id: pomelo.id, title: pomelo.title, unit: 'kg' },
			seller: pomelo.seller,
			quantity: 40,
			sentAt: at,
			droppedFor: null
		},
		{
			id: uuid(72),
			listing: { id: uuid(29), title: 'Bưởi năm roi', unit: 'kg' },
			seller: { id: uuid(6), name: 'Vườn cô Sáu' },
			quantity: 15,
			sentAt: at,
			droppedFor: null
		}
	],
	updatedAt: at
};
export const returnedNeed: OwnNeed = {
	...ownNeed,
	id: uuid(63),
	state: 'returned',
	content: { ...ownNeed.content, title: 'Cần phân hữu cơ' },
	review: {
		...review,
		decidedAt: at,
		decision: 'returned',
		reasonCodes: ['chung-nhan-het-han'],
		note: 'Bỏ số điện thoại.'
	},
	offers: []
};
const ownOffer: OwnOffer = {
	kind: 'offer',
	id: uuid(73),
	state: 'sent',
	droppedFor: null,
	need: { id: wanted.id, title: wanted.title },
	listing: { id: onSale.id, title: 'Chuối xiêm', unit: 'kg' },
	quantity: 30,
	sentAt: at,
	updatedAt: at
};

const docId = (doc: { readonly id: string }): string => {
	if (!('kind' in doc)) return doc.id;
	const { kind, id } = doc;
	if (kind === 'need' || kind === 'own' || kind === 'offer') return needDocId({ kind, id });
	return kind === 'proposal' ? proposalDocId(id) : id;
};

/** Puts documents into the store as a pull does. */
export async function pulled<C extends CollectionName>(
	store: Store,
	collection: C,
	audience: Audience,
	docs: readonly (CollectionDoc<C> & { readonly id: string })[],
	from = 1
): Promise<void> {
	await pulledFor(store, collection, [[audience, docs]], from);
}

/** The same where several audiences come in one page. */
async function pulledFor<C extends CollectionName>(
	store: Store,
	collection: C,
	all: readonly (readonly [Audience, readonly (CollectionDoc<C> & { readonly id: string })[]])[],
	from = 1
): Promise<void> {
	await applyPage(store, collection, {
		outcome: 'page',
		rows: all.flatMap(([audience, own]) =>
			own.map((doc, index) => ({ audience, id: docId(doc), version: index + from, doc }))
		),
		positions: Object.fromEntries(
			all.map(([audience, own]) => [
				audience,
				{ version: own.length + from - 1, id: own.map(docId).at(-1) ?? '' }
			])
		),
		more: false,
		horizon: 100,
		epoch: 'test',
		serverTime: at
	});
}

/**
 * Fills the store of this browser and starts the real device on it. Once a test file. `before` is what happened on
 * this phone earlier.
 */
export async function openPhone(before?: (store: Store) => Promise<void>): Promise<void> {
	// The files of one run share a browser: nobody starts with what another file left behind.
	await (await openStore({ userId: baTu.id })).wipe();
	const store = await openStore({ userId: baTu.id });
	const own: Audience = `user:${baTu.id}`;
	await pulled(store, 'reference', 'public', [
		{ id: 'pack', pack },
		{ id: 'wards', wards: wards.map((ward) => ({ ...ward, formerly: [...ward.formerly] })) }
	]);
	await pulled(store, 'mine', own, [inReview, returned, onSale, proposed]);
	await pulled(store, 'orders', own, [sold, bought]);
	await pulled(store, 'notifications', own, [notice]);
	await pulledFor(store, 'needs', [
		['public', [wanted]],
		[own, [ownNeed, returnedNeed, ownOffer]]
	]);
	await pulled(store, 'listings', 'public', [pomelo, publicOnSale]);
	await before?.(store);
	await store.close();
	const who = new WhoIsHere();
	await who.remember(baTu);
	who.close();
	await startDevice();
}
