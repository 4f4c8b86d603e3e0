import type { Queryable, Tx } from '$lib/server/db/pool.ts';

export type TotpRow = {
	readonly secretSealed: string;
	readonly confirmed: boolean;
	readonly lastStep: number;
};

export async function findTotp(tx: Tx, accountId: string): Promise<TotpRow | null> {
	const [row] = await tx<TotpRow[]>`
		select secret_sealed as "secretSealed", confirmed_at is not null as confirmed, last_step as "lastStep"
		from totp_factors where account_id = ${accountId} for update`;
	return row ?? null;
}

/** A secret that was never confirmed gives way; one in use stays. */
export async function upsertTotp(
	tx: Tx,
	row: { accountId: string; secretSealed: string; now: string }
): Promise<void> {
	await tx`
		insert into totp_factors (account_id, secret_sealed, created_at)
		values (${row.accountId}, ${row.secretSealed}, ${row.now})
		on conflict (account_id) do update
		set secret_sealed = excluded.secret_sealed, created_at = excluded.created_at, last_step = 0
		where totp_factors.confirmed_at is null`;
}

export async function updateTotpUsed(
	tx: Tx,
	accountId: string,
	used: { step: number; now: string }
): Promise<void> {
	await tx`
		update totp_factors set last_step = ${used.step}, confirmed_at = coalesce(confirmed_at, ${used.now})
		where account_id = ${accountId}`;
}

export async function deleteTotp(tx: Tx, accountId: string): Promise<void> {
	await tx`delete from totp_factors where account_id = ${accountId}`;
}

export async function replaceRecoveryCodes(
	tx: Tx,
	accountId: string,
	hashes: readonly Buffer[]
): Promise<void> {
	await tx`delete from recovery_codes where account_id = ${accountId}`;
	if (hashes.length > 0)
		await tx`
			insert into recovery_codes (account_id, code_hash)
			select ${accountId}, decode(hash, 'hex') from unnest(${hashes.map((hash) => hash.toString('hex'))}::text[]) as hash`;
}

/** True when the code was there and unused; it is used now. */
export async function useRecoveryCode(
	tx: Tx,
	accountId: string,
	hash: Buffer,
	now: string
): Promise<boolean> {
	const rows = await tx`
		update recovery_codes set used_at = ${now}
		where account_id = ${accountId} and code_hash = ${hash} and used_at is null returning 1`;
	return rows.length > 0;
}

export async function countRecoveryCodes(tx: Tx, accountId: string): Promise<number> {
	const [row] = await tx<{ count: number }[]>`
		select count(*)::int as count from recovery_codes where account_id = ${accountId} and used_at is null`;
	return row?.count ?? 0;
}

export type PasskeyRow = {
	readonly id: string;
	readonly accountId: string;
	readonly publicKey: Uint8Array;
	readonly counter: number;
	readonly transports: readonly string[];
	readonly name: string;
	readonly createdAt: string;
	readonly lastUsedAt: string | null;
};

const passkeyColumns = (tx: Queryable) => tx`
	id, account_id as "accountId", public_key as "publicKey", counter, transports, name,
	created_at as "createdAt", last_used_at as "lastUsedAt"`;

export async function findPasskey(tx: Tx, id: string): Promise<PasskeyRow | null> {
	const [row] = await tx<
		PasskeyRow[]
	>`select ${passkeyColumns(tx)} from passkeys where id = ${id} for update`;
	return row ?? null;
}

export const listPasskeys = (tx: Tx, accountId: string): Promise<PasskeyRow[]> =>
	tx<PasskeyRow[]>`
		select ${passkeyColumns(tx)} from passkeys where account_id = ${accountId} order by created_at, id`;

export async function insertPasskey(
	tx: Tx,
	row: Omit<PasskeyRow, 'createdAt' | 'lastUsedAt'> & { now: string }
): Promise<boolean> {
	const rows = await tx`
		insert into passkeys (id, account_id, public_key, counter, transports, name, created_at)
		values (${row.id}, ${row.accountId}, ${Buffer.from(row.publicKey)}, ${row.counter},
			${[...row.transports]}::text[], ${row.name}, ${row.now})
		on conflict (id) do nothing returning 1`;
	return rows.length > 0;
}

export async function updatePasskeyUsed(
	tx: Tx,
	id: string,
	used: { counter: number; now: string }
): Promise<void> {
	await tx`update passkeys set counter = ${used.counter}, last_used_at = ${used.now} where id = ${id}`;
}

export async function updatePasskeyName(
	tx: Tx,
	accountId: string,
	id: string,
	name: string
): Promise<boolean> {
	const rows = await tx`
		update passkeys set name = ${name} where id = ${id} and account_id = ${accountId} returning 1`;
	return rows.length > 0;
}

export async function deletePasskey(tx: Tx, accountId: string, id: string): Promise<boolean> {
	const rows = await tx`delete from passkeys where id = ${id} and account_id = ${accountId} returning 1`;
	return rows.length > 0;
}

export async function deletePasskeys(tx: Tx, accountId: string): Promise<void> {
	await tx`delete from passkeys where account_id = ${accountId}`;
}

/** Questions for passkeys belong to the sign-in role: nobody is signed in yet when they are asked. */
export async function insertChallenge(
	auth: Queryable,
	row: { hash: Buffer; accountId: string | null; expiresAt: string }
): Promise<void> {
	await auth`delete from passkey_challenges where expires_at < now()`;
	await auth`
		insert into passkey_challenges (challenge_hash, account_id, expires_at)
		values (${row.hash}, ${row.accountId}, ${row.expiresAt})`;
}

/** Takes the question away, so that it is answered once. Null = unknown, used, or over. */
export async function takeChallenge(
	auth: Queryable,
	hash: Buffer,
	now: string
): Promise<{ accountId: string | null } | null> {
	const [row] = await auth<{ accountId: string | null; good: boolean }[]>`
		delete from passkey_challenges where challenge_hash = ${hash}
		returning account_id as "accountId", expires_at > ${now}::timestamptz as good`;
	return row?.good ? { accountId: row.accountId } : null;
}
