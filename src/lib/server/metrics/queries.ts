import type { DueState } from '$lib/domain/moderation/schema.ts';
import type { Queryable } from '$lib/server/db/pool.ts';

/** `officer` is an account's id, or empty while nobody holds the case. */
export type OpenCaseCount = { agencyId: string; officer: string; due: DueState; cases: number };
export type BreachCount = { agencyId: string; officer: string; breaches: number };

/** Open cases by agency, by who holds them, and by how their term stands (TG-10.2b). */
export const countOpenCases = (sql: Queryable): Promise<OpenCaseCount[]> => sql<OpenCaseCount[]>`
	select agency_id as "agencyId", coalesce(assignee_id::text, '') as officer,
		case when due_at <= now() then 'overdue'
			when due_at - now() < make_interval(hours => soon_hours) then 'soon'
			else 'on_time' end as due,
		count(*)::int as cases
	from cases where state = 'open' group by 1, 2, 3`;

/** The ledger of overdue cases by agency and by who held the case when its term passed (TG-10.3b). */
export const countBreaches = (sql: Queryable): Promise<BreachCount[]> => sql<BreachCount[]>`
	select agency_id as "agencyId", coalesce(officer_id::text, '') as officer, count(*)::int as breaches
	from sla_breaches group by 1, 2`;

/** Seconds since the receipt of the oldest open case. */
export async function oldestOpenCaseAge(sql: Queryable): Promise<number> {
	const [row] = await sql<{ seconds: number }[]>`
		select coalesce(extract(epoch from now() - min(received_at)), 0) as seconds from cases where state = 'open'`;
	return row?.seconds ?? 0;
}

/** The packs devices are given; `age` is 0 when there were never any. */
export async function countPacks(
	sql: Queryable
): Promise<{ packs: number; rows: number; bytes: number; age: number }> {
	const [row] = await sql<{ packs: number; rows: number; bytes: number; age: number }[]>`
		select count(*)::int as packs, coalesce(sum(rows), 0)::int as rows, coalesce(sum(bytes), 0) as bytes,
			coalesce((select extract(epoch from now() - published_at) from catalogue_progress), 0) as age
		from catalogue_packs where live and slot_id <> 'first'`;
	return row ?? { packs: 0, rows: 0, bytes: 0, age: 0 };
}

/** Seconds since the backup last reached the newest commit; -1 without backups (sync 13). */
export async function backupDelay(sql: Queryable): Promise<number> {
	const [row] = await sql<{ seconds: number }[]>`
		select coalesce(extract(epoch from now() - watermark_at), -1) as seconds from exchange`;
	return row?.seconds ?? -1;
}

/** How far the feed's horizon lies behind: in transactions, and as the age of the oldest writer of this login. */
export async function feedDelay(sql: Queryable): Promise<{ held: number; seconds: number }> {
	const [row] = await sql<{ held: number; seconds: number }[]>`
		select (pg_snapshot_xmax(s)::text::bigint - pg_snapshot_xmin(s)::text::bigint) as held,
			coalesce((select extract(epoch from max(clock_timestamp() - xact_start)) from pg_stat_activity
				where backend_xid is not null and pid <> pg_backend_pid()), 0) as seconds
		from pg_current_snapshot() as s`;
	return row ?? { held: 0, seconds: 0 };
}
