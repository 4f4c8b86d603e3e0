import { z } from 'zod';
import type { Refusal } from '../kernel/refusal.ts';
import { readReceiptCode } from './code.ts';

/** A code as it was typed; what cannot be one is not asked for. */
export const receiptLookup = z.strictObject({
	code: z
		.string()
		.max(40)
		.transform((typed) => readReceiptCode(typed).code)
		.pipe(z.string())
});

/** A screen of the exchange that this officer may open. */
export type ReceiptLink =
	| { readonly kind: 'case'; readonly id: string; readonly code: string; readonly open: boolean }
	| { readonly kind: 'listing'; readonly id: string }
	| { readonly kind: 'need'; readonly id: string }
	| { readonly kind: 'proposal'; readonly id: string; readonly code: string };

/** What an officer is told of a command with such a code: never what was written in it. */
export type FoundReceipt = {
	readonly commandId: string;
	/** A name of `commandNames`, or one of another build. */
	readonly name: string;
	/** '' = the account is closed and its name is gone. */
	readonly person: string;
	readonly business: string | null;
	/** The officer who handed it in for that person; null = it came from the own device. */
	readonly broughtBy: string | null;
	readonly receivedAt: string;
	/** Null = taken in. */
	readonly refusal: Refusal | null;
	/** The code of the order it was about, as both sides read it. */
	readonly orderCode: string | null;
	readonly links: readonly ReceiptLink[];
};

/** `code` as the exchange writes it. Several fit where codes met by chance. */
export type FoundReceipts = { readonly code: string; readonly found: readonly FoundReceipt[] };
