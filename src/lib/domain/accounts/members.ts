import { z } from 'zod';
import { id, requiredText, text } from '../kernel/fields.ts';
import { consentPurposes } from './consents.ts';
import { longestPassword } from './passwords.ts';

/** TG-16.1, TG-16.5: what a member sees and corrects of the own data. Asked online. */
export type Profile = {
	readonly name: string;
	readonly userName: string | null;
	readonly phone: string | null;
	readonly email: string | null;
	readonly address: string | null;
};

/** A session as its owner sees it. `ref` names it and opens nothing. */
export type OwnSession = {
	readonly ref: string;
	readonly createdAt: string;
	/** Null when it was not seen since devices are noted. */
	readonly seenAt: string | null;
	/** "Chrome · Android"; '' when unknown. */
	readonly deviceName: string;
	readonly current: boolean;
};

export type MisuseReceipt = { readonly code: string; readonly at: string; readonly sessionsEnded: number };

/** A report as the Board reads it. */
export type MisuseReport = {
	readonly id: string;
	readonly code: string;
	readonly name: string;
	readonly note: string;
	readonly sessionsEnded: number;
	readonly at: string;
	readonly handledAt: string | null;
};

/** As typed: a password is compared, never cleaned. */
const password = z.string().max(longestPassword);

export const profileEdit = z.strictObject({ name: requiredText(80), address: text(300) });
export type ProfileEdit = z.output<typeof profileEdit>;
export const passwordChange = z.strictObject({ password, next: password });
export const contactAsk = z.strictObject({
	contact: z.string().max(254),
	password,
	language: z.enum(['vi', 'en'])
});
export const contactAgain = z.strictObject({ requestId: id });
export const contactConfirm = z.strictObject({ requestId: id, code: z.string().max(20) });
export const sessionEnd = z.strictObject({ ref: z.string().regex(/^[0-9a-f]{64}$/) });
export const misuse = z.strictObject({ password, next: password, note: text(1000) });
export const misuseHandled = z.strictObject({ id });
export const consentSaid = z.strictObject({
	purpose: z.enum(consentPurposes),
	version: z.string().max(40),
	given: z.boolean()
});
