import { onDuty } from '$lib/domain/agencies/duty.ts';
import type { RulePack, Ward } from '$lib/domain/agencies/schema.ts';
import { vietnamDay } from '$lib/domain/calendar/working-days.ts';
import type { Queryable, Tx } from '$lib/server/db/pool.ts';
import { publish } from '$lib/server/sync/publish.ts';
import type { WriteContext } from '$lib/server/sync/write.ts';
import { projectReference } from './projections.ts';
import {
	findActing,
	findWard,
	listAbsencesOn,
	listCasePlaces,
	listOfficers,
	listWards,
	lockSectorShared,
	type CasePlace,
	type OfficerRow
} from './queries.ts';

export { currentPack, loadedPack, refreshAgencies, refreshCategories } from './pack.ts';
export type { CasePlace } from './queries.ts';

/** LAW-reform-2025: who does the agency's work at `now`; the agency itself for one nobody knows. */
export const actingNow = async (db: Queryable, agencyId: string, now: string): Promise<string> =>
	(await findActing(db, agencyId, now)) ?? agencyId;

/**
 * TG-3.2: whom an open case belongs to at `now`, and with which of its sectors. More than one when its sectors have gone
 * different ways; the first is where the case itself goes.
 */
export async function casePlacesNow(
	db: Queryable,
	of: { readonly sectors: readonly string[]; readonly agencyId: string },
	now: string
): Promise<readonly [CasePlace, ...CasePlace[]]> {
	const [first, ...others] = await listCasePlaces(db, of, now);
	return [first ?? of, ...others];
}

/** TG-3.2: who holds a post in the agency at `now`, or in one whose work it took over; one line a person. */
export const officersOf = (db: Queryable, agencyId: string, now: string): Promise<OfficerRow[]> =>
	listOfficers(db, agencyId, now);

/** The officer's post in this agency at `now`; null when there is none any more (TG-19.5). */
export async function officeOf(
	db: Queryable,
	accountId: string,
	agencyId: string,
	now: string
): Promise<OfficerRow | null> {
	const officers = await listOfficers(db, agencyId, now);
	return officers.find((officer) => officer.accountId === accountId) ?? null;
}

/** Who does the work of an officer of this agency at `now`: the officer, or whoever stands in; null for nobody. */
export async function dutyOf(
	db: Queryable,
	agencyId: string,
	now: string
): Promise<(accountId: string) => string | null> {
	const absences = await listAbsencesOn(db, agencyId, now);
	return (accountId) => onDuty(absences, accountId, vietnamDay(now));
}

/** Holds a sector against being moved to another department until the transaction ends. False = no such sector. */
export const holdSector = (tx: Tx, sectorId: string): Promise<boolean> => lockSectorShared(tx, sectorId);

/** Whoever changes the reference holds every sector: submissions and decisions wait, or are waited for. */
export { lockSectors } from './queries.ts';

/** The same for the sector a category belongs to. */
export async function holdSectorOf(tx: Tx, pack: RulePack, categoryId: string): Promise<void> {
	const category = pack.categories.find((c) => c.id === categoryId);
	if (category) await lockSectorShared(tx, category.sectorId);
}

export const wardOf = (db: Queryable, code: string): Promise<Ward | null> => findWard(db, code);
export const wardsOf = (db: Queryable): Promise<Ward[]> => listWards(db);

/** Sends the pack and the wards to every device; after a pack was loaded or changed. */
export async function publishReference(ctx: WriteContext): Promise<void> {
	await publish(ctx, 'reference', 'pack', projectReference);
	await publish(ctx, 'reference', 'wards', projectReference);
}
