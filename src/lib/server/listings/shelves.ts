import { publishEach } from '$lib/server/sync/publish.ts';
import type { WriteContext } from '$lib/server/sync/write.ts';
import { projectMyListing, projectPublicListing } from './projections.ts';
import { listPublicOnes } from './public-queries.ts';
import { lockListingsIn, retireFiles, reviveFiles } from './queries.ts';

/**
 * TG-12, TG-15.1: brings what everybody sees of these sectors up to date, after they were closed or opened again, or the
 * business changed its name: feed, and with it the packs, and pictures. The listings keep their states, and their seller
 * sees what hides them. The caller holds the business. Returns how many are public now.
 */
export async function settleShelves(
	ctx: WriteContext,
	businessId: string,
	sectors: readonly string[]
): Promise<number> {
	const ids = (await lockListingsIn(ctx.tx, businessId, sectors)).map(({ id }) => id);
	const shown = new Set((await listPublicOnes(ctx.tx, ids)).map(({ id }) => id));
	await reviveFiles(ctx.tx, [...shown]);
	await retireFiles(
		ctx.tx,
		ids.filter((id) => !shown.has(id)),
		[]
	);
	await publishEach(
		ctx,
		ids.flatMap((id) => [
			{ collection: 'listings', id, project: projectPublicListing },
			{ collection: 'mine', id, project: projectMyListing }
		])
	);
	return shown.size;
}
