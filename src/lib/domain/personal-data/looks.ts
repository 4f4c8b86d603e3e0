import { z } from 'zod';
import { text } from '../kernel/fields.ts';
import type { Actor, Role } from '../accounts/permissions.ts';

/** TG-16.2: what of a person's data somebody opened. */
export const lookedAt = [
	'identity',
	'identity_picture',
	'account',
	'rights',
	'lock_record',
	'misuse_report',
	'letter',
	'data_request',
	'proposal',
	'receipt'
] as const;
export type LookedAt = (typeof lookedAt)[number];

/** What for: every look that opens a person's data records one. */
export const lookPurposes = [
	/** To confirm the registration of a business. */
	'registration',
	/** To decide on a measure, or to check one that was taken. */
	'measures',
	/** To answer what the person reported or asked. */
	'answer',
	/** To give or take rights. */
	'rights',
	/** To see why a letter did not arrive. */
	'delivery',
	'compare_papers',
	'same_number',
	'ask_applicant',
	'member_asked',
	'authority',
	/** Said in words. */
	'other'
] as const;
export type LookPurpose = (typeof lookPurposes)[number];

/** What an officer may say who asks for a number that is shown masked, and who asks for what a letter says. */
export const numberPurposes = [
	'compare_papers',
	'same_number',
	'ask_applicant',
	'authority',
	'other'
] as const;
export const letterPurposes = ['delivery', 'member_asked', 'authority', 'other'] as const;

/** TG-16.2: the purpose is asked before what is masked is shown; `other` needs words. */
const stated = <const P extends readonly [LookPurpose, ...LookPurpose[]]>(purposes: P) =>
	z
		.strictObject({ purpose: z.enum(purposes), words: text(200) })
		.refine(({ purpose, words }) => purpose !== 'other' || words !== '', { path: ['words'] });
export const numberPurpose = stated(numberPurposes);
export const letterPurpose = stated(letterPurposes);
export type NumberPurpose = z.output<typeof numberPurpose>;
export type LetterPurpose = z.output<typeof letterPurpose>;

/** A look as the person concerned reads it. `post` null = somebody with a role over all, who is not named. */
export type Look = {
	readonly at: string;
	readonly role: Role;
	readonly post: { readonly agency: string; readonly name: string } | null;
	readonly what: LookedAt;
	readonly purpose: LookPurpose;
	readonly ref: string | null;
	/** What was said besides; '' = nothing. */
	readonly words: string;
};

const overAll = ['supervisor', 'board', 'administrator', 'operator'] as const;

/** In which capacity somebody without a desk there looks. */
export const roleOverAll = (actor: Pick<Actor, 'roles'>): Role | null =>
	overAll.find((role) => actor.roles.includes(role)) ?? null;
