import { publishReference, refreshAgencies, refreshCategories } from '$lib/server/agencies/service.ts';
import { audit } from '$lib/server/audit/audit.ts';
import { openDb, type Sql } from '$lib/server/db/pool.ts';
import { loadPack, loadWards } from '$lib/server/rulepacks/load.ts';
import { write } from '$lib/server/sync/write.ts';
import { hasPack, upsertPack, upsertPackTables } from './queries.ts';

/**
 * Loads a province: its agencies, sectors, kinds of goods and wards into their tables, the whole pack beside them,
 * and both documents to every device. Safe to repeat; run it again after a pack changed. `sql` is a pool of the
 * owner, since the app may only read these tables.
 */
export async function seedReference(
	sql: Sql,
	packId: string,
	now: string = new Date().toISOString()
): Promise<void> {
	const pack = loadPack(packId);
	const wards = loadWards(packId);
	await write(sql, { actorId: 'system:reference', now }, async (ctx) => {
		await upsertPack(ctx.tx, pack);
		// What administrators have changed since stays changed.
		await refreshAgencies(ctx.tx);
		await upsertPackTables(ctx.tx, pack, wards);
		await refreshCategories(ctx.tx);
		await audit(ctx, { action: 'pack.loaded', subject: `pack:${packId}` });
		await publishReference(ctx);
	});
}

/**
 * The same for an exchange that has no pack yet, and nothing where there is one: an administrator may have changed
 * it since (a legal fact is data). For the start with an external database. Returns whether it loaded.
 */
export async function ensureReference(options: { ownerUrl: string; packId: string }): Promise<boolean> {
	const owner = openDb({ url: options.ownerUrl, role: 'san_owner', max: 1, name: 'san-reference' });
	try {
		if (await hasPack(owner)) return false;
		await seedReference(owner, options.packId);
		return true;
	} finally {
		await owner.end();
	}
}
