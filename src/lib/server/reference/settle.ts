import type { Sql } from '$lib/server/db/pool.ts';
import { recountTerms } from '$lib/server/moderation/terms.ts';
import { hasUnsettledDays, updateDaysSettled } from './queries.ts';

/** No transaction lives as long: what was opened by the calendar before is seen by then. */
const settledAfterMs = 10 * 60_000;

/**
 * TG-3.4a, TG-10.2b: counts running terms anew after days off have changed, until nothing can be under way any more that
 * was counted without them. Cheap when there is nothing. Returns how many terms have changed.
 */
export async function settleDays(db: Sql, now: string): Promise<number> {
	if (!(await hasUnsettledDays(db))) return 0;
	const changed = await recountTerms(db, now);
	await updateDaysSettled(db, new Date(Date.parse(now) - settledAfterMs).toISOString(), now);
	return changed;
}
