import { foldVietnamese } from '../kernel/text.ts';

export const shortestPassword = 10;
export const longestPassword = 200;

/** Why a password is not taken. */
export type PasswordFault = 'too_short' | 'too_long' | 'common' | 'about_you';

/** Accents, case and what stands between letters do not make a password harder to guess. */
export const plainPassword = (password: string): string =>
	foldVietnamese(password).replace(/[^\p{L}\p{N}]/gu, '');

/**
 * TG-7.2a: what is wrong with a new password; null when it is good. `common` are plain forms (`plainPassword`) that
 * many people use; `about` is what others know of the person: name, phone, e-mail.
 */
export function passwordFault(
	password: string,
	common: ReadonlySet<string>,
	about: readonly string[]
): PasswordFault | null {
	if (password.length < shortestPassword) return 'too_short';
	if (password.length > longestPassword) return 'too_long';
	const plain = plainPassword(password);
	const withoutNumber = plain.replace(/\d+$/, '');
	if (common.has(plain) || (withoutNumber.length >= 4 && common.has(withoutNumber))) return 'common';
	if (new Set(plain).size < 4) return 'common';
	const known = about.flatMap((text) => [text, text.split('@')[0] ?? '']).map(plainPassword);
	// A long sentence in which the own name occurs is hard to guess all the same.
	const guessable = known.some(
		(text) => text.length >= 4 && plain.includes(text) && plain.length < text.length + 6
	);
	return guessable ? 'about_you' : null;
}

export type PasswordStrength = 'weak' | 'fair' | 'strong';

/** How hard a good password is to guess, roughly: length counts most. For telling people, never for refusing. */
export function passwordStrength(password: string): PasswordStrength {
	const kinds = [/\p{Ll}/u, /\p{Lu}/u, /\d/, /[^\p{L}\d]/u].filter((kind) => kind.test(password)).length;
	const score = password.length + 2 * kinds + Math.min(6, new Set(password).size / 2);
	if (password.length < shortestPassword || score < 18) return 'weak';
	return score < 25 ? 'fair' : 'strong';
}
