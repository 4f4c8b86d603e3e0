import type { CaseKind, CaseState } from '$lib/domain/moderation/states.ts';
import type { Queryable } from '$lib/server/db/pool.ts';

/** How one officer, or the unit without one, stands. */
export type DueRow = {
	agencyId: string;
	agencyName: string;
	officerId: string | null;
	officerName: string | null;
	onTime: number;
	soon: number;
	overdue: number;
	breaches: number;
	decidedThisWeek: number;
	onTimeThisWeek: number;
	/** Sum of hours from receipt to decision, of this week's decisions. */
	hoursThisWeek: number;
};

/**
 * Open cases count for whoever holds them now, breaches for whoever held them when the term passed (TG-10.3b),
 * decisions of the last seven days for whoever decided.
 */
export async function listDueRows(
	db: Queryable,
	agencyIds: readonly string[] | null,
	now: string
): Promise<DueRow[]> {
	return db<DueRow[]>`
		with counted as (
			select agency_id, assignee_id as officer_id,
				count(*) filter (where due_at - ${now}::timestamptz >= make_interval(hours => soon_hours)) as on_time,
				count(*) filter (where due_at > ${now} and due_at - ${now}::timestamptz < make_interval(hours => soon_hours))
					as soon,
				count(*) filter (where due_at <= ${now}) as overdue,
				0::bigint as breaches, 0::bigint as decided, 0::bigint as decided_on_time, 0::float8 as hours
			from cases where state = 'open' group by 1, 2
			union all
			select agency_id, officer_id, 0, 0, 0, count(*), 0, 0, 0 from sla_breaches group by 1, 2
			union all
			select agency_id, decided_by, 0, 0, 0, 0, count(*), count(*) filter (where decided_at < due_at),
				sum(extract(epoch from decided_at - received_at) / 3600)
			from cases
			where state in ('approved', 'returned', 'refused') and decided_at > ${now}::timestamptz - interval '7 days'
				and decided_at <= ${now}
			group by 1, 2
		)
		select c.agency_id as "agencyId", agency_name(a.id, ${now}) as "agencyName",
			c.officer_id as "officerId",
			(select p.public_name from posts p where p.account_id = c.officer_id
				order by p.agency_id = c.agency_id desc, p.valid_from desc limit 1) as "officerName",
			sum(on_time)::int as "onTime", sum(soon)::int as soon, sum(overdue)::int as overdue,
			sum(breaches)::int as breaches, sum(decided)::int as "decidedThisWeek",
			sum(decided_on_time)::int as "onTimeThisWeek", sum(hours)::float8 as "hoursThisWeek"
		from counted c join agencies a on a.id = c.agency_id
		${agencyIds === null ? db`` : db`where c.agency_id = any(${[...agencyIds]}::text[])`}
		group by c.agency_id, a.id, c.officer_id
		order by a.name, "officerName" nulls last, c.officer_id`;
}

export type HistoryRow = {
	id: string;
	code: string;
	kind: CaseKind;
	title: string;
	sellerName: string;
	round: number;
	state: Exclude<CaseState, 'open'>;
	receivedAt: string;
	dueAt: string;
	decidedAt: string;
	decidedByName: string;
	/** What the unit was called when it decided (LAW-reform-2025). */
	agencyName: string;
	reasonCodes: string[];
	note: string;
	breached: boolean;
};

export type HistoryKey = { readonly decidedAt: string; readonly id: string };

/** Decided cases of an agency and of those it took over, newest first, after a key: pages stay right while new ones arrive. */
export async function listHistory(
	db: Queryable,
	agencyId: string,
	after: HistoryKey | null,
	limit: number
): Promise<HistoryRow[]> {
	return db<HistoryRow[]>`
		select c.id, c.code, c.kind, c.title, coalesce(b.name, '') as "sellerName", c.round, c.state,
			c.received_at as "receivedAt", c.due_at as "dueAt", c.decided_at as "decidedAt",
			coalesce(c.decided_by_name, '') || coalesce(' (thay ' || c.decided_for_name || ')', '') as "decidedByName",
			agency_name(c.agency_id, c.decided_at) as "agencyName", c.reason_codes as "reasonCodes", c.note,
			exists (select from sla_breaches s where s.case_id = c.id) as breached
		from cases c left join businesses b on b.id = c.business_id
		where c.agency_id = any(acts_for(${agencyId}, now())) and c.state <> 'open'
			${after === null ? db`` : db`and (c.decided_at, c.id) < (${after.decidedAt}, ${after.id}::uuid)`}
		order by c.decided_at desc, c.id desc limit ${limit}`;
}
