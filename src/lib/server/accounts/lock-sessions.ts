import { createHash, randomBytes } from 'node:crypto';
import type { Sql, Tx } from '$lib/server/db/pool.ts';
import { deleteLockSession, findLockSession, insertLockSession } from './lock-session-queries.ts';
import { nameIndex, readSignInName } from './names.ts';
import { checkPassword } from './passwords.ts';
import { asSignInRole, countSessions, findSignIn, moveToEnded } from './sign-in-queries.ts';

const lifetimeMs = 3_600_000;

const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest();

/**
 * TG-9.3: for a locked person who knows the password: the way to the page that says why, for an hour. Asked only after the
 * sign-in answered `account_locked`, which it says to nobody who does not know the password. Null for everybody else.
 */
export async function openLockSession(
	auth: Sql,
	input: { readonly name: string; readonly password: string },
	now: string
): Promise<{ token: string; expiresAt: string } | null> {
	const read = readSignInName(input.name);
	const found = read && (await findSignIn(auth, { index: nameIndex(read.kind, read.normal) }));
	if (!found || found.state !== 'locked' || !(await checkPassword(found.passwordHash, input.password)))
		return null;
	const token = randomBytes(32).toString('base64url');
	const expiresAt = new Date(Date.parse(now) + lifetimeMs).toISOString();
	await insertLockSession(auth, { hash: hashOf(token), accountId: found.accountId, now, expiresAt });
	return { token, expiresAt };
}

/** Whose lock this opens, and whether it still is one; null when there is none or its hour is over. */
export async function lockedPerson(
	auth: Sql,
	token: string | undefined,
	now: string
): Promise<{ accountId: string; locked: boolean } | null> {
	if (!token) return null;
	const found = await findLockSession(auth, hashOf(token), now);
	return found && { accountId: found.accountId, locked: found.state === 'locked' };
}

export const endLockSession = (auth: Sql, token: string): Promise<void> =>
	deleteLockSession(auth, hashOf(token));

/** Ends every session of an account that is locked, in the transaction of the lock. */
export const endSessionsOfLocked = (tx: Tx, accountId: string): Promise<void> =>
	asSignInRole(tx, () => moveToEnded(tx, { accountId }, 'locked'));

/** How many sessions of an account are open now. */
export const sessionsOf = (auth: Sql, accountId: string): Promise<number> => countSessions(auth, accountId);

/** Whose phone, e-mail or user name this is, by the blind index; null = nobody's. */
export async function accountByName(auth: Sql, typed: string): Promise<string | null> {
	const read = readSignInName(typed);
	const found = read && (await findSignIn(auth, { index: nameIndex(read.kind, read.normal) }));
	return found?.accountId ?? null;
}
