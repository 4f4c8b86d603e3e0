import type { Sql } from '$lib/server/db/pool.ts';
import { settleCases } from '$lib/server/moderation/moves.ts';
import { tellOfAgencyChanges } from './changes.ts';

/**
 * What the day has brought for agencies: cases lie with whoever acts now, and the people of the unit are told, also when a
 * case could not be moved. Cheap when there is nothing, safe to run again and in several processes. Returns how much it did.
 */
export async function settleAgencies(db: Sql, now: string): Promise<number> {
	const [cases] = await Promise.allSettled([settleCases(db, now)]);
	const told = await tellOfAgencyChanges(db, now);
	if (cases.status === 'rejected') throw cases.reason;
	return cases.value + told;
}
