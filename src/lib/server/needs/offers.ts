import type { OfferDropped } from '$lib/domain/needs/schema.ts';
import { audit } from '$lib/server/audit/audit.ts';
import type { Tx } from '$lib/server/db/pool.ts';
import { asSystem, type WriteContext } from '$lib/server/sync/write.ts';
import {
	listDroppedOf,
	listLiveOf,
	listMisplacedOf,
	listShownOf,
	updateDropped,
	type LiveOffer
} from './offer-queries.ts';
import { publishOffers } from './projections.ts';
import { lockNeeds } from './queries.ts';

/**
 * TG-15.1: what is offered of goods that are not for sale any more is offered no more: withdrawn, or hidden for a paper.
 * Sold again, they are offered again by their seller. The caller holds the goods.
 */
export async function dropOffersOf(ctx: WriteContext, listingIds: readonly string[]): Promise<void> {
	await drop(ctx, await holdNeeds(ctx, (tx) => listLiveOf(tx, listingIds)), 'off_sale');
}

/**
 * TG-9.2: the same for goods that are locked, or whose seller is. What was taken back of them before leaves its buyers'
 * screens as well. The caller holds the goods and has locked what is locked.
 */
export async function hideOffersOf(ctx: WriteContext, listingIds: readonly string[]): Promise<void> {
	const shown = await holdNeeds(ctx, (tx) => listShownOf(tx, listingIds));
	const live = shown.filter((one) => one.live);
	await drop(ctx, live, 'off_sale');
	const told = new Set(live.map(({ needId }) => needId));
	const others = shown.filter(({ needId }) => !told.has(needId)).map(({ needId }) => needId);
	await publishOffers(ctx, [...new Set(others)], []);
}

/**
 * TG-9.2, TG-16.5: buyers read what the exchange took back from a seller only while the seller is in good standing. Brings
 * that up to date after a lock has ended or the account was closed. The caller holds the account.
 */
export async function settleDroppedOf(ctx: WriteContext, sellerAccountId: string): Promise<void> {
	const dropped = await holdNeeds(ctx, (tx) => listDroppedOf(tx, sellerAccountId));
	await publishOffers(ctx, [...new Set(dropped.map(({ needId }) => needId))], []);
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
	const live = await holdNeeds(ctx, (tx) => listMisplacedOf(tx, listingId, sectorId));
	return () => drop(ctx, live, 'other_sector');
}

/** Holds the needs of what is found; a need that was just closed has taken its offers along. */
const holdNeeds = <T extends LiveOffer>(ctx: WriteContext, find: (tx: Tx) => Promise<T[]>): Promise<T[]> =>
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
