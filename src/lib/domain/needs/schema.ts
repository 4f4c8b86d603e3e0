import { z } from 'zod';
import { dong, id, instant, quantity, requiredText, text, wardCode } from '../kernel/fields.ts';
import { ownReviewSchema } from '../kernel/review.ts';
import { needStates } from './states.ts';

/** How often so much is wanted. */
export const needRhythms = ['once', 'week', 'month'] as const;
export type NeedRhythm = (typeof needRhythms)[number];

/** What a buyer looks for (TG-6.6). Everybody reads it once it is approved: who the buyer is stands nowhere in it. */
export const needContentSchema = z.strictObject({
	title: requiredText(120).pipe(z.string().min(4)),
	categoryId: z.string().min(1).max(60),
	quantity,
	unit: z.string().min(1).max(20),
	rhythm: z.enum(needRhythms),
	/** Whole đồng for one unit the buyer has in mind; null = to be agreed. */
	price: dong.refine((n) => n > 0).nullable(),
	description: text(2000),
	/** Where it is to be brought. */
	wardCode,
	/** The last day on which it can be offered, Vietnam. */
	until: z.iso.date()
});
export type NeedContent = z.output<typeof needContentSchema>;

/** TG-10.3a. `base` is the `rev` the device last saw; 0 = the exchange has not seen this need yet. */
export const needSubmit = z.strictObject({ needId: id, base: z.int().min(0), content: needContentSchema });
export type NeedSubmit = z.output<typeof needSubmit>;
export const needClose = z.strictObject({ needId: id, base: z.int().min(1) });

/**
 * TG-6.6: a seller answers a need with goods on sale. Their price stands in the listing, so that what is ordered costs what was
 * read (TG-15.2); `needRev` is the version the seller saw.
 */
export const offerSend = z.strictObject({
	offerId: id,
	needId: id,
	needRev: z.int(),
	listingId: id,
	/** How much of it the seller can bring, in the unit of the goods. */
	quantity
});
export type OfferSend = z.output<typeof offerSend>;
export const offerWithdraw = z.strictObject({ offerId: id });

/** Audience `public`, collection `needs`: an approved need, nothing else. */
export const publicNeedSchema = z.strictObject({
	kind: z.literal('need'),
	id,
	rev: z.int(),
	...needContentSchema.shape,
	sectorId: z.string(),
	wardName: z.string(),
	agency: z.strictObject({ id: z.string(), name: z.string() }),
	approvedAt: instant
});
export type PublicNeed = z.output<typeof publicNeedSchema>;

/** Why the exchange took an offer back: its goods are not for sale any more, or have become goods of another sector. */
const offerDropped = z.enum(['off_sale', 'other_sector']);
export type OfferDropped = z.output<typeof offerDropped>;

/** An offer as the buyer reads it. Goods and seller as they were called then; what they cost stands in the listing. */
const receivedOffer = z.strictObject({
	id,
	listing: z.strictObject({ id, title: z.string(), unit: z.string() }),
	seller: z.strictObject({ id, name: z.string() }),
	quantity: z.number(),
	sentAt: instant,
	/** It stands no more; null = it does. */
	droppedFor: offerDropped.nullable()
});
export type ReceivedOffer = z.output<typeof receivedOffer>;

/** Audience `user:<buyer>`, collection `needs`: one's own need, with where the review stands and what was offered. */
export const ownNeedSchema = z.strictObject({
	kind: z.literal('own'),
	id,
	state: z.enum(needStates),
	/** Raised by every accepted change; the `base` of the next command. */
	rev: z.int(),
	content: needContentSchema,
	review: ownReviewSchema.nullable(),
	offers: z.array(receivedOffer),
	updatedAt: instant
});
export type OwnNeed = z.output<typeof ownNeedSchema>;

export const offerStates = ['sent', 'withdrawn', 'over'] as const;
/** `over` = the need is closed or its last day has passed. */
export type OfferState = (typeof offerStates)[number];

/** Audience `user:<seller>`, collection `needs`: what the own business offered. */
export const ownOfferSchema = z.strictObject({
	kind: z.literal('offer'),
	id,
	state: z.enum(offerStates),
	/** The exchange took it back; null = nobody or its seller did. */
	droppedFor: offerDropped.nullable(),
	need: z.strictObject({ id, title: z.string() }),
	listing: z.strictObject({ id, title: z.string(), unit: z.string() }),
	quantity: z.number(),
	sentAt: instant,
	updatedAt: instant
});
export type OwnOffer = z.output<typeof ownOfferSchema>;

/**
 * What a document is called: ids come from devices, and nobody may take the name of somebody's need for an offer, nor the
 * board's for the own one.
 */
export const needDocId = ({ kind, id: subject }: { kind: 'need' | 'own' | 'offer'; id: string }): string =>
	`${kind}:${subject}`;
