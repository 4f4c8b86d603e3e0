import type { Sql, Tx } from '$lib/server/db/pool.ts';
import type { PackManifest } from '$lib/sync/protocol/packs.ts';
import { findManifest, keptFor } from './kept.ts';
import { compress } from './pack.ts';
import { deleteEverything, selectPack, type FoundManifest } from './queries.ts';

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
	const kept = keptFor(db);
	const { hidden } = await findManifest(db, kept);
	if (!kept.hashes.has(hash)) return null;
	const known = kept.bodies.get(hash);
	if (known) return hidden.some((id) => known.docIds.has(id)) ? null : known.body;
	const [found] = await selectPack(db, hash);
	if (!found) return null;
	kept.keep(hash, { body: found.body, docIds: new Set(found.docIds) });
	return found.body;
}

/** After a restore the packs speak of versions that are no more (sync 13); the job makes them anew. */
export const forgetPacks = (tx: Tx): Promise<void> => deleteEverything(tx);
