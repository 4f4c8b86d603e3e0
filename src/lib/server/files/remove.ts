import { transaction, type Sql, type Tx } from '$lib/server/db/pool.ts';
import { deleteUploads, isUnused, lockKey, unusedOf } from './removal-queries.ts';
import type { FileStore } from './store.ts';

/**
 * Forgets uploads of one owner in the caller's transaction; after its commit `removeUnused` takes what they had in the store,
 * named by the keys this returns.
 */
export const dropUploads = (tx: Tx, ownerId: string, hashes: readonly string[] | 'all'): Promise<string[]> =>
	deleteUploads(tx, ownerId, hashes);

/**
 * Takes files out of the store whose last record is gone. Keys are named by content, so that somebody else's record of the same
 * picture keeps it. One short transaction a file, which writes nothing and so holds back nobody's pull (sync 7): under its
 * lock no record of this file is made (`keepAndRecord`). A kill leaves a file too many, which `sweepUnused` finds, never a record too
 * many.
 * Returns how many went.
 */
export async function removeUnused(
	db: Sql,
	files: Pick<FileStore, 'delete'>,
	keys: readonly string[]
): Promise<number> {
	let removed = 0;
	for (const key of new Set(keys))
		removed += await transaction(db, 'system:files', async (tx) => {
			await lockKey(tx, key);
			if (!(await isUnused(tx, key))) return 0;
			await files.delete(key);
			return 1;
		});
	return removed;
}

const keysAtOnce = 5_000;
const leftAloneMs = 7 * 24 * 3_600_000;

/**
 * TG-16.3: takes out of the store what no record names, whichever way its last one went: a hand-over its owner declined,
 * evidence that belongs to no measure, a removal that a kill cut short. What is younger than a week stays: it may be about to
 * be recorded. Returns how many went.
 */
export async function sweepUnused(
	db: Sql,
	files: Pick<FileStore, 'keys' | 'delete'>,
	now: string
): Promise<number> {
	let removed = 0;
	let some: string[] = [];
	const look = async () => {
		const unused = await transaction(db, 'system:files', (tx) => unusedOf(tx, some));
		removed += await removeUnused(db, files, unused);
		some = [];
	};
	for await (const key of files.keys(Date.parse(now) - leftAloneMs)) {
		some.push(key);
		if (some.length >= keysAtOnce) await look();
	}
	await look();
	return removed;
}
