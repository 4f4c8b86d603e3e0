import { no, ok, type Result } from '$lib/domain/kernel/refusal.ts';
import type { Tx } from '$lib/server/db/pool.ts';
import { asSystem, type WriteContext } from '$lib/server/sync/write.ts';
import { insertByHand } from './identity/queries.ts';
import { insertAllSectors, lockSectorShared } from './queries.ts';

/** TG-7.2b, TG-12: whether this business may sell in this sector now; held until the transaction ends. */
export async function holdSellingSector(tx: Tx, businessId: string, sectorId: string): Promise<Result<void>> {
	const sector = await lockSectorShared(tx, businessId, sectorId);
	if (!sector)
		return no('sector_not_confirmed', { clause: 'TG-7.2b', fields: { categoryId: 'sector_not_confirmed' } });
	return sector.suspendedFor === null ? ok(undefined) : no('paper_expired', { clause: 'TG-12' });
}

/** A business whose papers were checked by hand may sell in every sector there is. */
export async function openEverySector(ctx: WriteContext, businessId: string): Promise<void> {
	await insertAllSectors(ctx.tx, businessId, ctx.now);
	await asSystem(ctx, 'identity', (tx) => insertByHand(tx, businessId, ctx.now));
}
