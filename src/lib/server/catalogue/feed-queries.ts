import type { Queryable, Tx } from '$lib/server/db/pool.ts';
import type { FeedListing } from './pack.ts';
import { slotSize } from './slots.ts';

/** Where the job stands in the public feed: the last row it took, or ('horizon', '') when it took them all. */
export type Place = { readonly version: number; readonly id: string };

/** One public listing as it stands now; `doc` fields are null when it is gone. */
export type Change = {
	readonly docId: string;
	readonly version: number;
	readonly gone: boolean;
	readonly sectorId: string;
	readonly wardCode: string;
	readonly approvedAt: string;
};

export type ChangePage = { readonly changes: readonly Change[]; readonly horizon: number };

/** Public listings that changed after `from` and below the horizon, in the feed's order, and that horizon (sync 7). */
export const selectChanges = (db: Queryable, from: Place, limit: number) => db<
	({ horizon: number } & (Change | { docId: null }))[]
>`
	with here as materialized (select feed_horizon() as horizon)
	select here.horizon, page.* from here left join lateral (
		select f.doc_id as "docId", f.version, f.doc is null as gone, f.doc ->> 'sectorId' as "sectorId",
			f.doc ->> 'wardCode' as "wardCode", f.doc ->> 'approvedAt' as "approvedAt"
		from sync_feed f
		where f.audience = 'public' and f.collection = 'listings'
			and (f.version, f.doc_id) > (${from.version}, ${from.id}) and f.version < here.horizon
		order by f.version, f.doc_id
		limit ${limit}
	) page on true`;

export async function readChanges(tx: Tx, from: Place, limit: number): Promise<ChangePage> {
	const rows = await selectChanges(tx, from, limit);
	return {
		horizon: rows[0]?.horizon ?? 0,
		changes: rows.flatMap((row) => (row.docId === null ? [] : [row]))
	};
}

/** The members of some slots as the feed has them now, below the horizon; each slot's in the order of their ids. */
export const selectRowsOfSlots = (db: Queryable, slotIds: readonly string[]) => db<
	(FeedListing & { slotId: string })[]
>`
	select slot.id as "slotId", f.doc_id as "docId", f.version, f.doc
	from unnest(${[...slotIds]}::text[]) as slot (id)
	-- The limit is never reached: it tells Postgres how few they are, also when it has no figures of the table yet.
	cross join lateral (
		select m.doc_id from catalogue_members m where m.slot_id = slot.id limit ${2 * slotSize}
	) member
	join sync_feed f on f.audience = 'public' and f.collection = 'listings' and f.doc_id = member.doc_id
	where f.doc is not null and f.version < feed_horizon()
	order by slot.id, f.doc_id`;

/** The goods approved last, below the horizon, newest first. */
export const selectNewest = (db: Queryable, limit: number) => db<FeedListing[]>`
	select f.doc_id as "docId", f.version, f.doc
	from (select doc_id, approved_at from catalogue_members order by approved_at desc, doc_id limit ${limit}) m
	join sync_feed f on f.audience = 'public' and f.collection = 'listings' and f.doc_id = m.doc_id
	where f.doc is not null and f.version < feed_horizon()
	order by m.approved_at desc, m.doc_id`;
