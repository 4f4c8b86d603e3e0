import { z } from 'zod';
import { keepWords, keptWords } from '$lib/sync/store/kept-words.ts';

const keptOfferSchema = z.object({
	/** The same until it is sent, however often the form is opened. */
	offerId: z.string(),
	listingId: z.string(),
	quantity: z.number().nullable()
});
export type KeptOffer = z.output<typeof keptOfferSchema>;

const formOf = (needId: string): string => `offer:${needId}`;

/** What somebody has begun to offer for a need and not sent; null = nothing. */
export const keptOffer = (actorId: string, needId: string): KeptOffer | null =>
	keptOfferSchema.safeParse(keptWords(actorId, formOf(needId))).data ?? null;

/** Null takes it away. */
export const keepOffer = (actorId: string, needId: string, offer: KeptOffer | null): void =>
	keepWords(actorId, formOf(needId), offer);
