import type { ListingContent, ListingState } from '$lib/domain/listings/schema.ts';
import type { NeedContent, OfferState } from '$lib/domain/needs/schema.ts';
import type { NeedState } from '$lib/domain/needs/states.ts';
import type { Tx } from '$lib/server/db/pool.ts';

export type ListingTruth = {
	readonly id: string;
	readonly state: ListingState;
	readonly rev: number;
	readonly content: ListingContent;
	readonly discarded: boolean;
};

export type NeedTruth = {
	readonly id: string;
	readonly buyerId: string;
	readonly state: NeedState;
	readonly rev: number;
	readonly content: NeedContent;
};
export type OfferTruth = {
	readonly id: string;
	readonly needId: string;
	readonly listingId: string;
	readonly buyerId: string;
	readonly sellerId: string;
	readonly quantity: number;
	readonly state: OfferState;
};

/** What the exchange holds, read behind the back of all its code. */
export type Truth = Awaited<ReturnType<typeof readTruth>>;

export async function readTruth(tx: Tx) {
	const commands = await tx<
		{ id: string; actorId: string; name: string; outcome: string; version: number }[]
	>`
		select id, actor_id as "actorId", name, outcome ->> 'outcome' as outcome, version from command_log order by version`;
	const feed = await tx<
		{ audience: string; collection: string; id: string; version: number; doc: unknown }[]
	>`select audience, collection, doc_id as id, version, doc from sync_feed`;
	const listings = await tx<ListingTruth[]>`
		select id, state, rev, content, discarded_at is not null as discarded from listings`;
	const orders = await tx<{ id: string; rev: number }[]>`select id, rev from orders`;
	const cases = await tx<{ id: string; state: string }[]>`select id, state from cases`;
	const needs = await tx<NeedTruth[]>`
		select id, buyer_id as "buyerId", state, rev, content from needs`;
	const offers = await tx<OfferTruth[]>`
		select id, need_id as "needId", listing_id as "listingId", buyer_id as "buyerId",
			seller_account_id as "sellerId", quantity, state from need_offers`;
	const unread = await tx<{ id: string }[]>`select id from notifications where read_at is null`;
	return {
		commands,
		feed,
		listings: new Map(listings.map((row) => [row.id, row])),
		orders: new Map(orders.map((row) => [row.id, row.rev])),
		cases: new Map(cases.map((row) => [row.id, row.state])),
		needs: new Map(needs.map((row) => [row.id, row])),
		offers: new Map(offers.map((row) => [row.id, row])),
		unread: new Set(unread.map((row) => row.id))
	};
}
