import { hash, verify } from '@node-rs/argon2';

/** OWASP's first choice for argon2id, which is this library's default algorithm: 19 MiB, two passes, one lane. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export const shortestPassword = 10;
const longestPassword = 200;

export const isGoodPassword = (password: string): boolean =>
	password.length >= shortestPassword && password.length <= longestPassword;

export const hashPassword = (password: string): Promise<string> => hash(password.normalize('NFC'), cost);

let nobodys: Promise<string> | undefined;
/** What a password is checked against when nobody has that name: as costly as any other. */
export const nobodysHash = (): Promise<string> => (nobodys ??= hashPassword('no account has this password'));

/** Checks a password. Without a hash (unknown name) it does the same work, so that time tells nobody who is registered. */
export async function checkPassword(passwordHash: string | null, password: string): Promise<boolean> {
	const against = passwordHash ?? (await nobodysHash());
	const typed = password.normalize('NFC').slice(0, longestPassword);
	return (await verify(against, typed)) && passwordHash !== null;
}
