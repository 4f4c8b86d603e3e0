import type { ListingContent, ListingState, Rendition, VoiceNote } from '$lib/domain/listings/schema.ts';
import type { Queryable, Tx } from '$lib/server/db/pool.ts';
import type { OwnReviewRow } from '$lib/server/moderation/own-review.ts';

export type ListingRow = {
	id: string;
	businessId: string;
	accountId: string;
	state: ListingState;
	rev: number;
	content: ListingContent;
	publishedRev: number | null;
	publishedContent: ListingContent | null;
	stock: number | null;
	discardedAt: string | null;
	updatedAt: string;
};

const columns = (db: Queryable) => db`
	id, business_id as "businessId", account_id as "accountId", state, rev, content,
	published_rev as "publishedRev", published_content as "publishedContent", stock,
	discarded_at as "discardedAt", updated_at as "updatedAt"`;

export async function findListing(db: Queryable, id: string): Promise<ListingRow | null> {
	const [row] = await db<ListingRow[]>`select ${columns(db)} from listings where id = ${id}`;
	return row ?? null;
}

/** TG-12, TG-6.3: `hiddenFor` = the paper that ran out, of its sector or its own, for which what was approved is hidden. */
export type OwnRow = ListingRow & { readonly hiddenFor: string | null };

/** Those that there are, in no order. */
export const listOwn = (db: Queryable, ids: readonly string[]): Promise<OwnRow[]> =>
	db<OwnRow[]>`
		select ${columns(db)}, case when published_rev is not null then coalesce((
			select o.suspended_for from business_sectors o
			where o.business_id = listings.business_id and o.sector_id = listings.sector_id), hidden_for) end as "hiddenFor"
		from listings where id = any(${[...ids]}::uuid[])`;

/** The row as it is once nobody else holds it. */
export async function lockListing(tx: Tx, id: string): Promise<ListingRow | null> {
	const [row] = await tx<ListingRow[]>`select ${columns(tx)} from listings where id = ${id} for update`;
	return row ?? null;
}

/** Every listing of a business in the order of ids, so that two who lock many cannot wait for each other. */
export async function lockListingsOf(tx: Tx, businessId: string): Promise<ListingRow[]> {
	return tx<ListingRow[]>`
		select ${columns(tx)} from listings where business_id = ${businessId} order by id for update`;
}

/** The same for what a business has published in some sectors. */
export async function lockListingsIn(
	tx: Tx,
	businessId: string,
	sectors: readonly string[]
): Promise<ListingRow[]> {
	return tx<ListingRow[]>`
		select ${columns(tx)} from listings
		where business_id = ${businessId} and sector_id = any(${[...sectors]}::text[]) order by id for update`;
}

/** Whether anything of this business was ever approved. */
export async function hasPublished(db: Queryable, businessId: string): Promise<boolean> {
	const rows = await db`
		select from listings where business_id = ${businessId} and published_rev is not null limit 1`;
	return rows.length > 0;
}

export type NewListing = {
	readonly id: string;
	readonly businessId: string;
	readonly accountId: string;
	readonly content: ListingContent;
	readonly now: string;
};

/** In their order; null where the id exists already, whoever it belongs to. What was written is not sent back. */
export async function insertListings(tx: Tx, rows: readonly NewListing[]): Promise<(ListingRow | null)[]> {
	const made = await tx<{ id: string }[]>`
		insert into listings (id, business_id, account_id, state, rev, content, created_at, updated_at)
		select id, "businessId", "accountId", 'draft', 1, content, now, now
		from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as given (
			id uuid, "businessId" uuid, "accountId" uuid, content jsonb, now timestamptz)
		on conflict (id) do nothing returning id`;
	const ids = new Set(made.map(({ id }) => id));
	return rows.map((row) => (ids.has(row.id) ? asMade(row) : null));
}

const asMade = ({ id, businessId, accountId, content, now }: NewListing): ListingRow => ({
	id,
	businessId,
	accountId,
	state: 'draft',
	rev: 1,
	content,
	publishedRev: null,
	publishedContent: null,
	stock: null,
	discardedAt: null,
	updatedAt: now
});

export async function updateListing(
	tx: Tx,
	row: { id: string; state: ListingState; rev: number; content: ListingContent; now: string }
): Promise<void> {
	await tx`
		update listings set state = ${row.state}, rev = ${row.rev}, content = ${JSON.stringify(row.content)}::text::jsonb,
			updated_at = ${row.now}
		where id = ${row.id}`;
}

export type StateRow = { readonly id: string; readonly state: ListingState; readonly rev: number };

export async function updateListingStates(tx: Tx, rows: readonly StateRow[], now: string): Promise<void> {
	await tx`
		update listings l set state = row.state, rev = row.rev, updated_at = ${now}
		from unnest(${rows.map(({ id }) => id)}::uuid[], ${rows.map(({ state }) => state)}::text[],
			${rows.map(({ rev }) => rev)}::int[]) as row (id, state, rev)
		where l.id = row.id`;
}

/** A newly stated stock, in the seller's text, in the public one and where orders count it down. */
export async function updateStock(
	tx: Tx,
	row: {
		id: string;
		rev: number;
		stock: number | null;
		content: ListingContent;
		publishedContent: ListingContent;
		now: string;
	}
): Promise<void> {
	await tx`
		update listings set rev = ${row.rev}, stock = ${row.stock},
			content = ${JSON.stringify(row.content)}::text::jsonb,
			published_content = ${JSON.stringify(row.publishedContent)}::text::jsonb, updated_at = ${row.now}
		where id = ${row.id}`;
}

export async function updateDiscarded(tx: Tx, id: string, rev: number, now: string): Promise<void> {
	await tx`update listings set discarded_at = ${now}, rev = ${rev}, updated_at = ${now} where id = ${id}`;
}

export async function insertVersion(
	tx: Tx,
	row: { listingId: string; rev: number; content: ListingContent; submittedAt: string; deviceTime: string }
): Promise<void> {
	await tx`
		insert into listing_versions (listing_id, rev, content, submitted_at, device_time)
		values (${row.listingId}, ${row.rev}, ${JSON.stringify(row.content)}::text::jsonb, ${row.submittedAt},
			${row.deviceTime})`;
}

/** The frozen content of one submission. */
export async function findVersion(
	db: Queryable,
	listingId: string,
	rev: number
): Promise<ListingContent | null> {
	const [row] = await db<{ content: ListingContent }[]>`
		select content from listing_versions where listing_id = ${listingId} and rev = ${rev}`;
	return row?.content ?? null;
}

/** A picture with both its sizes, or a voice note. */
export type PublicFileRow = {
	id: string;
	thumbKey: string | null;
	detailKey: string | null;
	soundKey: string | null;
};

export async function listLiveFiles(tx: Tx, listingId: string): Promise<PublicFileRow[]> {
	return tx<PublicFileRow[]>`
		select id, thumb_key as "thumbKey", detail_key as "detailKey", sound_key as "soundKey" from public_files
		where listing_id = ${listingId} and live`;
}

export async function insertPublicFile(
	tx: Tx,
	row: PublicFileRow & { listingId: string; now: string }
): Promise<void> {
	await tx`
		insert into public_files (id, listing_id, thumb_key, detail_key, sound_key, created_at)
		values (${row.id}, ${row.listingId}, ${row.thumbKey}, ${row.detailKey}, ${row.soundKey}, ${row.now})`;
}

/** Everything of the listing but these can no longer be fetched. */
export async function retireFiles(
	tx: Tx,
	listingIds: readonly string[],
	keep: readonly string[]
): Promise<void> {
	await tx`
		update public_files set live = false
		where listing_id = any(${[...listingIds]}::uuid[]) and live and id <> all (${[...keep]}::text[])`;
}

export async function updatePublished(
	tx: Tx,
	row: {
		id: string;
		state: ListingState;
		rev: number;
		content: ListingContent;
		photos: readonly Rendition[];
		voice: VoiceNote | null;
		agencyId: string;
		sectorId: string;
		stock: number | null;
		searchText: string;
		now: string;
	}
): Promise<void> {
	await tx`
		update listings set state = ${row.state}, published_rev = ${row.rev},
			published_content = ${JSON.stringify(row.content)}::text::jsonb,
			published_photos = ${JSON.stringify(row.photos)}::text::jsonb,
			published_voice = ${row.voice && JSON.stringify(row.voice)}::text::jsonb, hidden_for = null,
			published_at = ${row.now}, published_agency_id = ${row.agencyId}, sector_id = ${row.sectorId},
			category_id = ${row.content.categoryId}, ward_code = ${row.content.wardCode}, stock = ${row.stock},
			search_text = ${row.searchText}, updated_at = ${row.now}
		where id = ${row.id}`;
}

/** What the seller may see of the latest case. */
export type ReviewRow = OwnReviewRow & { listingId: string };

/** The latest case of each listing that has one. */
export const listLatestReviews = (db: Queryable, listingIds: readonly string[]): Promise<ReviewRow[]> =>
	db<ReviewRow[]>`
		select distinct on (c.listing_id) c.listing_id as "listingId", c.code,
			agency_name(c.agency_id, coalesce(c.decided_at, now())) as "agencyName",
			c.received_at as "receivedAt", c.due_at as "dueAt", c.last_day as "lastDay", c.decided_at as "decidedAt",
			c.state, c.reason_codes as "reasonCodes", c.note
		from cases c where c.listing_id = any(${[...listingIds]}::uuid[]) order by c.listing_id, c.round desc`;

/** Published goods that may be hidden or shown for a certificate. */
export type CertifiedRow = {
	id: string;
	state: ListingState;
	sectorId: string;
	title: string;
	hiddenFor: string | null;
	certificates: ListingContent['certificates'];
	/** What the seller has written since, or the same. */
	written: ListingContent['certificates'];
};

/** TG-6.3: what a business has published with a certificate that ends, or hidden for one, in the order of ids; held. */
export const lockGoodsWithCertificates = (tx: Tx, businessId: string): Promise<CertifiedRow[]> =>
	tx<CertifiedRow[]>`
		select id, state, sector_id as "sectorId", published_content ->> 'title' as title, hidden_for as "hiddenFor",
			published_content -> 'certificates' as certificates, content -> 'certificates' as written
		from listings
		where business_id = ${businessId} and published_content is not null and state <> 'withdrawn'
			and discarded_at is null and (hidden_for is not null or first_certificate_end(published_content) is not null)
		order by id for update`;

export async function updateHiddenFor(tx: Tx, id: string, certificate: string | null): Promise<void> {
	await tx`update listings set hidden_for = ${certificate} where id = ${id}`;
}

/** What the listing shows to everyone can be fetched again, at the addresses it had; not while its sector is closed or it is hidden itself. */
export async function reviveFiles(tx: Tx, listingIds: readonly string[]): Promise<void> {
	await tx`
		update public_files f set live = true from listings l
		join business_sectors o on o.business_id = l.business_id and o.sector_id = l.sector_id and o.suspended_at is null
		where l.id = any(${[...listingIds]}::uuid[]) and l.hidden_for is null and f.listing_id = l.id and not f.live
			and position(f.id in coalesce(l.published_photos::text, '') || coalesce(l.published_voice::text, '')) > 0`;
}

/**
 * Where listings stand when they are taken down, those `inReview` with their latest submission; kept from the first lock to
 * the last unlock.
 */
export async function insertHolds(
	tx: Tx,
	listingIds: readonly string[],
	inReview: readonly string[],
	now: string
): Promise<void> {
	await tx`
		insert into listing_holds (listing_id, from_state, review_rev, held_at)
		select l.id, l.state, case when l.id = any(${[...inReview]}::uuid[])
			then (select max(v.rev) from listing_versions v where v.listing_id = l.id) end, ${now}
		from listings l where l.id = any(${[...listingIds]}::uuid[])
		on conflict (listing_id) do nothing`;
}

/** Takes the hold away and says where the listing stood; null when nobody wrote it down. */
export async function takeHold(
	tx: Tx,
	listingId: string
): Promise<{ fromState: ListingState; reviewRev: number | null } | null> {
	const [row] = await tx<{ fromState: ListingState; reviewRev: number | null }[]>`
		delete from listing_holds where listing_id = ${listingId}
		returning from_state as "fromState", review_rev as "reviewRev"`;
	return row ?? null;
}
