import { PostgresJsAdapter } from '@lucia-auth/adapter-postgresql';
import { generateIdFromEntropySize, Lucia, TimeSpan, type DatabaseSession, type DatabaseUser } from 'lucia';
import type { Role } from '$lib/domain/accounts/permissions.ts';
import { stepAfterPassword, type SecondStep } from '$lib/domain/accounts/second-factor.ts';
import { transaction, type Sql, type Tx } from '$lib/server/db/pool.ts';
import type { AccountState } from './queries.ts';
import {
	deleteOldSessions,
	findEndReason,
	findSession,
	holdPasswordHash,
	insertSession,
	moveToEnded,
	type Assurance,
	type EndReason
} from './sign-in-queries.ts';

declare module 'lucia' {
	interface Register {
		Lucia: OurLucia;
		UserId: string;
		DatabaseSessionAttributes: SessionAttributes;
		DatabaseUserAttributes: UserAttributes;
	}
}

type SessionAttributes = { device_id: string | null; assurance: Assurance; proven_at: string };
type UserAttributes = { state: AccountState; roles: readonly Role[]; secondFactor: boolean };

/** The one module that knows Lucia (deprecated, so it can be replaced here alone). */
const lifetime = new TimeSpan(30, 'd');

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
		const { accountId, expiresAt, deviceId, assurance, provenAt, state, roles, secondFactor } = found;
		return [
			{
				id: found.id,
				userId: accountId,
				expiresAt: new Date(expiresAt),
				attributes: { device_id: deviceId, assurance, proven_at: provenAt }
			},
			{ id: accountId, attributes: { state, roles, secondFactor } }
		];
	}

	/** Lucia deletes a session by itself only when its time is over. */
	override deleteSession(id: string): Promise<void> {
		return moveToEnded(this.#auth, { id }, 'expired');
	}
}

type OurLucia = Lucia<SessionAttributes, UserAttributes>;
const lucias = new WeakMap<Sql, OurLucia>();

function luciaOf(auth: Sql): OurLucia {
	let lucia = lucias.get(auth);
	if (!lucia) {
		lucia = new Lucia(new EndingAdapter(auth), {
			sessionExpiresIn: lifetime,
			getSessionAttributes: ({ device_id, assurance, proven_at }) => ({ device_id, assurance, proven_at }),
			getUserAttributes: ({ state, roles, secondFactor }) => ({ state, roles, secondFactor })
		});
		lucias.set(auth, lucia);
	}
	return lucia;
}

type NewSession = {
	readonly accountId: string;
	readonly device: string;
	readonly assurance: Assurance;
	readonly now: string;
};
export type OpenedSession = { readonly sessionId: string; readonly expiresAt: string };

/**
 * Opens a session if what opens it still holds once the password is held: what was checked a moment ago may have been taken
 * away since. Null when it does not. One that a password alone opened is only half open where more is asked for
 * (`validateSession`).
 */
export const openSessionIf = (
	auth: Sql,
	{ accountId, device, assurance, now }: NewSession,
	holds: (tx: Tx, passwordHash: string) => boolean | Promise<boolean>
): Promise<OpenedSession | null> =>
	transaction(auth, 'system:sign-in', async (tx) => {
		const hash = await holdPasswordHash(tx, accountId);
		if (hash === null || !(await holds(tx, hash))) return null;
		const id = generateIdFromEntropySize(25);
		const expiresAt = new Date(Date.now() + lifetime.milliseconds()).toISOString();
		const deviceId = isUuid(device) ? device : null;
		await insertSession(tx, { id, accountId, expiresAt, deviceId, assurance, provenAt: now });
		return { sessionId: id, expiresAt };
	});

/** Opens a session with what no new password takes away. */
export async function openSession(auth: Sql, input: NewSession): Promise<OpenedSession> {
	const opened = await openSessionIf(auth, input, () => true);
	if (!opened) throw new Error(`account ${input.accountId} has no way to sign in`);
	return opened;
}

export type SessionCheck =
	| {
			readonly outcome: 'account';
			readonly accountId: string;
			readonly expiresAt: string;
			/** The end was moved: the cookie must move with it. */
			readonly fresh: boolean;
			/** When the person last proved to be there. */
			readonly provenAt: string;
	  }
	/** The password was right, and a second factor is still to be shown, or to be set up first. */
	| {
			readonly outcome: 'half';
			readonly accountId: string;
			readonly step: SecondStep;
			readonly deviceId: string;
			readonly provenAt: string;
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
	const step = stepAfterPassword(user);
	if (session.assurance === 'password' && step !== 'done')
		return {
			outcome: 'half',
			accountId: session.userId,
			step,
			deviceId: session.device_id ?? '',
			provenAt: session.proven_at
		};
	return {
		outcome: 'account',
		accountId: session.userId,
		expiresAt: session.expiresAt.toISOString(),
		fresh: session.fresh,
		provenAt: session.proven_at
	};
}

/** `ended` = the person signed out, `revoked` = somebody took the session away. */
export const endSession = (auth: Sql, id: string, reason: EndReason): Promise<void> =>
	moveToEnded(auth, { id }, reason);

export const endAllSessions = (auth: Sql, accountId: string, reason: EndReason): Promise<void> =>
	moveToEnded(auth, { accountId }, reason);

/**
 * Forgets sessions whose time is over, and why others ended after twice the life of a cookie: no browser sends one that
 * old, and a device that asks without is told `expired`, as after this. Returns how many rows.
 */
export const forgetSessions = (auth: Sql, now: string): Promise<number> =>
	deleteOldSessions(auth, now, `${2 * lifetime.milliseconds()} milliseconds`);

const isUuid = (text: string): boolean =>
	/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(text);
