import type { ListingContent, ListingState } from '$lib/domain/listings/schema.ts';
import type { Tx } from '$lib/server/db/pool.ts';

export type ListingTruth = {
	readonly id: string;
	readonly state: ListingState;
	readonly rev: number;
	readonly content: ListingContent;
	readonly discarded: boolean;
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
	const unread = await tx<{ id: string }[]>`select id from notifications where read_at is null`;
	return {
		commands,
		feed,
		listings: new Map(listings.map((row) => [row.id, row])),
		orders: new Map(orders.map((row) => [row.id, row.rev])),
		cases: new Map(cases.map((row) => [row.id, row.state])),
		unread: new Set(unread.map((row) => row.id))
	};
}
