import { asSystem, type WriteContext } from '$lib/server/sync/write.ts';
import { sumOrderedSince } from './queries.ts';

/** How much of a listing was ordered since an instant, whoever ordered it: a sum, no order is shown. */
export const orderedSince = (ctx: WriteContext, listingId: string, since: string): Promise<number> =>
	asSystem(ctx, 'ordered-since', (tx) => sumOrderedSince(tx, listingId, since));
