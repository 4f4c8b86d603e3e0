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
	'data_request'
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
	'delivery'
] as const;
export type LookPurpose = (typeof lookPurposes)[number];

/** A look as the person concerned reads it. `post` null = somebody with a role over all, who is not named. */
export type Look = {
	readonly at: string;
	readonly role: Role;
	readonly post: { readonly agency: string; readonly name: string } | null;
	readonly what: LookedAt;
	readonly purpose: LookPurpose;
	readonly ref: string | null;
};

const overAll = ['supervisor', 'board', 'administrator', 'operator'] as const;

/** In which capacity somebody without a desk there looks. */
export const roleOverAll = (actor: Pick<Actor, 'roles'>): Role | null =>
	overAll.find((role) => actor.roles.includes(role)) ?? null;
