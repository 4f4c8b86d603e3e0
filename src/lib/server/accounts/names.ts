import { blindIndex } from './sealing.ts';

export type NameKind = 'phone' | 'email' | 'user_name';

/** A Vietnamese number as `0…`: spaces, dots and dashes gone, +84 and 84 made 0. Null when it is none. */
export function normalPhone(text: string): string | null {
	const digits = text.replace(/[\s.\-()]/g, '').replace(/^(\+84|0084|84(?=\d{9,10}$))/, '0');
	return /^0\d{9,10}$/.test(digits) ? digits : null;
}

export function normalEmail(text: string): string | null {
	const email = text.trim().normalize('NFC').toLowerCase();
	return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email) && email.length <= 254 ? email : null;
}

/** Letters, digits, dot, dash and underscore; begins with a letter, so that it is never taken for a phone. */
export function normalUserName(text: string): string | null {
	const name = text.trim().normalize('NFC').toLowerCase();
	return /^[a-z][a-z0-9._-]{2,39}$/.test(name) ? name : null;
}

/** What somebody typed to sign in, as one kind of name; null when it can be none. */
export function readSignInName(text: string): { kind: NameKind; normal: string } | null {
	const email = text.includes('@') ? normalEmail(text) : null;
	if (email) return { kind: 'email', normal: email };
	const phone = normalPhone(text);
	if (phone) return { kind: 'phone', normal: phone };
	const userName = normalUserName(text);
	return userName ? { kind: 'user_name', normal: userName } : null;
}

/** The kind is part of what is hashed: a user name never finds an e-mail. */
export const nameIndex = (kind: NameKind, normal: string): Buffer => blindIndex(`${kind}:${normal}`);

/** What somebody typed as phone or e-mail; null when it is neither. */
export function readContact(text: string): { kind: 'phone' | 'email'; normal: string } | null {
	if (text.includes('@')) {
		const email = normalEmail(text);
		return email === null ? null : { kind: 'email', normal: email };
	}
	const phone = normalPhone(text);
	return phone === null ? null : { kind: 'phone', normal: phone };
}
