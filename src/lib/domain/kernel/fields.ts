import { z } from 'zod';
import { cleanText } from './text.ts';

/* Schema pieces every domain uses. Text is cleaned (NFC, spaces) as it is parsed. */

/** Postgres writes ids small, the feed and the locks take them as text: one id must have one spelling. */
export const id = z.uuid().toLowerCase();
export const instant = z.iso.datetime({ offset: true });
export const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
/** Whole đồng. */
export const dong = z.int().min(0).max(100_000_000_000);
/** A quantity in the listing's unit, at most three decimals. */
export const quantity = z
	.number()
	.positive()
	.max(1_000_000)
	.refine((n) => Number.isInteger(Math.round(n * 1000 * 1e6) / 1e6), 'too_many_decimals');
export const text = (max: number) => z.string().transform(cleanText).pipe(z.string().max(max));
export const requiredText = (max: number) => z.string().transform(cleanText).pipe(z.string().min(1).max(max));
export const wardCode = z.string().regex(/^\d{5}$/);
