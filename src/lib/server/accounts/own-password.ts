import { no, ok, type Result } from '$lib/domain/kernel/refusal.ts';
import type { Sql, Tx } from '$lib/server/db/pool.ts';
import {
	deleteOwnFailures,
	findPasswordHash,
	insertOwnFailure,
	recentOwnFailures,
	updatePasswordHash
} from './member-queries.ts';
import { checkPassword } from './passwords.ts';
import { asSignInRole } from './sign-in-queries.ts';

const mostFailures = 10;

/**
 * Whether the person at the screen knows the account's password: asked before what an open phone left on a table must
 * not be enough for. Refusals `wrong_credentials`, and after ten of them in 15 minutes `too_many_attempts`.
 */
export async function proveOwnPassword(
	auth: Sql,
	accountId: string,
	password: string,
	now: string
): Promise<Result<void>> {
	const failures = await recentOwnFailures(auth, accountId, now);
	if (failures.count >= mostFailures)
		return no('too_many_attempts', { retry: true, facts: { seconds: failures.seconds } });
	if (!(await checkPassword(await findPasswordHash(auth, accountId), password))) {
		await insertOwnFailure(auth, accountId, now);
		return no('wrong_credentials', { fields: { password: 'wrong_credentials' } });
	}
	await deleteOwnFailures(auth, accountId);
	return ok(undefined);
}

/** Writes the new hash, in the caller's transaction. Codes that were on their way open nothing any more. */
export async function storePassword(tx: Tx, accountId: string, hash: string, now: string): Promise<void> {
	await asSignInRole(tx, () => updatePasswordHash(tx, accountId, hash, now));
}
