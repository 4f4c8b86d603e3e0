import { audit } from '$lib/server/audit/audit.ts';
import { asSystem, type WriteContext } from '$lib/server/sync/write.ts';
import { listLiveOf, updateWithdrawn } from './offer-queries.ts';
import { publishOffers } from './projections.ts';
import { lockNeeds } from './queries.ts';

/**
 * TG-15.1: what is offered of goods that are not for sale any more is offered no more: withdrawn, locked, or hidden for a
 * paper. Sold again, they are offered again by their seller. The caller holds the goods.
 */
export async function dropOffersOf(ctx: WriteContext, listingIds: readonly string[]): Promise<void> {
	const live = await asSystem(ctx, 'needs', async (tx) => {
		const found = await listLiveOf(tx, listingIds);
		if (found.length === 0) return [];
		await lockNeeds(
			tx,
			found.map(({ needId }) => needId)
		);
		// A need that was just closed has taken its offers along.
		const still = await listLiveOf(tx, listingIds);
		await updateWithdrawn(
			tx,
			still.map(({ id }) => id),
			ctx.now
		);
		return still;
	});
	if (live.length === 0) return;
	for (const { id } of live)
		await audit(ctx, { action: 'offer.withdrawn', subject: `offer:${id}`, clause: 'TG-6.6' });
	await publishOffers(
		ctx,
		[...new Set(live.map(({ needId }) => needId))],
		live.map(({ id }) => id)
	);
}
