import { transaction, type Sql, type Tx } from '$lib/server/db/pool.ts';
import { deleteUploads, unusedKeys } from './removal-queries.ts';
import type { FileStore } from './store.ts';

/**
 * Forgets uploads of one owner in the caller's transaction; after its commit `removeUnused` takes what they had in the store,
 * named by the keys this returns.
 */
export const dropUploads = (tx: Tx, ownerId: string, hashes: readonly string[] | 'all'): Promise<string[]> =>
	deleteUploads(tx, ownerId, hashes);

/**
 * Takes files out of the store whose last record is gone. Keys are named by content, so that somebody else's record of the same
 * picture keeps it. Outside any transaction: a file that stays after a kill is found by the next run, since its caller
 * asks again for what it has not removed. Returns how many went.
 */
export async function removeUnused(
	db: Sql,
	files: Pick<FileStore, 'delete'>,
	keys: readonly string[]
): Promise<number> {
	const unused = await transaction(db, 'system:files', (tx) => unusedKeys(tx, keys));
	for (const key of unused) await files.delete(key);
	return unused.length;
}
