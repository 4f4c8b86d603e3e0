import type { ListingContent, ListingState } from '$lib/domain/listings/schema.ts';
import type { NeedContent, OfferState } from '$lib/domain/needs/schema.ts';
import type { NeedState } from '$lib/domain/needs/states.ts';
import type { OrderState } from '$lib/domain/orders/states.ts';
import type { Tx } from '$lib/server/db/pool.ts';

export type ListingTruth = {
	readonly id: string;
	readonly ownerId: string;
	readonly state: ListingState;
	readonly rev: number;
	readonly content: ListingContent;
	readonly discarded: boolean;
	readonly publishedRev: number | null;
	readonly publishedContent: ListingContent | null;
	readonly stock: number | null;
	readonly updatedAt: string;
};

export type OrderTruth = {
	readonly id: string;
	readonly buyerId: string;
	readonly sellerId: string;
	readonly code: string;
	readonly state: OrderState;
	readonly rev: number;
	readonly quantity: number;
	readonly total: number;
	readonly placedAt: string;
	readonly updatedAt: string;
};

/** A line of an order's timeline. */
export type OrderStep = {
	readonly orderId: string;
	readonly state: OrderState;
	readonly at: string;
	readonly by: string;
	readonly reason: string;
};

export type CaseTruth = {
	readonly id: string;
	readonly agencyId: string;
	readonly kind: string;
	readonly subjectId: string;
	readonly subjectRev: number;
	readonly code: string;
	readonly state: string;
	readonly rev: number;
	readonly round: number;
	readonly assigneeId: string | null;
	readonly receivedAt: string;
	readonly decidedAt: string | null;
	readonly reasonCodes: readonly string[];
};

export type NoticeTruth = {
	readonly id: string;
	readonly ownerId: string;
	readonly kind: string;
	readonly subjectId: string;
	readonly facts: unknown;
	readonly at: string;
	readonly readAt: string | null;
};

export type NeedTruth = {
	readonly id: string;
	readonly buyerId: string;
	readonly state: NeedState;
	readonly rev: number;
	readonly content: NeedContent;
	readonly updatedAt: string;
};
export type OfferTruth = {
	readonly id: string;
	readonly needId: string;
	readonly listingId: string;
	readonly buyerId: string;
	readonly sellerId: string;
	readonly quantity: number;
	readonly state: OfferState;
	readonly updatedAt: string;
};

export type FeedRow = {
	readonly audience: string;
	readonly collection: string;
	readonly id: string;
	readonly version: number;
	readonly doc: unknown;
};

/** What the exchange holds, read behind the back of all its code. */
export type Truth = Awaited<ReturnType<typeof readTruth>>;

export async function readTruth(tx: Tx) {
	const commands = await tx<
		{ id: string; actorId: string; name: string; outcome: string; version: number; receivedAt: string }[]
	>`
		select id, actor_id as "actorId", name, outcome ->> 'outcome' as outcome, version,
			received_at as "receivedAt" from command_log order by version`;
	const feed = await tx<FeedRow[]>`
		select audience, collection, doc_id as id, version, doc from sync_feed`;
	const listings = await tx<ListingTruth[]>`
		select id, account_id as "ownerId", state, rev, content, discarded_at is not null as discarded,
			published_rev as "publishedRev", published_content as "publishedContent", stock, updated_at as "updatedAt"
		from listings`;
	const orders = await tx<OrderTruth[]>`
		select id, buyer_id as "buyerId", seller_account_id as "sellerId", code, state, rev, quantity, total,
			placed_at as "placedAt", updated_at as "updatedAt" from orders`;
	const steps = await tx<OrderStep[]>`
		select order_id as "orderId", state, at, by_party as by, reason from order_events order by id`;
	const cases = await tx<CaseTruth[]>`
		select id, agency_id as "agencyId", kind, subject_id as "subjectId", subject_rev as "subjectRev", code, state, rev, round,
			assignee_id as "assigneeId", received_at as "receivedAt", decided_at as "decidedAt",
			reason_codes as "reasonCodes" from cases`;
	const decisions = await tx<{ caseId: string }[]>`
		select case_id as "caseId" from case_events where kind in ('approved', 'returned')`;
	const needs = await tx<NeedTruth[]>`
		select id, buyer_id as "buyerId", state, rev, content, updated_at as "updatedAt" from needs`;
	const offers = await tx<OfferTruth[]>`
		select id, need_id as "needId", listing_id as "listingId", buyer_id as "buyerId",
			seller_account_id as "sellerId", quantity, state, updated_at as "updatedAt" from need_offers`;
	// One that was read before it came has no kind yet, and is nobody's to see (sync 13).
	const notices = await tx<NoticeTruth[]>`
		select id, account_id as "ownerId", kind, subject_id as "subjectId", facts, at, read_at as "readAt"
		from notifications where kind <> ''`;
	return {
		commands,
		feed,
		listings: byId(listings),
		orders: byId(orders),
		steps,
		cases: byId(cases),
		/** The case of each time that somebody decided. */
		decisions: decisions.map(({ caseId }) => caseId),
		needs: byId(needs),
		offers: byId(offers),
		notices: byId(notices)
	};
}

const byId = <T extends { readonly id: string }>(rows: readonly T[]): ReadonlyMap<string, T> =>
	new Map(rows.map((row) => [row.id, row]));
