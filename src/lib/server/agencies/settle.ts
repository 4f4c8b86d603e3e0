import type { Sql } from '$lib/server/db/pool.ts';
import { settleCases } from '$lib/server/moderation/moves.ts';
import { tellOfAgencyChanges } from './changes.ts';

/**
 * What the day has brought for agencies: cases lie with whoever acts now, and the people of the unit are told. Cheap when
 * there is nothing, safe to run again and in several processes. Returns how much it did.
 */
export async function settleAgencies(db: Sql, now: string): Promise<number> {
	const cases = await settleCases(db, now);
	return cases + (await tellOfAgencyChanges(db, now));
}
