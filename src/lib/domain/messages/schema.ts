import { z } from 'zod';
import { id, instant } from '../kernel/fields.ts';
import type { Channel, Language } from './template.ts';

export const messageStates = ['queued', 'sending', 'sent', 'failed', 'kept'] as const;
export type MessageState = (typeof messageStates)[number];

/** A line of the list staff see. Whom it goes to is masked. */
export type MessageRow = {
	readonly id: string;
	readonly channel: Channel;
	/** A name of a template, maybe of an older program. */
	readonly template: string;
	readonly language: Language;
	readonly state: MessageState;
	readonly attempts: number;
	/** A code of the transport, `smtp_550`. */
	readonly error: string | null;
	/** `b•••@example.vn`; null = there is none, or it is forgotten. */
	readonly address: string | null;
	readonly subjectRef: string | null;
	readonly createdAt: string;
	readonly dueAt: string;
	readonly sentAt: string | null;
};

/** How far back kept messages may be sent in one go, in days: older news helps nobody and surprises. */
export const keptReach = [1, 3, 7] as const;
export const keptDaysBack = z.union(keptReach.map((days) => z.literal(days)));
export type KeptDaysBack = (typeof keptReach)[number];

/** What would go out if kept messages were sent: by how far back, of the channels that have somewhere to send to. */
export type KeptWaiting = Readonly<Record<KeptDaysBack, number>>;

/** The key of the last row of a page: the next one begins after it. */
export const messageKey = z.strictObject({ createdAt: instant, id });
export type MessageKey = z.output<typeof messageKey>;

export type MessagePage = {
	readonly items: readonly MessageRow[];
	readonly next: MessageKey | null;
	readonly counts: Readonly<Record<MessageState, number>>;
	/** Which channels have somewhere to send to; the others keep. */
	readonly connected: Readonly<Record<Channel, boolean>>;
	readonly keptWaiting: KeptWaiting;
};

/** A message as the person got it, or would. `hidden` = it holds a code and has been given to a mail server. */
export type OpenedMessage =
	| { readonly state: 'readable'; readonly subject: string; readonly text: string }
	| { readonly state: 'hidden' | 'erased' | 'unwritable' };

/** Shows whose it may be and no more: the first sign and the domain, or the last three digits. */
export function maskAddress(address: string): string {
	const at = address.lastIndexOf('@');
	if (at > 0) return `${address.slice(0, 1)}•••${address.slice(at)}`;
	return address.length > 6 ? `${address.slice(0, 2)}•••${address.slice(-3)}` : '•••';
}
