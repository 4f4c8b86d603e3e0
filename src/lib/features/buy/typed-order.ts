import { inTab, keepInTab } from '$lib/ui/tab-memory.ts';
import { typedOrderSchema, type TypedOrder } from './order-form.ts';

/** What was typed into an order form and not yet placed, under its person's id. */
const keyOf = (actorId: string, listingId: string) => `san-tinh-order:${actorId}:${listingId}`;

export const typedOrder = (actorId: string, listingId: string): TypedOrder | null =>
	typedOrderSchema.safeParse(inTab(keyOf(actorId, listingId))).data ?? null;

export const keepTypedOrder = (actorId: string, listingId: string, typed: TypedOrder | null): void =>
	keepInTab(keyOf(actorId, listingId), typed);
