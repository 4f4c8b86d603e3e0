import { keepWords, keptWords } from '$lib/sync/store/kept-words.ts';
import { typedOrderSchema, type TypedOrder } from './order-form.ts';

const formOf = (listingId: string): string => `order:${listingId}`;

/** What was typed into an order form and not yet placed; null = nothing. */
export const typedOrder = (actorId: string, listingId: string): TypedOrder | null =>
	typedOrderSchema.safeParse(keptWords(actorId, formOf(listingId))).data ?? null;

/** Null takes it away. The title says before a sign-out which order goes with it. */
export const keepTypedOrder = (
	actorId: string,
	{ id, title }: { readonly id: string; readonly title: string },
	typed: TypedOrder | null
): void => keepWords(actorId, formOf(id), typed && { ...typed, title });
