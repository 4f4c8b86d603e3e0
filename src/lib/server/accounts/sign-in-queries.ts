import type { Role } from '$lib/domain/accounts/permissions.ts';
import type { Queryable, Tx } from '$lib/server/db/pool.ts';
import type { NameKind } from './names.ts';
import type { AccountState } from './queries.ts';

export type EndReason = 'expired' | 'ended' | 'locked' | 'revoked';

/**
 * Runs `work` as the sign-in role inside the app's transaction: a registration writes the account and the way to
 * sign in together or not at all. Row-level security and grants stay those of that role.
 */
export async function asSignInRole<T>(tx: Tx, work: () => Promise<T>): Promise<T> {
	await tx`set local role san_auth`;
	const done = await work();
	await tx`set local role san_app`;
	return done;
}

export async function insertSignInAccount(tx: Tx, id: string, passwordHash: string): Promise<void> {
	await tx`insert into sign_in_accounts (id, password_hash) values (${id}, ${passwordHash})`;
}

export async function isNameTaken(auth: Queryable, index: Buffer): Promise<boolean> {
	const rows = await auth`select kind from sign_in_names where name_index = ${index}`;
	return rows.length > 0;
}

/** After this nothing anybody types finds the account, and another may have these names. */
export async function deleteSignInNames(auth: Queryable, accountId: string): Promise<void> {
	await auth`delete from sign_in_names where account_id = ${accountId}`;
}

export async function insertSignInName(
	tx: Tx,
	row: { index: Buffer; accountId: string; kind: NameKind }
): Promise<void> {
	await tx`
		insert into sign_in_names (name_index, account_id, kind) values (${row.index}, ${row.accountId}, ${row.kind})`;
}

export type SignInRow = {
	readonly accountId: string;
	readonly passwordHash: string;
	readonly state: AccountState;
	readonly roles: readonly Role[];
	readonly secondFactor: boolean;
};

export async function findSignIn(
	auth: Queryable,
	by: { index: Buffer } | { accountId: string }
): Promise<SignInRow | null> {
	const which =
		'index' in by
			? auth`s.id = (select account_id from sign_in_names where name_index = ${by.index})`
			: auth`s.id = ${by.accountId}`;
	const [row] = await auth<SignInRow[]>`
		select s.id as "accountId", s.password_hash as "passwordHash", a.state, a.roles,
			s.second_factor as "secondFactor"
		from sign_in_accounts s join accounts a on a.id = s.id
		where ${which}`;
	return row ?? null;
}

export async function updateSecondFactor(auth: Queryable, accountId: string, has: boolean): Promise<void> {
	await auth`update sign_in_accounts set second_factor = ${has} where id = ${accountId}`;
}

export async function updateProven(auth: Queryable, sessionId: string, now: string): Promise<void> {
	await auth`update sessions set proven_at = ${now} where id = ${sessionId}`;
}

/** A session that was only half open and is replaced: nobody is told about it. False = it has ended meanwhile. */
export async function deleteSession(auth: Queryable, id: string): Promise<boolean> {
	const rows = await auth`delete from sessions where id = ${id} returning 1 as one`;
	return rows.length > 0;
}

/**
 * The hash of the password as it stands, held to the end of the transaction: whoever writes a new one ends the sessions after
 * that, those opened here included. Null when there is no such account.
 */
export async function holdPasswordHash(tx: Tx, accountId: string): Promise<string | null> {
	const [row] = await tx<{ hash: string }[]>`
		select password_hash as hash from sign_in_accounts where id = ${accountId} for no key update`;
	return row?.hash ?? null;
}

export async function insertSession(
	tx: Tx,
	row: {
		id: string;
		accountId: string;
		expiresAt: string;
		deviceId: string | null;
		assurance: Assurance;
		provenAt: string;
	}
): Promise<void> {
	await tx`
		insert into sessions (id, user_id, expires_at, device_id, assurance, proven_at)
		values (${row.id}, ${row.accountId}, ${row.expiresAt}, ${row.deviceId}, ${row.assurance}, ${row.provenAt})`;
}

/** What opened a session: a password alone, or something beside or instead of it. */
export type Assurance = 'password' | 'totp' | 'recovery' | 'passkey';

/** A session with what its account is now. */
export type SessionRow = {
	id: string;
	accountId: string;
	expiresAt: string;
	deviceId: string | null;
	state: AccountState;
	assurance: Assurance;
	/** When the person last proved to be there. */
	provenAt: string;
	roles: readonly Role[];
	/** The account has a second factor of its own. */
	secondFactor: boolean;
};

export async function findSession(auth: Queryable, id: string): Promise<SessionRow | null> {
	const [row] = await auth<SessionRow[]>`
		select s.id, s.user_id as "accountId", s.expires_at as "expiresAt", s.device_id as "deviceId", a.state,
			s.assurance, s.proven_at as "provenAt", a.roles, i.second_factor as "secondFactor"
		from sessions s join accounts a on a.id = s.user_id join sign_in_accounts i on i.id = s.user_id
		where s.id = ${id}`;
	return row ?? null;
}

/** Ends one session, or every session of an account, and keeps why, under a hash that opens nothing. */
export async function moveToEnded(
	auth: Queryable,
	which: { id: string } | { accountId: string },
	reason: EndReason
): Promise<void> {
	const those = 'id' in which ? auth`id = ${which.id}` : auth`user_id = ${which.accountId}`;
	await auth`
		with gone as (delete from sessions where ${those} returning id, user_id)
		insert into ended_sessions (id_hash, user_id, reason)
		select sha256(convert_to(id, 'UTF8')), user_id, ${reason}::text from gone
		on conflict (id_hash) do nothing`;
}

/** Forgets sessions whose time is over and reasons older than `keep`; returns how many rows. */
export async function deleteOldSessions(auth: Queryable, now: string, keep: string): Promise<number> {
	const over =
		await auth`delete from sessions where expires_at < ${now}::timestamptz - interval '1 day' returning 1 as one`;
	const reasons = await auth`
		delete from ended_sessions where at < ${now}::timestamptz - ${keep}::interval returning 1 as one`;
	return over.length + reasons.length;
}

export async function findEndReason(auth: Queryable, id: string): Promise<EndReason | null> {
	const [row] = await auth<{ reason: EndReason }[]>`
		select reason from ended_sessions where id_hash = sha256(convert_to(${id}, 'UTF8'))`;
	return row?.reason ?? null;
}

export async function countSessions(auth: Queryable, accountId: string): Promise<number> {
	const [row] = await auth<{ n: number }[]>`
		select count(*)::int as n from sessions where user_id = ${accountId} and expires_at > now()`;
	return row?.n ?? 0;
}
