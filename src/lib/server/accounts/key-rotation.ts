import { audit } from '$lib/server/audit/audit.ts';
import type { Sql } from '$lib/server/db/pool.ts';
import { transaction } from '$lib/server/db/pool.ts';
import { write } from '$lib/server/sync/write.ts';
import { countForeignKeys, findRoot, lockForeignKeys, updateWrapped, upsertRoot } from './key-queries.ts';
import { masterId, rewrapped, rootBeforeRotation, useWrappedRoot, wrappedRoot } from './sealing.ts';

const actorId = 'system:keys';
const batch = 500;

/**
 * Learns at boot where blind indexes and other lasting keys come from: the stored root since the first rotation; before
 * it the master key, which in the first start with a new one is the old.
 */
export async function loadKeyRoot(db: Sql): Promise<void> {
	const stored = await transaction(db, actorId, findRoot);
	useWrappedRoot(stored);
	if (stored !== null) return;
	const foreign = await transaction(db, actorId, (tx) => countForeignKeys(tx, masterId()));
	if (foreign > 0) rootBeforeRotation();
}

/** Persons whose key is still wrapped with another master key than today's. */
export const keysLeft = (db: Sql): Promise<number> =>
	transaction(db, actorId, (tx) => countForeignKeys(tx, masterId()));

/**
 * LAW-data-subject: wraps every person's key with today's master key, a batch at a time. What is sealed stays as it is
 * and readable at every moment; killed half way it goes on where it was. Answers how many it wrapped.
 */
export async function rewrapKeys(db: Sql, now: string): Promise<number> {
	let done = 0;
	for (;;) {
		const wrapped = await write(db, { actorId, now }, async (ctx) => {
			const rows = await lockForeignKeys(ctx.tx, masterId(), batch);
			// The root first: once a key is wrapped anew, the next start must find where the lasting keys come from.
			if (rows.length > 0) await upsertRoot(ctx.tx, { wrapped: wrappedRoot(), masterId: masterId() });
			for (const row of rows)
				await updateWrapped(ctx.tx, row.accountId, rewrapped(row.accountId, row.wrapped), masterId());
			if (rows.length > 0)
				await audit(ctx, {
					action: 'keys.rewrapped',
					subject: 'exchange',
					data: { keys: rows.length, master: masterId() }
				});
			return rows.length;
		});
		done += wrapped;
		if (wrapped === 0) return done;
	}
}
