import { officersOf } from '$lib/server/agencies/service.ts';
import type { Queryable } from '$lib/server/db/pool.ts';
import {
	listDueRows,
	listHistory,
	type DueRow,
	type HistoryKey,
	type HistoryRow
} from './overview-queries.ts';
import { findNextDue } from './queries.ts';

export type DueCounts = Omit<DueRow, 'agencyId' | 'agencyName' | 'officerId' | 'officerName'>;
export type OfficerDue = DueCounts & { readonly id: string | null; readonly name: string | null };
export type AgencyDue = DueCounts & {
	readonly id: string;
	readonly name: string;
	/** One line an officer; `id` null = cases nobody holds. */
	readonly officers: readonly OfficerDue[];
};
export type DueOverview = { readonly agencies: readonly AgencyDue[]; readonly nextDueAt: string | null };

/**
 * TG-10.3b: on time, due soon, overdue and breaches by unit and officer, and this week's decisions.
 * `agencyIds` null = every unit.
 */
export async function dueOverview(
	db: Queryable,
	agencyIds: readonly string[] | null,
	now: string
): Promise<DueOverview> {
	const rows = await listDueRows(db, agencyIds, now);
	const agencies = new Map<string, { name: string; officers: OfficerDue[] }>();
	for (const { agencyId, agencyName, officerId, officerName, ...counts } of rows) {
		const agency = agencies.get(agencyId) ?? { name: agencyName, officers: [] };
		agency.officers.push({ id: officerId, name: officerName, ...counts });
		agencies.set(agencyId, agency);
	}
	return {
		agencies: [...agencies].map(([id, { name, officers }]) => ({ id, name, officers, ...sum(officers) })),
		nextDueAt: await findNextDue(db, now)
	};
}

function sum(all: readonly DueCounts[]): DueCounts {
	const of = (key: keyof DueCounts): number => all.reduce((total, counts) => total + counts[key], 0);
	return {
		onTime: of('onTime'),
		soon: of('soon'),
		overdue: of('overdue'),
		breaches: of('breaches'),
		decidedThisWeek: of('decidedThisWeek'),
		onTimeThisWeek: of('onTimeThisWeek'),
		hoursThisWeek: of('hoursThisWeek')
	};
}

/** One page of decided cases, and the key of the next one. */
export async function caseHistory(
	db: Queryable,
	agencyId: string,
	after: HistoryKey | null,
	limit: number
): Promise<{ items: HistoryRow[]; next: HistoryKey | null }> {
	const rows = await listHistory(db, agencyId, after, limit + 1);
	const items = rows.slice(0, limit);
	const last = items.at(-1);
	return { items, next: rows.length > limit && last ? { decidedAt: last.decidedAt, id: last.id } : null };
}

/** Who of a unit can hold a case, with the name and post the public may see. */
export const officersToHold = officersOf;
