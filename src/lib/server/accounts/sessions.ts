import { PostgresJsAdapter } from '@lucia-auth/adapter-postgresql';
import { Lucia, TimeSpan, type DatabaseSession, type DatabaseUser } from 'lucia';
import { no, ok, type Result } from '$lib/domain/kernel/refusal.ts';
import { serverConfig } from '$lib/server/config.ts';
import type { Sql } from '$lib/server/db/pool.ts';
import type { AccountState } from './queries.ts';
import { nameIndex, readSignInName } from './names.ts';
import { checkPassword } from './passwords.ts';
import {
	deleteFailures,
	findEndReason,
	findSession,
	findSignIn,
	insertFailure,
	moveToEnded,
	recentFailures,
	type EndReason
} from './sign-in-queries.ts';

declare module 'lucia' {
	interface Register {
		Lucia: OurLucia;
		UserId: string;
		DatabaseSessionAttributes: { device_id: string | null };
		DatabaseUserAttributes: { state: AccountState };
	}
}

/** The one module that knows Lucia (deprecated, so it can be replaced here alone). */
export const sessionCookieName = 'san_session';
const lifetime = new TimeSpan(30, 'd');
const mostFailures = 10;
/** Several devices may share an address; who guesses claims to be another device each time. */
const mostFailuresFromAddress = 30;

/** Our pools read instants as text, Lucia calculates with `Date`; and a session that ends leaves its reason. */
class EndingAdapter extends PostgresJsAdapter {
	readonly #auth: Sql;

	constructor(auth: Sql) {
		super(auth, { user: 'sign_in_accounts', session: 'sessions' });
		this.#auth = auth;
	}

	/** Asked with every request: one prepared statement instead of two that are planned anew each time. */
	override async getSessionAndUser(id: string): Promise<[DatabaseSession | null, DatabaseUser | null]> {
		const found = await findSession(this.#auth, id);
		if (!found) return [null, null];
		const { accountId, expiresAt, deviceId, state } = found;
		return [
			{
				id: found.id,
				userId: accountId,
				expiresAt: new Date(expiresAt),
				attributes: { device_id: deviceId }
			},
			{ id: accountId, attributes: { state } }
		];
	}

	/** Lucia deletes a session by itself only when its time is over. */
	override deleteSession(id: string): Promise<void> {
		return moveToEnded(this.#auth, { id }, 'expired');
	}
}

type OurLucia = Lucia<Record<never, never>, { state: AccountState }>;
const lucias = new WeakMap<Sql, OurLucia>();

function luciaOf(auth: Sql): OurLucia {
	let lucia = lucias.get(auth);
	if (!lucia) {
		lucia = new Lucia(new EndingAdapter(auth), {
			sessionExpiresIn: lifetime,
			getUserAttributes: ({ state }) => ({ state })
		});
		lucias.set(auth, lucia);
	}
	return lucia;
}

export type SignIn = {
	/** Phone, e-mail or user name, as typed. */
	readonly name: string;
	readonly password: string;
	/** The device's own id; '' where there is none (a browser without JavaScript). */
	readonly device: string;
	readonly ip: string;
};

/**
 * TG-11.1: opens a session. A wrong password and an unknown name are one refusal and the same work; after ten
 * failures under one name from one device, or thirty from one address, `too_many_attempts` says how many seconds to
 * wait.
 */
export async function signIn(
	auth: Sql,
	input: SignIn
): Promise<Result<{ sessionId: string; expiresAt: string; accountId: string }>> {
	const read = readSignInName(input.name);
	// A text that can be no name is counted and checked like any other, so that it tells nothing either.
	const index = nameIndex(read?.kind ?? 'user_name', read?.normal ?? `?${input.name}`);
	const address = `ip:${input.ip}`;
	const limits = isUuid(input.device)
		? [
				{ from: input.device, most: mostFailures },
				{ from: address, most: mostFailuresFromAddress }
			]
		: [{ from: address, most: mostFailures }];
	for (const { from, most } of limits) {
		const failures = await recentFailures(auth, index, from);
		if (failures.count >= most)
			return no('too_many_attempts', { retry: true, facts: { seconds: failures.seconds } });
	}

	const found = await findSignIn(auth, index);
	if (!(await checkPassword(found?.passwordHash ?? null, input.password)) || !found) {
		for (const { from } of limits) await insertFailure(auth, index, from);
		return no('wrong_credentials');
	}
	if (found.state !== 'active') return no('account_locked');
	for (const { from } of limits) await deleteFailures(auth, index, from);
	const session = await luciaOf(auth).createSession(found.accountId, {
		device_id: isUuid(input.device) ? input.device : null
	});
	return ok({
		sessionId: session.id,
		expiresAt: session.expiresAt.toISOString(),
		accountId: found.accountId
	});
}

export type SessionCheck =
	| {
			readonly outcome: 'account';
			readonly accountId: string;
			readonly expiresAt: string;
			/** The end was moved: the cookie must move with it. */
			readonly fresh: boolean;
	  }
	| { readonly outcome: 'session'; readonly session: EndReason };

/** Who a session belongs to, or why it is gone. An unknown id counts as expired, which costs nobody their work. */
export async function validateSession(auth: Sql, id: string): Promise<SessionCheck> {
	const { session, user } = await luciaOf(auth).validateSession(id);
	if (!session) return { outcome: 'session', session: (await findEndReason(auth, id)) ?? 'expired' };
	if (user.state !== 'active') {
		await moveToEnded(auth, { accountId: session.userId }, 'locked');
		return { outcome: 'session', session: 'locked' };
	}
	return {
		outcome: 'account',
		accountId: session.userId,
		expiresAt: session.expiresAt.toISOString(),
		fresh: session.fresh
	};
}

/** `ended` = the person signed out, `revoked` = somebody took the session away. */
export const endSession = (auth: Sql, id: string, reason: EndReason): Promise<void> =>
	moveToEnded(auth, { id }, reason);

export const endAllSessions = (auth: Sql, accountId: string, reason: EndReason): Promise<void> =>
	moveToEnded(auth, { accountId }, reason);

/** What we need of SvelteKit's cookies, so that this module runs outside of it as well. */
export type CookieJar = {
	set(name: string, value: string, options: CookieOptions & { path: string }): void;
	delete(name: string, options: CookieOptions & { path: string }): void;
};
type CookieOptions = { httpOnly: boolean; sameSite: 'lax'; secure: boolean; expires?: Date };

const cookieOptions = (secure: boolean) => ({ path: '/', httpOnly: true, sameSite: 'lax' as const, secure });
/** Over plain http (this machine, a local network) a `secure` cookie would never come back. */
const overHttps = (): boolean => serverConfig().origin.startsWith('https:');

export function setSessionCookie(
	cookies: CookieJar,
	sessionId: string,
	expiresAt: string,
	secure: boolean = overHttps()
): void {
	cookies.set(sessionCookieName, sessionId, { ...cookieOptions(secure), expires: new Date(expiresAt) });
}

export function clearSessionCookie(cookies: CookieJar, secure: boolean = overHttps()): void {
	cookies.delete(sessionCookieName, cookieOptions(secure));
}

const isUuid = (text: string): boolean =>
	/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(text);
