import { no, ok, type No, type Result } from '$lib/domain/kernel/refusal.ts';
import type { Sql, Tx } from '$lib/server/db/pool.ts';
import { reserveTry } from './attempts.ts';
import { findPasswordHash, updatePasswordHash } from './member-queries.ts';
import { checkPassword } from './passwords.ts';
import { blindIndex } from './sealing.ts';
import { asSignInRole, holdPasswordHash } from './sign-in-queries.ts';

/**
 * Whether the person at the screen knows the account's password: asked before what an open phone left on a table must
 * not be enough for. Answers the hash it was checked against, for `replacePassword`. Refusals `wrong_credentials` and, as at the
 * sign-in, `too_many_attempts`.
 */
export async function proveOwnPassword(
	auth: Sql,
	accountId: string,
	password: string
): Promise<Result<string>> {
	const what = { index: blindIndex(`own password:${accountId}`), accountId };
	// Whoever asks is signed in to this account: what counts is the account, wherever it is.
	const tried = await reserveTry(auth, what, { knownDevice: null, ip: `account:${accountId}` });
	if (!tried.ok) return tried;
	const hash = await findPasswordHash(auth, accountId);
	if (!(await checkPassword(hash, password)) || hash === null) {
		await tried.value.bad();
		return wrongPassword();
	}
	await tried.value.good();
	return ok(hash);
}

export const wrongPassword = (): No => no('wrong_credentials', { fields: { password: 'wrong_credentials' } });

/** Whether that password is still the one, which nobody changes until the transaction ends. */
export const holdsPassword = (tx: Tx, accountId: string, hash: string): Promise<boolean> =>
	asSignInRole(tx, async () => (await holdPasswordHash(tx, accountId)) === hash);

/** Writes the new hash, in the caller's transaction. */
export async function storePassword(tx: Tx, accountId: string, hash: string, now: string): Promise<void> {
	await asSignInRole(tx, () => updatePasswordHash(tx, accountId, hash, now));
}
