import { z } from 'zod';
import { dong, id, instant, quantity, requiredText, sha256, text, wardCode } from '../kernel/fields.ts';
import { ownReviewSchema } from '../kernel/review.ts';

export const maxPhotos = 8;

export const certificateSchema = z.strictObject({
	type: z.string().max(40),
	number: text(60),
	issuedBy: text(120),
	expiresOn: z.iso.date().nullable()
});

/**
 * What the seller writes (TG-6.2, TG-6.3, TG-6.4, TG-6.7, TG-11.2). A draft may leave everything empty;
 * `submittableSchema` says what a submission needs.
 */
export const listingContentSchema = z.strictObject({
	title: text(120),
	categoryId: z.string().max(60),
	/** Whole đồng for one unit; null while not yet written. */
	price: dong.nullable(),
	unit: z.string().max(20),
	/** Price for large orders, e.g. from 20 kg. */
	bulk: z.strictObject({ from: quantity, price: dong }).nullable(),
	/** What is in stock now, in units; null = not stated. */
	stock: z.number().min(0).max(1_000_000).nullable(),
	minimum: quantity.nullable(),
	description: text(4000),
	ingredients: text(1000),
	packing: text(300),
	wardCode: wardCode.or(z.literal('')),
	place: text(120),
	growingAreaCode: text(40),
	certificates: z.array(certificateSchema).max(8),
	payment: z.array(z.string().max(40)).max(8),
	shipping: z.array(z.string().max(40)).max(8),
	shippingTerms: text(300),
	deliveryDays: z.int().min(0).max(60).nullable(),
	/** SHA-256 of each photo as it lies on the device, in the order shown. */
	photos: z.array(sha256).max(maxPhotos),
	/**
	 * SHA-256 of the seller's voice note; null = none. Absent = written by a build that knew none, which takes nothing
	 * away: what the exchange has stays. So it has no default.
	 */
	voice: sha256.nullable().optional()
});

export type ListingContent = z.output<typeof listingContentSchema>;
export type ListingField = keyof ListingContent;

export const emptyListing: ListingContent = {
	title: '',
	categoryId: '',
	price: null,
	unit: 'kg',
	bulk: null,
	stock: null,
	minimum: null,
	description: '',
	ingredients: '',
	packing: '',
	wardCode: '',
	place: '',
	growingAreaCode: '',
	certificates: [],
	payment: [],
	shipping: [],
	shippingTerms: '',
	deliveryDays: null,
	photos: [],
	voice: null
};

/** TG-10.2a, TG-17.1: what a listing must state before it can be sent for approval. */
export const submittableSchema = listingContentSchema.extend({
	title: requiredText(120).pipe(z.string().min(4)),
	categoryId: z.string().min(1),
	price: dong.refine((n) => n > 0),
	unit: z.string().min(1),
	description: requiredText(4000).pipe(z.string().min(20)),
	wardCode,
	payment: z.array(z.string().max(40)).min(1).max(8),
	shipping: z.array(z.string().max(40)).min(1).max(8),
	photos: z.array(sha256).min(1).max(maxPhotos)
});

const rendition = z.strictObject({
	/** Path of the ≤ 12 KB thumbnail and of the ≤ 90 KB picture. */
	thumb: z.string(),
	detail: z.string(),
	width: z.int(),
	height: z.int()
});
export type Rendition = z.output<typeof rendition>;

/** A voice note is at most a minute; a little more is what a phone records after the last second was counted. */
export const maxVoiceSeconds = 60;

const voiceNote = z.strictObject({
	/** Path of the sound. */
	src: z.string(),
	/** As its container tells; null where it tells nothing. */
	seconds: z.number().nullable()
});
export type VoiceNote = z.output<typeof voiceNote>;
/** The same where its seller, or an officer who holds a case about it, may hear it; private address. */
export const privateVoiceNote = voiceNote.extend({ hash: sha256 });

/** Audience `public`, collection `listings`: the approved version, nothing else. */
export const publicListingSchema = z.strictObject({
	id,
	rev: z.int(),
	title: z.string(),
	categoryId: z.string(),
	sectorId: z.string(),
	price: z.int(),
	unit: z.string(),
	bulk: z.strictObject({ from: z.number(), price: z.int() }).nullable(),
	stock: z.number().nullable(),
	minimum: z.number().nullable(),
	description: z.string(),
	ingredients: z.string(),
	packing: z.string(),
	wardCode: z.string(),
	wardName: z.string(),
	formerly: z.string(),
	place: z.string(),
	growingAreaCode: z.string(),
	certificates: z.array(certificateSchema),
	payment: z.array(z.string()),
	shipping: z.array(z.string()),
	shippingTerms: z.string(),
	deliveryDays: z.int().nullable(),
	photos: z.array(rendition),
	/** Absent in documents made before there were voice notes. */
	voice: voiceNote.nullable().optional(),
	seller: z.strictObject({ id, name: z.string(), phone: z.string() }),
	agency: z.strictObject({ id: z.string(), name: z.string() }),
	approvedAt: instant
});
export type PublicListing = z.output<typeof publicListingSchema>;

export const listingStates = [
	'draft',
	'submitted',
	'returned',
	'approved',
	'revising',
	'resubmitted',
	'revision_returned',
	'withdrawn',
	'locked'
] as const;
export type ListingState = (typeof listingStates)[number];

/** Audience `user:<seller>`, collection `mine`: the seller's own view of one listing. */
export const myListingSchema = z.strictObject({
	id,
	state: z.enum(listingStates),
	/** Raised by every accepted change; the `base` of the next command. */
	rev: z.int(),
	content: listingContentSchema,
	/** Photos the server holds, by the hash the device knows. */
	storedPhotos: z.array(sha256),
	/** Where the seller's other devices see them; private addresses. */
	pictures: z.array(z.strictObject({ hash: sha256, thumb: z.string(), detail: z.string() })).optional(),
	/** The voice note, once the server holds it. */
	voice: privateVoiceNote.nullable().optional(),
	/** TG-12: the kind of paper that ran out, while what was approved is hidden for it. */
	hiddenFor: z.string().nullable().optional(),
	review: ownReviewSchema.nullable(),
	publishedRev: z.int().nullable(),
	updatedAt: instant
});
export type MyListing = z.output<typeof myListingSchema>;
