import { z } from 'zod';
import { dong, id, instant, quantity, requiredText, text, wardCode } from '../kernel/fields.ts';
import { orderEvents, orderStates } from './states.ts';

/** TG-11.3: how the seller reaches the buyer. Sealed with the buyer's key wherever it is stored. */
export const contactSchema = z.strictObject({
	name: requiredText(80),
	phone: z.string().regex(/^0\d{9,10}$/),
	address: requiredText(200),
	wardCode: wardCode.or(z.literal(''))
});
export type Contact = z.output<typeof contactSchema>;

export const orderPlace = z.strictObject({
	orderId: id,
	listingId: id,
	/** The version the buyer saw; a changed price is refused, never silently charged (TG-15.2). */
	listingRev: z.int(),
	quantity,
	unitPrice: dong,
	contact: contactSchema,
	payment: z.string().max(40),
	shipping: z.string().max(40),
	note: text(500)
});
export type OrderPlace = z.output<typeof orderPlace>;

/** One step of an order by the buyer or the seller; `rev` is the order's version the person saw. */
export const orderAdvance = z.strictObject({
	orderId: id,
	rev: z.int(),
	event: z.enum(orderEvents).exclude(['forward']),
	reason: text(300),
	/** With `hand_over`: who carries it, when it should arrive, what it costs (TG-13.2). */
	carrier: text(80),
	trackingCode: text(60),
	shippingFee: dong.nullable()
});
export type OrderAdvance = z.output<typeof orderAdvance>;

/** `user:<buyer>` and `user:<seller>`, collection `orders`: both sides see the same timeline. */
export const orderDocSchema = z.strictObject({
	id,
	code: z.string(),
	state: z.enum(orderStates),
	rev: z.int(),
	listing: z.strictObject({
		id,
		title: z.string(),
		unit: z.string(),
		thumb: z.string().nullable()
	}),
	quantity: z.number(),
	unitPrice: z.int(),
	total: z.int(),
	buyer: z.strictObject({ id }),
	/** The sealed text on the server and in the feed; the pull opens it for both parties. null after erasure. */
	contact: contactSchema.nullable().or(z.string()),
	seller: z.strictObject({ id, accountId: id, name: z.string(), phone: z.string() }),
	payment: z.string(),
	shipping: z.string(),
	carrier: z.string(),
	trackingCode: z.string(),
	shippingFee: z.int().nullable(),
	/** Sealed like the contact; null after erasure. */
	note: z.string().nullable(),
	timeline: z.array(
		z.strictObject({
			state: z.enum(orderStates),
			at: instant,
			by: z.enum(['buyer', 'seller', 'exchange']),
			reason: z.string()
		})
	),
	placedAt: instant,
	updatedAt: instant
});
export type OrderDoc = z.output<typeof orderDocSchema>;

/** Price of one unit at this quantity: the bulk price from its threshold on. Whole đồng. */
export function unitPriceFor(
	listing: { price: number; bulk: { from: number; price: number } | null },
	amount: number
): number {
	return listing.bulk !== null && amount >= listing.bulk.from ? listing.bulk.price : listing.price;
}

export const orderTotal = (unitPrice: number, amount: number): number => Math.round(unitPrice * amount);
