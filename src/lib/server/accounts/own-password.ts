import { no, ok, type Result } from '$lib/domain/kernel/refusal.ts';
import type { Sql, Tx } from '$lib/server/db/pool.ts';
import { reserveTry } from './attempts.ts';
import { findPasswordHash, updatePasswordHash } from './member-queries.ts';
import { checkPassword } from './passwords.ts';
import { blindIndex } from './sealing.ts';
import { asSignInRole } from './sign-in-queries.ts';

/**
 * Whether the person at the screen knows the account's password: asked before what an open phone left on a table must
 * not be enough for. Refusals `wrong_credentials` and, as at the sign-in, `too_many_attempts`.
 */
export async function proveOwnPassword(
	auth: Sql,
	accountId: string,
	password: string
): Promise<Result<void>> {
	const what = { index: blindIndex(`own password:${accountId}`), accountId };
	// Whoever asks is signed in to this account: what counts is the account, wherever it is.
	const tried = await reserveTry(auth, what, { knownDevice: null, ip: `account:${accountId}` });
	if (!tried.ok) return tried;
	if (!(await checkPassword(await findPasswordHash(auth, accountId), password))) {
		await tried.value.bad();
		return no('wrong_credentials', { fields: { password: 'wrong_credentials' } });
	}
	await tried.value.good();
	return ok(undefined);
}

/** Writes the new hash, in the caller's transaction. */
export async function storePassword(tx: Tx, accountId: string, hash: string, now: string): Promise<void> {
	await asSignInRole(tx, () => updatePasswordHash(tx, accountId, hash, now));
}
