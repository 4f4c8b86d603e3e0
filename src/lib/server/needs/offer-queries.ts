import type { OfferDropped, OfferState } from '$lib/domain/needs/schema.ts';
import type { Queryable, Tx } from '$lib/server/db/pool.ts';

export type OfferRow = {
	readonly id: string;
	readonly needId: string;
	readonly buyerId: string;
	readonly listingId: string;
	readonly businessId: string;
	readonly sellerAccountId: string;
	readonly sellerName: string;
	readonly title: string;
	readonly unit: string;
	readonly quantity: number;
	readonly state: OfferState;
	/** Why the exchange took it back; null where nobody or its seller did. */
	readonly droppedFor: OfferDropped | null;
	readonly sentAt: string;
	readonly updatedAt: string;
};

const columns = (db: Queryable) => db`
	o.id, o.need_id as "needId", o.buyer_id as "buyerId", o.listing_id as "listingId",
	o.business_id as "businessId", o.seller_account_id as "sellerAccountId", o.seller_name as "sellerName", o.title,
	o.unit, o.quantity, o.state, o.dropped_for as "droppedFor", o.sent_at as "sentAt", o.updated_at as "updatedAt"`;

/** Seen by buyer and seller; row-level security makes everybody else's one that does not exist. */
export async function findOffer(db: Queryable, id: string): Promise<OfferRow | null> {
	const [row] = await db<OfferRow[]>`select ${columns(db)} from need_offers o where o.id = ${id}`;
	return row ?? null;
}

export async function lockOffer(tx: Tx, id: string): Promise<OfferRow | null> {
	const [row] = await tx<OfferRow[]>`select ${columns(tx)} from need_offers o where o.id = ${id} for update`;
	return row ?? null;
}

/** How many stand for a need, and whether these goods are among them. The caller holds the need. */
export async function countLive(
	tx: Tx,
	needId: string,
	listingId: string
): Promise<{ offers: number; offered: boolean }> {
	const [row] = await tx<{ offers: number; offered: boolean }[]>`
		select count(*)::int as offers, coalesce(bool_or(o.listing_id = ${listingId}), false) as offered
		from need_offers o where o.need_id = ${needId} and o.state = 'sent'`;
	return row ?? { offers: 0, offered: false };
}

/** False when the id exists already, whoever it belongs to. */
export async function insertOffer(
	tx: Tx,
	row: Omit<OfferRow, 'state' | 'droppedFor' | 'updatedAt'> & { readonly deviceTime: string }
): Promise<boolean> {
	const rows = await tx`
		insert into need_offers (id, need_id, buyer_id, listing_id, business_id, seller_account_id, seller_name, title,
			unit, quantity, device_time, sent_at, updated_at)
		values (${row.id}, ${row.needId}, ${row.buyerId}, ${row.listingId}, ${row.businessId}, ${row.sellerAccountId},
			${row.sellerName}, ${row.title}, ${row.unit}, ${row.quantity}, ${row.deviceTime}, ${row.sentAt}, ${row.sentAt})
		on conflict (id) do nothing returning id`;
	return rows.length === 1;
}

export async function updateWithdrawn(tx: Tx, id: string, now: string): Promise<void> {
	await tx`update need_offers set state = 'withdrawn', updated_at = ${now} where id = ${id} and state = 'sent'`;
}

export async function updateDropped(
	tx: Tx,
	ids: readonly string[],
	why: OfferDropped,
	now: string
): Promise<void> {
	await tx`
		update need_offers set state = 'withdrawn', dropped_for = ${why}, updated_at = ${now}
		where id = any(${[...ids]}::uuid[]) and state = 'sent'`;
}

/** What stood for these needs stands no more; returns which. */
export async function updateOffersOver(
	tx: Tx,
	needIds: readonly string[],
	now: string
): Promise<{ id: string }[]> {
	return tx<{ id: string }[]>`
		update need_offers set state = 'over', updated_at = ${now}
		where need_id = any(${[...needIds]}::uuid[]) and state = 'sent' returning id`;
}

export type LiveOffer = { readonly id: string; readonly needId: string };

/** What stands for any need of these goods, which the caller holds. */
export const listLiveOf = (tx: Tx, listingIds: readonly string[]): Promise<LiveOffer[]> =>
	tx<LiveOffer[]>`
		select o.id, o.need_id as "needId" from need_offers o
		where o.listing_id = any(${[...listingIds]}::uuid[]) and o.state = 'sent' order by o.id`;

/** The same with what was taken back of them before and is on a buyer's screen. */
export const listShownOf = (
	tx: Tx,
	listingIds: readonly string[]
): Promise<(LiveOffer & { live: boolean })[]> =>
	tx<(LiveOffer & { live: boolean })[]>`
		select o.id, o.need_id as "needId", o.state = 'sent' as live
		from need_offers o join needs n on n.id = o.need_id and n.state = 'approved'
		where o.listing_id = any(${[...listingIds]}::uuid[]) and (o.state = 'sent' or o.dropped_for is not null)
		order by o.id`;

/** What the exchange took back from a seller, for needs that are on the board. */
export const listDroppedOf = (tx: Tx, sellerAccountId: string): Promise<LiveOffer[]> =>
	tx<LiveOffer[]>`
		select o.id, o.need_id as "needId" from need_offers o join needs n on n.id = o.need_id and n.state = 'approved'
		where o.seller_account_id = ${sellerAccountId} and o.dropped_for is not null order by o.id`;

/** What stands of these goods, which the caller holds, for needs of any other sector. */
export const listMisplacedOf = (tx: Tx, listingId: string, sectorId: string): Promise<LiveOffer[]> =>
	tx<LiveOffer[]>`
		select o.id, o.need_id as "needId" from need_offers o join needs n on n.id = o.need_id
		where o.listing_id = ${listingId} and o.state = 'sent' and n.sector_id <> ${sectorId} order by o.id`;

/**
 * What the buyers read of needs on the board, the first that came first: what stands, and behind it what the exchange took
 * back since, one of each goods. What its seller took back is nobody's business. TG-9.2: of goods that are locked, or whose
 * seller is locked or gone, nothing is said.
 */
export const listShownFor = (db: Queryable, needIds: readonly string[]): Promise<OfferRow[]> =>
	db<OfferRow[]>`
		select ${columns(db)} from (
			select distinct on (l.need_id, l.listing_id) l.* from need_offers l
			where l.need_id = any(${[...needIds]}::uuid[]) and l.state <> 'over'
			order by l.need_id, l.listing_id, l.state = 'sent' desc, l.sent_at desc, l.id
		) o
		where o.state = 'sent' or (o.dropped_for is not null and exists (
			select from listings g
			join businesses b on b.id = g.business_id and b.state = 'confirmed'
			join accounts a on a.id = g.account_id and a.state = 'active'
			where g.id = o.listing_id and g.state <> 'locked'))
		order by o.state <> 'sent', o.sent_at, o.id`;

/** Offers with the title of their need, as the seller sees them. */
export const listOwnOffers = (
	db: Queryable,
	ids: readonly string[]
): Promise<(OfferRow & { needTitle: string })[]> =>
	db<(OfferRow & { needTitle: string })[]>`
		select ${columns(db)}, n.content ->> 'title' as "needTitle"
		from need_offers o join needs n on n.id = o.need_id where o.id = any(${[...ids]}::uuid[])`;
