import { stepAfterPassword, type SecondStep } from '$lib/domain/accounts/second-factor.ts';
import { no, ok, type Result } from '$lib/domain/kernel/refusal.ts';
import type { Sql, Tx } from '$lib/server/db/pool.ts';
import { newKnownDevice, rememberDevice, reserveTry, type Origin } from './attempts.ts';
import { nameIndex, readSignInName } from './names.ts';
import { checkPassword } from './passwords.ts';
import { openSessionIf } from './sessions.ts';
import { asSignInRole, deleteSignInNames, findSignIn, moveToEnded } from './sign-in-queries.ts';

export type SignIn = Origin & {
	/** Phone, e-mail or user name, as typed. */
	readonly name: string;
	readonly password: string;
	/** The id the device's own store has; '' where there is none (a browser without JavaScript). */
	readonly device: string;
	readonly now: string;
};

export type SignedIn = {
	readonly sessionId: string;
	readonly expiresAt: string;
	readonly accountId: string;
	/** `done`, or what the half open session still asks for. */
	readonly step: SecondStep | 'done';
	/** What this device is known by from now on; null while the session is half open. */
	readonly knownDevice: string | null;
};

/**
 * TG-11.1: opens a session. A wrong password and an unknown name are one refusal and the same work. After the third
 * failure there is a wait that doubles, after ten in 15 minutes `too_many_attempts` says how many seconds are left.
 */
export async function signIn(auth: Sql, input: SignIn): Promise<Result<SignedIn>> {
	const read = readSignInName(input.name);
	// A text that can be no name is counted and checked like any other, so that it tells nothing either.
	const index = nameIndex(read?.kind ?? 'user_name', read?.normal ?? `?${input.name}`);
	const found = await findSignIn(auth, { index });
	const tried = await reserveTry(auth, { index, accountId: found?.accountId ?? null }, input);
	if (!tried.ok) return tried;

	if (!(await checkPassword(found?.passwordHash ?? null, input.password)) || !found) {
		await tried.value.bad();
		return no('wrong_credentials');
	}
	if (found.state !== 'active') {
		await tried.value.good();
		return no('account_locked');
	}
	await tried.value.good();
	const { accountId, passwordHash } = found;
	const { device, now } = input;
	const session = await openSessionIf(
		auth,
		{ accountId, device, assurance: 'password', now },
		(_, hash) => hash === passwordHash
	);
	// A new password was set while this one was checked: that was to end every session.
	if (session === null) return no('wrong_credentials');
	const step = stepAfterPassword(found);
	const knownDevice = step === 'done' ? await knownFrom(auth, input, accountId) : null;
	return ok({ ...session, accountId, step, knownDevice });
}

/** Whose name this is, for the operator's terminal. */
export async function findByName(auth: Sql, name: string): Promise<string | null> {
	const read = readSignInName(name);
	const found = read === null ? null : await findSignIn(auth, { index: nameIndex(read.kind, read.normal) });
	return found?.accountId ?? null;
}

/** The device is known to this account from now on, by the cookie it has or by a new one. */
export async function knownFrom(
	auth: Sql,
	from: { readonly knownDevice: string | null; readonly now: string },
	accountId: string
): Promise<string> {
	const device = from.knownDevice ?? newKnownDevice();
	await rememberDevice(auth, device, accountId, from.now);
	return device;
}

/** Nothing anybody types opens this account any more, and every session of it ends: in the transaction that closes it. */
export const closeSignIn = (tx: Tx, accountId: string): Promise<void> =>
	asSignInRole(tx, async () => {
		await deleteSignInNames(tx, accountId);
		await moveToEnded(tx, { accountId }, 'ended');
	});
