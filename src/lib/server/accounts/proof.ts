import { isProofRecent } from '$lib/domain/accounts/second-factor.ts';
import { no, ok, type Result } from '$lib/domain/kernel/refusal.ts';
import type { Sql } from '$lib/server/db/pool.ts';
import type { Caller } from '$lib/server/sync/session.ts';
import { reserveTry, type Origin } from './attempts.ts';
import { checkPassword } from './passwords.ts';
import { blindIndex } from './sealing.ts';
import { checkCode } from './second-factor.ts';
import { findSignIn, updateProven } from './sign-in-queries.ts';

/** TG-5: a sensitive act asks that the person proved to be there a short while ago. */
export const recentProof = (caller: Caller, now: string): Result<void> =>
	caller.kind === 'actor' && caller.provenAt !== undefined && isProofRecent(caller.provenAt, now)
		? ok(undefined)
		: no('reauthentication_needed', { retry: true });

/** Proves it with what was typed: a code of the app where the account has one, else the password. */
export async function proveAgain(
	server: { readonly db: Sql; readonly auth: Sql },
	input: Origin & { sessionId: string; accountId: string; typed: string; now: string }
): Promise<Result<void>> {
	const { accountId, sessionId, typed, now } = input;
	const found = await findSignIn(server.auth, { accountId });
	if (!found) return no('not_found');
	const good =
		found.secondFactor && /^[\d\s]{6,7}$/.test(typed.trim())
			? await checkCode(server, { ...input, code: typed })
			: await checkTyped(server.auth, input, found.passwordHash);
	if (!good.ok) return good;
	await updateProven(server.auth, sessionId, now);
	return ok(undefined);
}

async function checkTyped(
	auth: Sql,
	input: Origin & { accountId: string; typed: string },
	passwordHash: string
): Promise<Result<void>> {
	const { accountId } = input;
	const tried = await reserveTry(auth, { index: blindIndex(`proof:${accountId}`), accountId }, input);
	if (!tried.ok) return tried;
	if (await checkPassword(passwordHash, input.typed)) {
		await tried.value.good();
		return ok(undefined);
	}
	await tried.value.bad();
	return no('wrong_credentials');
}
