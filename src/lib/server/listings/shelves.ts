import { publish } from '$lib/server/sync/publish.ts';
import type { WriteContext } from '$lib/server/sync/write.ts';
import { projectPublicListing } from './projections.ts';
import { findPublicRow } from './public-queries.ts';
import { lockListingsIn, retireFiles, reviveFiles } from './queries.ts';

/**
 * TG-12, TG-15.1: brings what everybody sees of these sectors up to date, after they were closed or opened again, or the
 * business changed its name: feed, and with it the packs, and pictures. The listings keep their states. The caller holds
 * the business. Returns how many are public now.
 */
export async function settleShelves(
	ctx: WriteContext,
	businessId: string,
	sectors: readonly string[]
): Promise<number> {
	let shown = 0;
	for (const { id } of await lockListingsIn(ctx.tx, businessId, sectors)) {
		if (await findPublicRow(ctx.tx, id)) {
			shown += 1;
			await reviveFiles(ctx.tx, id);
		} else await retireFiles(ctx.tx, id, []);
		await publish(ctx, 'listings', id, projectPublicListing);
	}
	return shown;
}
