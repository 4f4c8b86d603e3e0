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
export const consentSaid = z.strictObject({
	purpose: z.enum(consentPurposes),
	version: z.string().max(40),
	given: z.boolean()
});
