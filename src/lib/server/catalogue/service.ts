import type { Sql, Tx } from '$lib/server/db/pool.ts';
import type { PackManifest } from '$lib/sync/protocol/packs.ts';
import { compress } from './pack.ts';
import {
	deleteEverything,
	selectManifest,
	selectPack,
	selectStanding,
	type FoundManifest
} from './queries.ts';

/** The slot that holds the newest goods once more. */
export const firstSlot = 'first';

/**
 * What the public catalogue is made of now (sync 10). Without packs, or when those there are were made from another
 * feed, the list is empty and the position the beginning. Public: who asks does not matter.
 */
export async function describeCatalogue(db: Sql, now: string): Promise<PackManifest> {
	return manifestOf(await findManifest(db, keptFor(db)), now);
}

/**
 * The same as it goes out, compressed JSON. What is hidden, and which packs are live, is asked for every time; the text
 * is made anew only when one of them changed, since it grows with the catalogue. `serverTime` is when it was made.
 */
export async function manifestBody(db: Sql, now: string): Promise<Buffer> {
	const kept = keptFor(db);
	const found = await findManifest(db, kept);
	const { epoch, edition, version, lastId, hidden } = found;
	const says = [epoch, edition, version, lastId, ...hidden].join('\n');
	if (kept.made?.says !== says) kept.made = { says, body: compress(JSON.stringify(manifestOf(found, now))) };
	return kept.made.body;
}

/** What this process has made already: of the packs of one edition, and of one manifest. */
type Kept = {
	packs: Pick<FoundManifest, 'edition' | 'packs'> | null;
	made: { readonly says: string; readonly body: Promise<Buffer> } | null;
};
const keptOf = new WeakMap<Sql, Kept>();

function keptFor(db: Sql): Kept {
	const kept = keptOf.get(db) ?? { packs: null, made: null };
	keptOf.set(db, kept);
	return kept;
}

/** An edition never changes, so its packs go with whatever is said of it at any moment while it is live. */
async function findManifest(db: Sql, kept: Kept): Promise<FoundManifest> {
	if (kept.packs) {
		const [standing] = await selectStanding(db);
		if (standing?.edition === kept.packs.edition) return { ...standing, packs: kept.packs.packs };
	}
	const [found] = await selectManifest(db);
	if (!found) throw new Error('the exchange has no row of its own');
	kept.packs = { edition: found.edition, packs: found.packs };
	return found;
}

function manifestOf({ epoch, version, lastId, packs, hidden }: FoundManifest, now: string): PackManifest {
	const entries = packs.map(({ slotId, ...entry }) => ({ first: slotId === firstSlot, entry }));
	return {
		epoch,
		serverTime: now,
		// One below, at its end: a position at the horizon itself is of a device that has read further than anything was
		// written, and the rows of one large transaction must not all come again behind the packs that hold them.
		position: version === 0 ? { version: 0, id: '' } : { version: version - 1, id: lastId, since: version },
		first: entries.find(({ first }) => first)?.entry ?? null,
		packs: entries.filter(({ first }) => !first).map(({ entry }) => entry),
		hidden: [...hidden]
	};
}

/**
 * The compressed text of a pack; null when there is no such pack any more, or when something in it may not be shown
 * any more (LAW, TG-9.2): then the device asks for the manifest again.
 */
export async function openPack(db: Sql, hash: string): Promise<Buffer | null> {
	if (!/^[0-9a-f]{64}$/.test(hash)) return null;
	const [found] = await selectPack(db, hash);
	return found?.body ?? null;
}

/** After a restore the packs speak of versions that are no more (sync 13); the job makes them anew. */
export const forgetPacks = (tx: Tx): Promise<void> => deleteEverything(tx);
