import { randomBytes } from 'node:crypto';
import type { ListingContent } from '../src/lib/domain/listings/schema.ts';
import { emptyListing } from '../src/lib/domain/listings/schema.ts';
import { searchTextOf } from '../src/lib/domain/listings/rules.ts';
import { publicListingOf } from '../src/lib/server/listings/projections.ts';
import { listPublicRows } from '../src/lib/server/listings/public-queries.ts';
import { loadPack, loadWards } from '../src/lib/server/rulepacks/load.ts';
import { stableId } from '../src/lib/server/seed/people.ts';
import { randomOf } from '../src/lib/server/seed/random.ts';
import { packId, type BenchExchange, type BenchMember } from './exchange.ts';

const names = [
	'Sầu riêng Ri6',
	'Xoài cát Hòa Lộc',
	'Thanh long ruột đỏ',
	'Khóm Tân Lập',
	'Vú sữa Lò Rèn',
	'Nghêu Gò Công',
	'Mắm tôm chà',
	'Gạo nàng thơm',
	'Bưởi da xanh',
	'Dừa xiêm',
	'Chiếu Long Định',
	'Mật ong hoa nhãn'
];
const words = [
	'chín tự nhiên',
	'cắt trong ngày',
	'giao tận nhà',
	'nhà vườn trồng',
	'không phun thuốc',
	'phơi hai nắng',
	'đóng thùng 10 kg',
	'thơm và ngọt',
	'làm theo cách cũ',
	'có hóa đơn'
];

/** What the nth listing costs. */
export const priceOf = (n: number): number => 1_000 * (10 + ((n * 37) % 290));

/**
 * Puts so many approved listings into the tables and the public feed, as an approval would leave them. The feed rows
 * are made by the program's own projection. Returns the mean size of a document.
 */
export async function makeGoods(
	exchange: BenchExchange,
	sellers: readonly BenchMember[],
	count: number,
	{ stock = 100_000 }: { stock?: number | null } = {}
): Promise<{ bytes: number }> {
	const { owner } = exchange;
	const random = randomOf('bench goods');
	const pick = <T>(from: readonly T[]): T => {
		const one = from[random.int(0, from.length - 1)];
		if (one === undefined) throw new Error('nothing to pick from');
		return one;
	};
	const pack = loadPack(packId);
	const wards = loadWards(packId);
	const start = Date.parse('2026-01-01T00:00:00.000Z');
	for (let from = 0; from < count; from += 500) {
		const rows = Array.from({ length: Math.min(500, count - from) }, (_, i) => {
			const n = from + i;
			const category = pick(pack.categories);
			const ward = pick(wards);
			const seller = pick(sellers);
			const content: ListingContent = {
				...emptyListing,
				title: `${pick(names)} số ${n}`,
				categoryId: category.id,
				price: priceOf(n),
				stock,
				description: `${pick(words)}, ${pick(words)}, ${pick(words)}.`,
				wardCode: ward.code,
				payment: [pack.paymentMethods[0]?.id ?? ''],
				shipping: [pack.shippingMethods[0]?.id ?? '']
			};
			const picture = randomBytes(16).toString('base64url');
			return {
				id: stableId(`bench-listing:${n}`),
				business: seller.businessId,
				account: seller.id,
				content,
				photos: [{ thumb: `/media/${picture}/t`, detail: `/media/${picture}/d`, width: 1280, height: 960 }],
				at: new Date(start + n * 60_000).toISOString(),
				sector: category.sectorId,
				search: searchTextOf({
					title: content.title,
					category: category.name,
					seller: 'Vườn',
					ward: ward.name,
					formerly: ward.formerly,
					place: '',
					description: content.description
				})
			};
		});
		await owner`
			insert into listings (id, business_id, account_id, state, rev, content, published_rev, published_content,
				published_photos, published_at, published_agency_id, sector_id, category_id, ward_code, stock,
				search_text, created_at, updated_at)
			select (r->>'id')::uuid, (r->>'business')::uuid, (r->>'account')::uuid, 'approved', 2, r->'content', 2,
				r->'content', r->'photos', (r->>'at')::timestamptz, s.agency_id, s.id, r->'content'->>'categoryId',
				r->'content'->>'wardCode', ${stock}::numeric, r->>'search', (r->>'at')::timestamptz, (r->>'at')::timestamptz
			from jsonb_array_elements(${JSON.stringify(rows)}::text::jsonb) r join sectors s on s.id = r->>'sector'`;
	}
	await owner`
		insert into listing_versions (listing_id, rev, content, submitted_at, device_time)
		select id, 2, content, created_at, created_at from listings`;
	const everything = { words: [], categoryId: null, wardCode: null, sellerId: null };
	const docs = (await listPublicRows(owner, everything, count, 0)).map(publicListingOf);
	for (let from = 0; from < docs.length; from += 250) {
		const some = docs.slice(from, from + 250);
		await owner`
			insert into sync_feed (audience, collection, doc_id, version, doc)
			select 'public', 'listings', d->>'id', pg_current_xact_id()::text::bigint, d
			from jsonb_array_elements(${JSON.stringify(some)}::text::jsonb) d`;
	}
	await owner.unsafe('vacuum analyze');
	return { bytes: Math.round(Buffer.byteLength(JSON.stringify(docs)) / docs.length) };
}
