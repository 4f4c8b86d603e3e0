import { z } from 'zod';
import { id } from '../kernel/fields.ts';
import { listingContentSchema, submittableSchema } from './schema.ts';

/** `base` is the `rev` the device last saw; 0 = the server has not seen this listing yet. */
const base = z.int().min(0);

/** Brings the working copy to the server; only the fields that changed since `base`. */
export const draftSave = z.strictObject({ listingId: id, base, fields: listingContentSchema.partial() });
export const draftDiscard = z.strictObject({ listingId: id, base });
/** TG-10.2a. The frozen content, so that it cannot overtake the text it submits. */
export const listingSubmit = z.strictObject({ listingId: id, base, content: submittableSchema });
export const listingWithdraw = z.strictObject({ listingId: id, base });
/** TG-17.1: what is in stock now, of goods on sale; null = no longer stated. */
export const listingRestock = z.strictObject({
	listingId: id,
	base,
	stock: listingContentSchema.shape.stock
});

export type DraftSave = z.output<typeof draftSave>;
export type ListingSubmit = z.output<typeof listingSubmit>;
