import { transaction, type Sql, type Tx } from '$lib/server/db/pool.ts';
import { isBackSince } from '$lib/server/sync/service.ts';
import { deleteUploads, lockKey, unusedOf } from './removal-queries.ts';
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
			if ((await unusedOf(tx, [key])).length === 0) return 0;
			await files.delete(key);
			return 1;
		});
	return removed;
}

const keysAtOnce = 5_000;
const leftAloneMs = 7 * 24 * 3_600_000;
/** A few of many may be left over; a large part means that the database is not the one of this store. */
const mostLeftOver = { files: 100, share: 0.1 };

/**
 * TG-16.3: takes out of the store what no record names, whichever way its last one went: a hand-over its owner declined,
 * evidence that belongs to no measure, a removal that a kill cut short. What is younger than a week stays: it may be about to
 * be recorded. So does all of it for two months after a restore: who put the wrong state back must find the files of the
 * right one. Returns how many went. Rejects, and takes nothing, where records name far less than lies in the store.
 */
export async function sweepUnused(
	db: Sql,
	files: Pick<FileStore, 'keys' | 'delete'>,
	now: string
): Promise<number> {
	if (await isBackSince(db, '60 days')) return 0;
	const unused: string[] = [];
	let seen = 0;
	let some: string[] = [];
	const look = async () => {
		unused.push(...(await transaction(db, 'system:files', (tx) => unusedOf(tx, some))));
		seen += some.length;
		some = [];
	};
	for await (const key of files.keys(Date.parse(now) - leftAloneMs)) {
		some.push(key);
		if (some.length >= keysAtOnce) await look();
	}
	await look();
	if (unused.length > mostLeftOver.files && unused.length > seen * mostLeftOver.share)
		throw new Error(`no record names ${unused.length} of ${seen} files: is this the database of this store?`);
	return removeUnused(db, files, unused);
}
