import type { OfferDropped } from '$lib/domain/needs/schema.ts';
import { audit } from '$lib/server/audit/audit.ts';
import type { Tx } from '$lib/server/db/pool.ts';
import { asSystem, type WriteContext } from '$lib/server/sync/write.ts';
import { listLiveOf, listMisplacedOf, updateDropped, type LiveOffer } from './offer-queries.ts';
import { publishOffers } from './projections.ts';
import { lockNeeds } from './queries.ts';

/**
 * TG-15.1: what is offered of goods that are not for sale any more is offered no more: withdrawn, locked, or hidden for a
 * paper. Sold again, they are offered again by their seller. The caller holds the goods.
 */
export async function dropOffersOf(ctx: WriteContext, listingIds: readonly string[]): Promise<void> {
	await drop(ctx, await holdLive(ctx, (tx) => listLiveOf(tx, listingIds)), 'off_sale');
}

/**
 * TG-6.6: holds what is offered of goods for needs of another sector than theirs will be, and returns how to drop it. The
 * caller holds the goods, and no case yet.
 */
export async function holdMisplacedOffers(
	ctx: WriteContext,
	listingId: string,
	sectorId: string
): Promise<() => Promise<void>> {
	const live = await holdLive(ctx, (tx) => listMisplacedOf(tx, listingId, sectorId));
	return () => drop(ctx, live, 'other_sector');
}

/** Holds the needs of what is found; a need that was just closed has taken its offers along. */
const holdLive = (ctx: WriteContext, find: (tx: Tx) => Promise<LiveOffer[]>): Promise<LiveOffer[]> =>
	asSystem(ctx, 'needs', async (tx) => {
		const found = await find(tx);
		if (found.length === 0) return [];
		await lockNeeds(
			tx,
			found.map(({ needId }) => needId)
		);
		return find(tx);
	});

async function drop(ctx: WriteContext, live: readonly LiveOffer[], why: OfferDropped): Promise<void> {
	if (live.length === 0) return;
	const ids = live.map(({ id }) => id);
	await asSystem(ctx, 'needs', (tx) => updateDropped(tx, ids, why, ctx.now));
	for (const id of ids)
		await audit(ctx, {
			action: 'offer.withdrawn',
			subject: `offer:${id}`,
			clause: 'TG-6.6',
			data: { for: why }
		});
	await publishOffers(ctx, [...new Set(live.map(({ needId }) => needId))], ids);
}
