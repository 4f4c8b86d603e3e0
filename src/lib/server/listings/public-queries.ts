import type { ListingContent, Rendition, VoiceNote } from '$lib/domain/listings/schema.ts';
import type { Queryable, Tx } from '$lib/server/db/pool.ts';

export type PublicRow = {
	id: string;
	rev: number;
	content: ListingContent;
	photos: Rendition[];
	voice: VoiceNote | null;
	sectorId: string;
	stock: number | null;
	wardCode: string;
	wardName: string;
	formerly: string[];
	sellerId: string;
	sellerName: string;
	sellerPhone: string;
	agencyId: string;
	agencyName: string;
	approvedAt: string;
};

/**
 * TG-15.1: the one place that says what is public. Only the published columns are read, of listings in a public
 * state (the same list as `isPublic`, spelled out for the partial indexes; a test compares them) whose seller is
 * confirmed, in good standing, and may sell in their sector now (TG-7.2b, TG-12), with no certificate run out that the
 * sector asks for (TG-6.3).
 */
const publicOnes = (db: Queryable) => db`
	from listings l
	join businesses b on b.id = l.business_id and b.state = 'confirmed'
	join accounts a on a.id = l.account_id and a.state = 'active'
	join business_sectors o on o.business_id = l.business_id and o.sector_id = l.sector_id and o.suspended_at is null
	join wards w on w.code = l.ward_code
	join agencies g on g.id = l.published_agency_id
	where l.state in ('approved', 'revising', 'resubmitted', 'revision_returned') and l.discarded_at is null
		and l.hidden_for is null`;

const publicColumns = (db: Queryable) => db`
	l.id, l.published_rev as rev, l.published_content as content, l.published_photos as photos,
	l.published_voice as voice,
	l.sector_id as "sectorId", l.stock, w.code as "wardCode", w.name as "wardName", w.formerly,
	b.id as "sellerId", b.name as "sellerName", b.phone as "sellerPhone",
	g.id as "agencyId", case when g.former_names = '[]' then g.name else agency_name(g.id, l.published_at) end as "agencyName",
	l.published_at as "approvedAt"`;

export async function findPublicRow(db: Queryable, id: string): Promise<PublicRow | null> {
	const [row] = await listPublicOnes(db, [id]);
	return row ?? null;
}

/** Those of them that are public, in no order. */
export const listPublicOnes = (db: Queryable, ids: readonly string[]): Promise<PublicRow[]> =>
	db<PublicRow[]>`select ${publicColumns(db)} ${publicOnes(db)} and l.id = any(${[...ids]}::uuid[])`;

/** What an answer to a need has to know of goods. */
export type OnSaleRow = { businessId: string; sectorId: string; title: string; unit: string };

/** Goods that are public, held so that nobody takes them down meanwhile; null for everything else. */
export async function lockOnSale(tx: Tx, id: string): Promise<OnSaleRow | null> {
	const [row] = await tx<OnSaleRow[]>`
		select l.business_id as "businessId", l.sector_id as "sectorId", l.published_content ->> 'title' as title,
			l.published_content ->> 'unit' as unit
		${publicOnes(tx)} and l.id = ${id} for share of l`;
	return row ?? null;
}

export type PublicFilter = {
	/** Folded words, each of which must occur. */
	readonly words: readonly string[];
	readonly categoryId: string | null;
	readonly wardCode: string | null;
	readonly sellerId: string | null;
};

const matching = (db: Queryable, filter: PublicFilter) => db`
	${filter.categoryId === null ? db`` : db`and l.category_id = ${filter.categoryId}`}
	${filter.wardCode === null ? db`` : db`and l.ward_code = ${filter.wardCode}`}
	${filter.sellerId === null ? db`` : db`and l.business_id = ${filter.sellerId}`}
	${filter.words.length === 0 ? db`` : filter.words.map((word) => db`and l.search_text like ${`%${word}%`}`)}`;

/** Goods named with the very words looked for come first: who looks for "cá lóc" wants the fish, not the "Hòa Lộc" mango. */
const closestFirst = (db: Queryable, filter: PublicFilter) =>
	filter.words.length === 0
		? db``
		: db`(' ' || split_part(l.search_text, chr(10), 1) || ' ') like ${`% ${filter.words.join(' ')} %`} desc,`;

export async function listPublicRows(
	db: Queryable,
	filter: PublicFilter,
	limit: number,
	offset: number
): Promise<PublicRow[]> {
	return db<PublicRow[]>`
		select ${publicColumns(db)} ${publicOnes(db)} ${matching(db, filter)}
		order by ${closestFirst(db, filter)} l.published_at desc, l.id limit ${limit} offset ${offset}`;
}

export async function countPublicRows(db: Queryable, filter: PublicFilter): Promise<number> {
	const [row] = await db<{ total: number }[]>`
		select count(*)::int as total ${publicOnes(db)} ${matching(db, filter)}`;
	return row?.total ?? 0;
}
