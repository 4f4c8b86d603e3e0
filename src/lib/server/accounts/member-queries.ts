import type { ContactKind } from '$lib/domain/accounts/contacts.ts';
import type { Queryable, Tx } from '$lib/server/db/pool.ts';
import type { AccountState } from './queries.ts';

/** A member's profile as it is stored: every text sealed with the member's key. */
export type ProfileRow = {
	readonly name: string;
	readonly userName: string | null;
	readonly phone: string | null;
	readonly email: string | null;
	readonly address: string | null;
};

/** For the member and for the system alone (row-level security). */
export async function findProfile(tx: Tx, accountId: string): Promise<ProfileRow | null> {
	const [row] = await tx<ProfileRow[]>`
		select name_sealed as name, user_name_sealed as "userName", phone_sealed as phone, email_sealed as email,
			address_sealed as address
		from account_profiles where account_id = ${accountId}`;
	return row ?? null;
}

export async function updateProfile(
	tx: Tx,
	row: { accountId: string; name: string; address: string | null; now: string }
): Promise<void> {
	await tx`
		update account_profiles set name_sealed = ${row.name}, address_sealed = ${row.address}, updated_at = ${row.now}
		where account_id = ${row.accountId}`;
}

export async function updateContact(
	tx: Tx,
	row: { accountId: string; kind: ContactKind; sealed: string; now: string }
): Promise<void> {
	await tx`
		update account_profiles set ${row.kind === 'phone' ? tx`phone_sealed` : tx`email_sealed`} = ${row.sealed},
			updated_at = ${row.now}
		where account_id = ${row.accountId}`;
}

/** These act as `san_auth`. */
export async function findMemberByName(
	auth: Queryable,
	index: Buffer
): Promise<{ accountId: string; state: AccountState } | null> {
	const [row] = await auth<{ accountId: string; state: AccountState }[]>`
		select n.account_id as "accountId", a.state
		from sign_in_names n join accounts a on a.id = n.account_id where n.name_index = ${index}`;
	return row ?? null;
}

export async function deleteSignInNames(tx: Tx, accountId: string, kind: ContactKind): Promise<void> {
	await tx`delete from sign_in_names where account_id = ${accountId} and kind = ${kind}`;
}

export async function findPasswordHash(auth: Queryable, accountId: string): Promise<string | null> {
	const [row] = await auth<{ hash: string }[]>`
		select password_hash as hash from sign_in_accounts where id = ${accountId}`;
	return row?.hash ?? null;
}

export async function updatePasswordHash(
	tx: Tx,
	accountId: string,
	hash: string,
	now: string
): Promise<void> {
	await tx`update sign_in_accounts set password_hash = ${hash}, updated_at = ${now} where id = ${accountId}`;
}

/** `ref` stands for a session where its id must not: the id opens it. */
export type SessionRow = {
	readonly ref: string;
	readonly createdAt: string;
	readonly seenAt: string | null;
	readonly deviceName: string | null;
	readonly current: boolean;
};

export async function listSessions(
	auth: Queryable,
	accountId: string,
	currentId: string,
	now: string
): Promise<SessionRow[]> {
	return auth<SessionRow[]>`
		select encode(sha256(convert_to(s.id, 'UTF8')), 'hex') as ref, s.created_at as "createdAt",
			t.seen_at as "seenAt", t.device_name as "deviceName", s.id = ${currentId} as current
		from sessions s left join session_traces t on t.session_id = s.id
		where s.user_id = ${accountId} and s.expires_at > ${now}
		order by s.id = ${currentId} desc, coalesce(t.seen_at, s.created_at) desc`;
}

/** Ends those sessions of an account as "revoked", all but the current one, and says how many there were. */
export async function revokeOthers(
	auth: Queryable,
	accountId: string,
	which: { readonly except: string } | { readonly ref: string }
): Promise<number> {
	const those =
		'ref' in which
			? auth`encode(sha256(convert_to(id, 'UTF8')), 'hex') = ${which.ref}`
			: auth`id <> ${which.except}`;
	const rows = await auth`
		with gone as (delete from sessions where user_id = ${accountId} and ${those} returning id, user_id)
		insert into ended_sessions (id_hash, user_id, reason)
		select sha256(convert_to(id, 'UTF8')), user_id, 'revoked' from gone
		on conflict (id_hash) do update set reason = excluded.reason returning 1 as one`;
	return rows.length;
}

export async function upsertTrace(
	auth: Queryable,
	row: { sessionId: string; deviceName: string; now: string }
): Promise<void> {
	await auth`
		insert into session_traces (session_id, device_name, seen_at)
		select id, ${row.deviceName}, ${row.now} from sessions where id = ${row.sessionId}
		on conflict (session_id) do update set device_name = excluded.device_name, seen_at = excluded.seen_at`;
}
