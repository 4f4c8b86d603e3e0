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

export async function insertSignInName(
	tx: Tx,
	row: { index: Buffer; accountId: string; kind: NameKind }
): Promise<void> {
	await tx`
		insert into sign_in_names (name_index, account_id, kind) values (${row.index}, ${row.accountId}, ${row.kind})`;
}

export async function findSignIn(
	auth: Queryable,
	index: Buffer
): Promise<{ accountId: string; passwordHash: string; state: AccountState } | null> {
	const [row] = await auth<{ accountId: string; passwordHash: string; state: AccountState }[]>`
		select s.id as "accountId", s.password_hash as "passwordHash", a.state
		from sign_in_names n join sign_in_accounts s on s.id = n.account_id join accounts a on a.id = s.id
		where n.name_index = ${index}`;
	return row ?? null;
}

/** A session with the state its account is in now. */
export type SessionRow = {
	id: string;
	accountId: string;
	expiresAt: string;
	deviceId: string | null;
	state: AccountState;
};

export async function findSession(auth: Queryable, id: string): Promise<SessionRow | null> {
	const [row] = await auth<SessionRow[]>`
		select s.id, s.user_id as "accountId", s.expires_at as "expiresAt", s.device_id as "deviceId", a.state
		from sessions s join accounts a on a.id = s.user_id
		where s.id = ${id}`;
	return row ?? null;
}

/** Failures of the last 15 minutes under this name and device, and how long until the oldest no longer counts. */
export async function recentFailures(
	auth: Queryable,
	index: Buffer,
	device: string
): Promise<{ count: number; seconds: number }> {
	const [row] = await auth<{ count: number; seconds: number | null }[]>`
		select count(*)::int as count,
			ceil(extract(epoch from min(at) + interval '15 minutes' - now()))::int as seconds
		from sign_in_failures
		where name_index = ${index} and device = ${device} and at > now() - interval '15 minutes'`;
	return { count: row?.count ?? 0, seconds: Math.max(1, row?.seconds ?? 1) };
}

export async function insertFailure(auth: Queryable, index: Buffer, device: string): Promise<void> {
	await auth`insert into sign_in_failures (name_index, device) values (${index}, ${device})`;
}

export async function deleteFailures(auth: Queryable, index: Buffer, device: string): Promise<void> {
	await auth`
		delete from sign_in_failures
		where (name_index = ${index} and device = ${device}) or at < now() - interval '1 day'`;
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

export async function findEndReason(auth: Queryable, id: string): Promise<EndReason | null> {
	const [row] = await auth<{ reason: EndReason }[]>`
		select reason from ended_sessions where id_hash = sha256(convert_to(${id}, 'UTF8'))`;
	return row?.reason ?? null;
}
