import { dropOffersOf } from '$lib/server/needs/offers.ts';
import type { WriteContext } from '$lib/server/sync/write.ts';
import { publishListings } from './publication.ts';
import { listPublicOnes } from './public-queries.ts';
import {
	lockGoodsWithCertificates,
	lockListingsIn,
	retireFiles,
	reviveFiles,
	updateHiddenFor,
	type CertifiedRow
} from './queries.ts';
import type { Tx } from '$lib/server/db/pool.ts';

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
	return settleListings(
		ctx,
		(await lockListingsIn(ctx.tx, businessId, sectors)).map(({ id }) => id)
	);
}

/** TG-6.3: holds what a business has published with a certificate that ends, or hidden for one. */
export const holdCertifiedGoods = (tx: Tx, businessId: string): Promise<CertifiedRow[]> =>
	lockGoodsWithCertificates(tx, businessId);

/** Notes the certificate for which goods are hidden, null = none; `settleListings` then brings what is seen up to date. */
export const hideOrShow = (tx: Tx, id: string, certificate: string | null): Promise<void> =>
	updateHiddenFor(tx, id, certificate);

/** The same for some of its listings, which the caller holds. */
export async function settleListings(ctx: WriteContext, ids: readonly string[]): Promise<number> {
	const shown = new Set((await listPublicOnes(ctx.tx, ids)).map(({ id }) => id));
	await reviveFiles(ctx.tx, [...shown]);
	const hidden = ids.filter((id) => !shown.has(id));
	await retireFiles(ctx.tx, hidden, []);
	await dropOffersOf(ctx, hidden);
	await publishListings(ctx, ids);
	return shown.size;
}
