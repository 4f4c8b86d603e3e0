import { ok, type Result } from '$lib/domain/kernel/refusal.ts';
import type { Sql } from '$lib/server/db/pool.ts';
import { write, type WriteContext } from '$lib/server/sync/write.ts';
import { holdKeys } from './removal-queries.ts';
import type { FileStore } from './store.ts';

/** The names under which something lies in the store. */
type Keys = {
	readonly thumbKey?: string;
	readonly detailKey?: string;
	readonly soundKey?: string;
	readonly documentKey?: string;
};

const keysOf = ({ thumbKey, detailKey, soundKey, documentKey }: Keys): string[] =>
	[thumbKey, detailKey, soundKey, documentKey].filter((key) => key !== undefined);

async function allThere(files: Pick<FileStore, 'has'>, keys: readonly string[]): Promise<boolean> {
	for (const key of keys) if (!(await files.has(key))) return false;
	return true;
}

/**
 * Puts something into the store, outside any transaction, and records it in one of its own. Between the two `removeUnused` may
 * take away what lay there of somebody else: under its lock it is looked at again, and put there anew where it went. Nothing
 * is written yet then, so that this holds back nobody's pull (sync 7).
 */
export async function keepAndRecord<Kept extends Keys, T>(
	{ db, files }: { readonly db: Sql; readonly files: Pick<FileStore, 'has'> },
	by: { readonly actorId: string; readonly now: string },
	keep: () => Promise<Result<Kept>>,
	record: (ctx: WriteContext, kept: Kept) => Promise<T>
): Promise<Result<T>> {
	const kept = await keep();
	if (!kept.ok) return kept;
	return write(db, by, async (ctx) => {
		const keys = keysOf(kept.value);
		await holdKeys(ctx.tx, keys);
		if (!(await allThere(files, keys))) {
			const again = await keep();
			if (!again.ok) return again;
		}
		return ok(await record(ctx, kept.value));
	});
}
