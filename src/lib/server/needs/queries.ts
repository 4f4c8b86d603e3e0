import type { NeedContent } from '$lib/domain/needs/schema.ts';
import type { NeedState } from '$lib/domain/needs/states.ts';
import type { Queryable, Tx } from '$lib/server/db/pool.ts';
import type { OwnReviewRow } from '$lib/server/moderation/own-review.ts';

export type NeedRow = {
	readonly id: string;
	readonly buyerId: string;
	readonly state: NeedState;
	readonly rev: number;
	readonly content: NeedContent;
	readonly sectorId: string;
	readonly until: string;
	readonly approvedAt: string | null;
	readonly updatedAt: string;
};

const columns = (db: Queryable) => db`
	n.id, n.buyer_id as "buyerId", n.state, n.rev, n.content, n.sector_id as "sectorId", n.until::text as until,
	n.approved_at as "approvedAt", n.updated_at as "updatedAt"`;
const notOver = (db: Queryable) => db`n.state in ('submitted', 'approved', 'returned')`;

/** Row-level security makes another member's need one that does not exist. */
export async function findNeed(db: Queryable, id: string): Promise<NeedRow | null> {
	const [row] = await listNeeds(db, [id]);
	return row ?? null;
}

/** Those that there are, in no order. */
export const listNeeds = (db: Queryable, ids: readonly string[]): Promise<NeedRow[]> =>
	db<NeedRow[]>`select ${columns(db)} from needs n where n.id = any(${[...ids]}::uuid[])`;

/** In the order of ids, so that two who lock several cannot wait for each other. */
export const lockNeeds = (tx: Tx, ids: readonly string[]): Promise<NeedRow[]> =>
	tx<NeedRow[]>`
		select ${columns(tx)} from needs n where n.id = any(${[...ids]}::uuid[]) order by n.id for update`;

/**
 * What of a member is not over, together with what the member has offered for, also where the exchange took it back and
 * says so: whoever is locked loses all of it, and two locks at once take these rows in one order.
 */
export const lockNeedsAround = (tx: Tx, accountId: string): Promise<NeedRow[]> =>
	tx<NeedRow[]>`
		select ${columns(tx)} from needs n
		where (n.buyer_id = ${accountId} and ${notOver(tx)}) or exists (
			select from need_offers o
			where o.need_id = n.id and o.seller_account_id = ${accountId}
				and (o.state = 'sent' or (o.dropped_for is not null and n.state = 'approved')))
		order by n.id for update`;

export async function countOpenNeeds(tx: Tx, buyerId: string): Promise<number> {
	const [row] = await tx<{ n: number }[]>`
		select count(*)::int as n from needs n where n.buyer_id = ${buyerId} and ${notOver(tx)}`;
	return row?.n ?? 0;
}

/** Whether the first text under this id was this one; null when there is none of the actor's. */
export async function isFirstText(tx: Tx, needId: string, content: NeedContent): Promise<boolean | null> {
	const [row] = await tx<{ same: boolean }[]>`
		select content = ${JSON.stringify(content)}::text::jsonb as same from need_versions
		where need_id = ${needId} and rev = 1`;
	return row?.same ?? null;
}

/** False when the id exists already, whoever it belongs to. */
export async function insertNeed(
	tx: Tx,
	row: { id: string; buyerId: string; content: NeedContent; sectorId: string; now: string }
): Promise<boolean> {
	const { content } = row;
	const rows = await tx`
		insert into needs (id, buyer_id, state, rev, content, sector_id, ward_code, until, created_at, updated_at)
		values (${row.id}, ${row.buyerId}, 'submitted', 1, ${JSON.stringify(content)}::text::jsonb, ${row.sectorId},
			${content.wardCode}, ${content.until}, ${row.now}, ${row.now})
		on conflict (id) do nothing returning id`;
	return rows.length === 1;
}

export async function updateSubmitted(
	tx: Tx,
	row: { id: string; rev: number; content: NeedContent; sectorId: string; now: string }
): Promise<void> {
	const { content } = row;
	await tx`
		update needs set state = 'submitted', rev = ${row.rev}, content = ${JSON.stringify(content)}::text::jsonb,
			sector_id = ${row.sectorId}, ward_code = ${content.wardCode}, until = ${content.until}, updated_at = ${row.now}
		where id = ${row.id}`;
}

export async function insertNeedVersion(
	tx: Tx,
	row: { needId: string; rev: number; content: NeedContent; submittedAt: string; deviceTime: string }
): Promise<void> {
	await tx`
		insert into need_versions (need_id, rev, content, submitted_at, device_time)
		values (${row.needId}, ${row.rev}, ${JSON.stringify(row.content)}::text::jsonb, ${row.submittedAt},
			${row.deviceTime})`;
}

export type NeedVersion = { readonly content: NeedContent; readonly submittedAt: string };

/** The frozen content of one submission. */
export async function findNeedVersion(
	db: Queryable,
	needId: string,
	rev: number
): Promise<NeedVersion | null> {
	const [row] = await db<NeedVersion[]>`
		select content, submitted_at as "submittedAt" from need_versions where need_id = ${needId} and rev = ${rev}`;
	return row ?? null;
}

export async function updateApproved(
	tx: Tx,
	row: { id: string; agencyId: string; now: string }
): Promise<void> {
	await tx`
		update needs set state = 'approved', approved_at = ${row.now}, approved_agency_id = ${row.agencyId},
			updated_at = ${row.now}
		where id = ${row.id}`;
}

export async function updateReturned(tx: Tx, id: string, now: string): Promise<void> {
	await tx`update needs set state = 'returned', updated_at = ${now} where id = ${id}`;
}

export async function updateOver(
	tx: Tx,
	ids: readonly string[],
	state: 'closed' | 'ended',
	now: string
): Promise<void> {
	await tx`
		update needs set state = ${state}, rev = rev + 1, updated_at = ${now} where id = any(${[...ids]}::uuid[])`;
}

/** Needs whose last day lies before `day` and that are not over, the longest ago first. */
export async function listPastNeeds(
	db: Queryable,
	day: string,
	after: { readonly until: string; readonly id: string } | null,
	limit: number
): Promise<{ id: string; until: string }[]> {
	return db<{ id: string; until: string }[]>`
		select n.id, n.until::text as until from needs n
		where n.until < ${day} and ${notOver(db)}
			${after === null ? db`` : db`and (n.until, n.id) > (${after.until}, ${after.id}::uuid)`}
		order by n.until, n.id limit ${limit}`;
}

/** An approved need as everybody reads it. */
export type PublicNeedRow = {
	readonly id: string;
	readonly rev: number;
	readonly content: NeedContent;
	readonly sectorId: string;
	readonly wardName: string;
	readonly agencyId: string;
	readonly agencyName: string;
	readonly approvedAt: string;
};

/** TG-15.1: the one place that says which needs are public; nothing of the buyer is read. */
const publicOnes = (db: Queryable) => db`
	from needs n join wards w on w.code = n.ward_code where n.state = 'approved'`;
const publicColumns = (db: Queryable) => db`
	n.id, n.rev, n.content, n.sector_id as "sectorId", w.name as "wardName",
	n.approved_agency_id as "agencyId", agency_name(n.approved_agency_id, n.approved_at) as "agencyName",
	n.approved_at as "approvedAt"`;

export const listPublicNeeds = (db: Queryable, ids: readonly string[]): Promise<PublicNeedRow[]> =>
	db<PublicNeedRow[]>`
		select ${publicColumns(db)} ${publicOnes(db)} and n.id = any(${[...ids]}::uuid[])`;

export type BoardFilter = {
	/** A need that has ended before this day is not on the board. */
	readonly day: string;
	/** Folded words, each of which must occur. */
	readonly words: readonly string[];
	readonly categoryId: string | null;
	readonly wardCode: string | null;
};

const onBoard = (db: Queryable, { day, words, categoryId, wardCode }: BoardFilter) => db`
	${publicOnes(db)} and n.until >= ${day}
	${categoryId === null ? db`` : db`and n.content ->> 'categoryId' = ${categoryId}`}
	${wardCode === null ? db`` : db`and n.ward_code = ${wardCode}`}
	${words.length === 0 ? db`` : words.map((word) => db`and n.search_text || chr(10) || fold_vi(w.name) like ${`%${word}%`}`)}`;

/** The board, newest first: whoever reads in the moment before the ending meets no need that has ended. */
export const listBoardRows = (
	db: Queryable,
	filter: BoardFilter,
	limit: number,
	offset: number
): Promise<PublicNeedRow[]> =>
	db<PublicNeedRow[]>`
		select ${publicColumns(db)} ${onBoard(db, filter)}
		order by n.approved_at desc, n.id limit ${limit} offset ${offset}`;

export async function countBoardRows(db: Queryable, filter: BoardFilter): Promise<number> {
	const [row] = await db<{ total: number }[]>`select count(*)::int as total ${onBoard(db, filter)}`;
	return row?.total ?? 0;
}

/** What the buyer may see of the latest case. */
export type NeedReviewRow = OwnReviewRow & { readonly needId: string };

/** The latest case of each need. */
export const listNeedReviews = (db: Queryable, ids: readonly string[]): Promise<NeedReviewRow[]> =>
	db<NeedReviewRow[]>`
		select distinct on (c.subject_id) c.subject_id as "needId", c.code,
			agency_name(c.agency_id, coalesce(c.decided_at, now())) as "agencyName",
			c.received_at as "receivedAt", c.due_at as "dueAt", c.last_day as "lastDay", c.decided_at as "decidedAt",
			c.state, c.reason_codes as "reasonCodes", c.note
		from cases c where c.kind = 'need' and c.subject_id = any(${[...ids]}::uuid[])
		order by c.subject_id, c.round desc`;
