import { rulePackSchema, type RulePack, type Ward } from '$lib/domain/agencies/schema.ts';
import type { Queryable, Tx } from '$lib/server/db/pool.ts';
import { publish } from '$lib/server/sync/publish.ts';
import type { WriteContext } from '$lib/server/sync/write.ts';
import { projectReference } from './projections.ts';
import {
	findPack,
	findPackKey,
	findWard,
	listOfficers,
	listWards,
	lockSectorShared,
	type OfficerRow
} from './queries.ts';

/** The last packs read, by their content: checking one takes longer than a submission. */
const known = new Map<string, RulePack>();
const remembered = 8;

/** The rule pack in force. Throws when none was loaded: nothing can be routed without one. */
export async function currentPack(db: Queryable): Promise<RulePack> {
	const now = await findPackKey(db);
	if (!now) throw new Error('no rule pack was loaded; run `npm run san -- seed`');
	const before = known.get(now.key);
	if (before) return before;
	const pack = rulePackSchema.parse(await findPack(db, now.id));
	const [oldest] = known.keys();
	if (known.size >= remembered && oldest !== undefined) known.delete(oldest);
	known.set(now.key, pack);
	return pack;
}

/** TG-3.2: who holds a post in the agency at `now`, one line a person. */
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

/** Holds a sector against being moved to another department until the transaction ends. False = no such sector. */
export const holdSector = (tx: Tx, sectorId: string): Promise<boolean> => lockSectorShared(tx, sectorId);

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
