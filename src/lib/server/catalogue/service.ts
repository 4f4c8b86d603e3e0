import type { Sql, Tx } from '$lib/server/db/pool.ts';
import type { PackManifest } from '$lib/sync/protocol/packs.ts';
import { deleteEverything, selectManifest, selectPack } from './queries.ts';

/** The slot that holds the newest goods once more. */
export const firstSlot = 'first';

/**
 * What the public catalogue is made of now (sync 10). Without packs, or when those there are were made from another
 * feed, the list is empty and the position the beginning. Public: who asks does not matter.
 */
export async function describeCatalogue(db: Sql, now: string): Promise<PackManifest> {
	const [found] = await selectManifest(db);
	if (!found) throw new Error('the exchange has no row of its own');
	const { epoch, version, lastId } = found;
	const entries = found.packs.map(({ slotId, ...entry }) => ({ first: slotId === firstSlot, entry }));
	return {
		epoch,
		serverTime: now,
		// One below, at its end: a position at the horizon itself is of a device that has read further than anything was
		// written, and the rows of one large transaction must not all come again behind the packs that hold them.
		position: version === 0 ? { version: 0, id: '' } : { version: version - 1, id: lastId, since: version },
		first: entries.find(({ first }) => first)?.entry ?? null,
		packs: entries.filter(({ first }) => !first).map(({ entry }) => entry),
		hidden: [...found.hidden]
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
