import type { Refusal } from '../kernel/refusal.ts';
import { orderTotal, type OrderPlace } from './schema.ts';

/** What an order that was refused for its price would cost now, and the order at that price. */
export type NewPrice = {
	readonly input: OrderPlace;
	readonly unitPrice: number;
	readonly total: number;
};

/**
 * TG-15.2: the same order at the price the refusal names. Null when the refusal is another, or when more than the price
 * differs: goods that are sold by another unit are looked at again before they are ordered.
 */
export function atNewPrice(placed: OrderPlace, unit: string, refusal: Refusal): NewPrice | null {
	if (refusal.code !== 'price_changed') return null;
	const { unitPrice, rev, unit: unitNow } = refusal.facts ?? {};
	if (typeof unitPrice !== 'number' || typeof rev !== 'number' || unitNow !== unit) return null;
	// The price is the same: what they differ in is the version, which the refusal does not describe.
	if (unitPrice === placed.unitPrice) return null;
	return {
		input: { ...placed, listingRev: rev, unitPrice },
		unitPrice,
		total: orderTotal(unitPrice, placed.quantity)
	};
}

/** Whether an order refused with this may be taken later as it is. One at an old price never is (TG-15.2). */
export const canSendAsItIs = (refusal: Refusal): boolean => refusal.code !== 'price_changed';
