import type { Actor } from '$lib/domain/accounts/permissions.ts';
import { noBusinessRules, type RulePack } from '$lib/domain/agencies/schema.ts';
import { emptyListing, type ListingContent } from '$lib/domain/listings/schema.ts';
import {
	caseSubjectRev,
	type CaseDoc,
	type ListingCase,
	type NeedCase
} from '$lib/domain/moderation/schema.ts';
import type { CaseView, CommandState } from '$lib/sync/app.svelte.ts';

/** Named people and cases for the tests of the desk. Monday 23/11/2026, 21:50 in Vietnam. */
export const now = Date.parse('2026-11-23T21:50:00+07:00');

const uuid = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

export const minh: Actor = {
	id: uuid(1),
	name: 'Lê Quang Minh',
	roles: ['officer'],
	posts: [{ agencyId: 'so-nnmt', role: 'officer' }],
	businessId: null
};
export const hanh: Actor = { ...minh, id: uuid(2), name: 'Phạm Mỹ Hạnh' };
export const sau: Actor = {
	...minh,
	id: uuid(3),
	name: 'Võ Văn Sáu',
	roles: ['officer', 'lead'],
	posts: [{ agencyId: 'so-nnmt', role: 'lead' }]
};
export const yen: Actor = {
	...minh,
	id: uuid(4),
	name: 'Đỗ Hải Yến',
	posts: [{ agencyId: 'so-cong-thuong', role: 'officer' }]
};

export const coconut: ListingContent = {
	...emptyListing,
	title: 'Dừa sáp trái to',
	categoryId: 'trai-cay',
	price: 140_000,
	unit: 'trai',
	description: 'Dừa sáp hái tại vườn, cơm dẻo, giao trong ngày.',
	place: 'Ấp 3',
	wardCode: '28477',
	payment: ['tien-mat'],
	shipping: ['tu-den-lay'],
	photos: ['a'.repeat(64)]
};

/** A case of Vườn bà Tư received on Thursday 19/11, due at the end of Monday 23/11 unless said otherwise. */
export function caseOf(number: number, more: Partial<ListingCase> = {}): ListingCase {
	return {
		id: uuid(100 + number),
		code: `TG-42-${String(number).padStart(2, '0')}`,
		kind: 'listing',
		state: 'open',
		rev: 1,
		agencyId: 'so-nnmt',
		assignee: { id: minh.id, name: minh.name },
		listingId: uuid(500 + number),
		listingRev: 2,
		content: coconut,
		previous: null,
		round: 1,
		photos: [],
		seller: { id: uuid(900), accountId: uuid(901), name: 'Vườn bà Tư', wardName: 'Xã Ngũ Hiệp' },
		receivedAt: '2026-11-18T01:12:00.000Z',
		deviceTime: '2026-11-18T01:11:30.000Z',
		dueAt: '2026-11-23T17:00:00.000Z',
		lastDay: '2026-11-23',
		countedDays: ['2026-11-19', '2026-11-20', '2026-11-23'],
		skippedDays: [
			{ day: '2026-11-21', reason: 'Thứ Bảy' },
			{ day: '2026-11-22', reason: 'Chủ nhật' }
		],
		soonHours: 24,
		breachedAt: null,
		decision: null,
		...more
	};
}

/** TG-10.3a: somebody looks for coconuts; received and due as the cases above. */
export function needCaseOf(number: number, more: Partial<NeedCase> = {}): NeedCase {
	const { listingId: _, listingRev: __, previous: ___, photos: ____, ...any } = caseOf(number);
	return {
		...any,
		kind: 'need',
		needId: uuid(600 + number),
		subjectRev: 1,
		content: {
			title: 'Dừa sáp cho quán kem',
			categoryId: 'trai-cay',
			quantity: 200,
			unit: 'trai',
			rhythm: 'month',
			price: null,
			description: 'Trái đặc ruột, giao đầu tháng.',
			wardCode: '28477',
			until: '2026-12-31'
		},
		seller: { id: uuid(902), accountId: uuid(902), name: '', wardName: '' },
		...more
	};
}

export const viewOf = (doc: CaseDoc, more: Partial<CaseView> = {}): CaseView => ({
	case: doc,
	decision: null,
	reassignment: null,
	...more
});

/** The same case with a decision of this device over it. */
export const decidedHere = (doc: CaseDoc, state: CommandState = { at: 'waiting' }): CaseView =>
	viewOf(doc, {
		decision: {
			decision: 'approve',
			reasonCodes: [],
			note: '',
			listingRev: caseSubjectRev(doc),
			seen: doc.kind === 'listing' ? doc.content : null,
			command: {
				id: uuid(7000),
				name: 'case.decide',
				deviceTime: '2026-11-23T14:40:00.000Z',
				state
			}
		}
	});

const effective = { effectiveFrom: '2023-05-01', effectiveTo: null };
/** A small rule pack: what the desk shows comes from it, never from code. */
export const pack: RulePack = {
	id: 'tien-giang',
	name: 'Tiền Giang',
	siteName: 'Sàn giao dịch điện tử Tiền Giang',
	province: { code: '82', name: 'Đồng Tháp', legacyCode: '82', legacyName: 'Tiền Giang' },
	codePrefix: 'TG',
	agencies: [],
	sectors: [{ id: 'nong-san', name: 'Nông sản', agencyId: 'so-nnmt', ...effective }],
	categories: [{ id: 'trai-cay', name: 'Trái cây tươi', sectorId: 'nong-san', ocop: 'I.1' }],
	units: [{ id: 'trai', name: 'trái', decimals: 0 }],
	paymentMethods: [{ id: 'tien-mat', name: 'Tiền mặt khi nhận hàng' }],
	shippingMethods: [{ id: 'tu-den-lay', name: 'Tự đến lấy tại nơi bán' }],
	certificateTypes: [{ id: 'ocop', name: 'OCOP' }],
	returnReasons: [
		{ id: 'thieu-thong-tin', text: 'Thông tin chưa đủ.', clause: 'TG-17.1' },
		{ id: 'anh-chua-ro', text: 'Hình chưa rõ.', clause: 'TG-6.0' }
	],
	needReasons: [
		{
			id: 'nhu-cau-chua-ro',
			text: 'Chưa rõ cần mua gì.',
			english: 'It is not clear what is wanted.',
			clause: 'TG-6.6'
		}
	],
	deadlines: [{ kind: 'need', workingDays: 3, soonHours: 24, clause: 'TG-10.3b', ...effective }],
	businesses: noBusinessRules,
	assignment: 'least_open',
	calendar: { off: [], workingSaturdays: [] },
	texts: { operator: '', contact: '', notice: '' }
};
