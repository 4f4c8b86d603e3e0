import { typedOrderSchema, type TypedOrder } from './order-form.ts';

/**
 * What was typed into an order form and not yet placed, for a page that reloads in between. It lives as long as the
 * tab, under its person's id, and signing out empties it.
 */
const keyOf = (actorId: string, listingId: string) => `san-tinh-order:${actorId}:${listingId}`;

export function typedOrder(actorId: string, listingId: string): TypedOrder | null {
	try {
		const kept: unknown = JSON.parse(sessionStorage.getItem(keyOf(actorId, listingId)) ?? 'null');
		return typedOrderSchema.safeParse(kept).data ?? null;
	} catch {
		return null;
	}
}

export function keepTypedOrder(actorId: string, listingId: string, typed: TypedOrder | null): void {
	try {
		if (typed === null) sessionStorage.removeItem(keyOf(actorId, listingId));
		else sessionStorage.setItem(keyOf(actorId, listingId), JSON.stringify(typed));
	} catch {
		// A full store costs this comfort only: the text is still in the form.
		return;
	}
}
