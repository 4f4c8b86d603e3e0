import { withChanges } from '$lib/domain/agencies/changes.ts';
import { rulePackSchema, type RulePack } from '$lib/domain/agencies/schema.ts';
import { withReferenceChanges } from '$lib/domain/reference/changes.ts';
import type { Queryable, Tx } from '$lib/server/db/pool.ts';
import { findPack, findPackKey, replaceSectorAgencies, upsertAgencies, upsertCategories } from './queries.ts';

/** The last packs read, by their content: checking one takes longer than a submission. */
const known = new Map<string, RulePack>();
const remembered = 8;

/**
 * The rule pack in force, with what administrators changed since, planned changes included: ask it for a day. Throws
 * when none was loaded, since nothing can be routed without one.
 */
export async function currentPack(db: Queryable): Promise<RulePack> {
	const now = await findPackKey(db);
	if (!now) throw new Error('no rule pack was loaded; run `npm run san -- seed`');
	const before = known.get(now.key);
	if (before) return before;
	const found = await findPack(db, now.id);
	const loaded = withChanges(rulePackSchema.parse(found?.pack), found?.agencies ?? []);
	const pack = withReferenceChanges(loaded, found?.reference ?? []);
	const [oldest] = known.keys();
	if (known.size >= remembered && oldest !== undefined) known.delete(oldest);
	known.set(now.key, pack);
	return pack;
}

/** The pack as it was loaded, without any change. */
export async function loadedPack(db: Queryable): Promise<RulePack> {
	const now = await findPackKey(db);
	const found = now && (await findPack(db, now.id));
	if (!found) throw new Error('no rule pack was loaded; run `npm run san -- seed`');
	return rulePackSchema.parse(found.pack);
}

/** Brings the tables of agencies and their sectors in line with the pack in force and its changes. */
export async function refreshAgencies(tx: Tx): Promise<void> {
	const { agencies, sectors } = await currentPack(tx);
	await upsertAgencies(tx, agencies);
	await replaceSectorAgencies(tx, sectors);
}

/** The same for the table of categories; their sectors have to be there. */
export async function refreshCategories(tx: Tx): Promise<void> {
	await upsertCategories(tx, (await currentPack(tx)).categories);
}
