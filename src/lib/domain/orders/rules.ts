import type { RulePack } from '../agencies/schema.ts';
import { no, ok, type Result } from '../kernel/refusal.ts';
import { orderTotal, unitPriceFor, type OrderPlace } from './schema.ts';
import { eventParty, type OrderEvent, type OrderState } from './states.ts';

/** The published version an order is checked against. */
export type Offer = {
	readonly rev: number;
	readonly unit: string;
	readonly price: number;
	readonly bulk: { from: number; price: number } | null;
	readonly minimum: number | null;
	/** What is left; null = not stated. */
	readonly stock: number | null;
	readonly payment: readonly string[];
	readonly shipping: readonly string[];
};

/**
 * TG-11.3, TG-15.2: an order is carried out exactly as the buyer saw it, or not at all. `seenUnit` is the unit of
 * the version the buyer saw, null when there was no such version.
 */
export function checkOrder(
	input: Pick<OrderPlace, 'quantity' | 'unitPrice' | 'payment' | 'shipping'>,
	offer: Offer,
	seenUnit: string | null,
	pack: RulePack
): Result<{ unitPrice: number; total: number }> {
	const unitPrice = unitPriceFor(offer, input.quantity);
	if (seenUnit !== offer.unit || unitPrice !== input.unitPrice)
		return no('price_changed', { clause: 'TG-15.2', facts: { unitPrice, unit: offer.unit, rev: offer.rev } });
	const decimals = pack.units.find((unit) => unit.id === offer.unit)?.decimals ?? 0;
	if (Math.abs(input.quantity - Number(input.quantity.toFixed(decimals))) > 1e-9)
		return no('invalid_input', { fields: { quantity: 'too_many_decimals' }, facts: { decimals } });
	if (offer.minimum !== null && input.quantity < offer.minimum)
		return no('below_minimum', { facts: { minimum: offer.minimum, unit: offer.unit } });
	const fields: Record<string, string> = {};
	if (!offer.payment.includes(input.payment)) fields.payment = 'invalid_input';
	if (!offer.shipping.includes(input.shipping)) fields.shipping = 'invalid_input';
	if (Object.keys(fields).length > 0) return no('invalid_input', { clause: 'TG-11.3', fields });
	if (offer.stock !== null && offer.stock < input.quantity)
		return no('out_of_stock', { facts: { stock: offer.stock, unit: offer.unit } });
	return ok({ unitPrice, total: orderTotal(unitPrice, input.quantity) });
}

/** What a step does to the stated stock: an order that ends gives back, one that starts again takes again. */
export function stockEffect(event: OrderEvent, to: OrderState): 'give_back' | 'take' | 'none' {
	if (to === 'cancelled' || to === 'failed') return 'give_back';
	return event === 'resend' ? 'take' : 'none';
}

/**
 * TG-9.2, TG-13.1: what a locked seller may still do with an order that runs: finish what was promised or call it off, and
 * begin nothing new. Nothing is delivered twice and no goods that were found dangerous are confirmed.
 */
export const lockedSellerMay: Readonly<Record<OrderState, readonly OrderEvent[]>> = {
	placed: [],
	awaiting_confirmation: ['decline'],
	awaiting_pickup: ['hand_over', 'decline'],
	in_delivery: ['deliver', 'fail'],
	delivered: [],
	cancelled: [],
	failed: ['decline']
};

/** The seller's step on an order while the account, the business or the goods are locked; refusal `seller_locked`. */
export const checkLockedSeller = (state: OrderState, event: OrderEvent): Result<void> =>
	eventParty[event] !== 'seller' || lockedSellerMay[state].includes(event)
		? ok(undefined)
		: no('seller_locked', { clause: 'TG-9.2', facts: { state, event } });
