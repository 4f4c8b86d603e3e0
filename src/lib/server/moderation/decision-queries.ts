import type { DecisionView } from '$lib/domain/moderation/decision-view.ts';
import type { Queryable } from '$lib/server/db/pool.ts';

export type DecisionRow = Omit<DecisionView, 'steps' | 'seenNeed'> & {
	readonly subjectId: string;
	readonly agencyId: string;
	/** Which of the agencies that were asked for act for it now. */
	readonly actingAgencies: readonly string[];
};

export type CaseAboutRow = {
	readonly id: string;
	readonly code: string;
	readonly open: boolean;
	readonly agencyId: string;
	readonly receivedAt: string;
	readonly actingAgencies: readonly string[];
};

const actingAmong = (db: Queryable, agencyIds: readonly string[]) => db`
	array(select given from unnest(${[...agencyIds]}::text[]) given where c.agency_id = any(acts_for(given, now())))`;

/** The case with this id, or the cases about the thing with it, the newest first. */
export const listCasesAbout = (
	db: Queryable,
	id: string,
	agencyIds: readonly string[]
): Promise<CaseAboutRow[]> =>
	db<CaseAboutRow[]>`
		select c.id, c.code, c.state = 'open' as open, c.agency_id as "agencyId", c.received_at as "receivedAt",
			${actingAmong(db, agencyIds)} as "actingAgencies"
		from cases c where c.id = ${id} or c.subject_id = ${id} order by c.received_at desc, c.id limit 20`;

/** A decided case with the version it was decided on; null when there is none, or it is open. */
export async function findDecision(
	db: Queryable,
	caseId: string,
	agencyIds: readonly string[]
): Promise<DecisionRow | null> {
	const [row] = await db<DecisionRow[]>`
		select c.id, c.code, c.kind, c.title, c.state, c.agency_id as "agencyId",
			agency_name(c.agency_id, c.decided_at) as "agencyName",
			coalesce(c.decided_by_name, '') || coalesce(' (thay ' || c.decided_for_name || ')', '') as "decidedByName",
			c.decided_at as "decidedAt", c.decided_device_time as "deviceTime", c.received_at as "receivedAt",
			c.due_at as "dueAt", c.clause, c.reason_codes as "reasonCodes", c.note, c.subject_rev as rev,
			c.subject_id as "subjectId",
			case when v.rev is not null
				then jsonb_build_object('content', v.content, 'submittedAt', to_char(v.submitted_at at time zone 'UTC',
					'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) end as seen,
			${actingAmong(db, agencyIds)} as "actingAgencies"
		from cases c left join listing_versions v on v.listing_id = c.listing_id and v.rev = c.subject_rev
		where c.id = ${caseId} and c.state <> 'open'`;
	return row ?? null;
}
