import type { Queryable } from '$lib/server/db/pool.ts';
import type { AccountState } from './queries.ts';

/** Those whose hour is over go with it. */
export async function insertLockSession(
	auth: Queryable,
	row: { hash: Buffer; accountId: string; now: string; expiresAt: string }
): Promise<void> {
	await auth`
		with old as (delete from lock_sessions where expires_at <= ${row.now})
		insert into lock_sessions (token_hash, account_id, created_at, expires_at)
		values (${row.hash}, ${row.accountId}, ${row.now}, ${row.expiresAt})`;
}

export async function findLockSession(
	auth: Queryable,
	hash: Buffer,
	now: string
): Promise<{ accountId: string; state: AccountState } | null> {
	const [row] = await auth<{ accountId: string; state: AccountState }[]>`
		select s.account_id as "accountId", a.state from lock_sessions s join accounts a on a.id = s.account_id
		where s.token_hash = ${hash} and s.expires_at > ${now}`;
	return row ?? null;
}

export async function deleteLockSession(auth: Queryable, hash: Buffer): Promise<void> {
	await auth`delete from lock_sessions where token_hash = ${hash}`;
}
