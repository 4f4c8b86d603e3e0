import type { CodePurpose } from '$lib/domain/accounts/codes.ts';
import type { Tx } from '$lib/server/db/pool.ts';

/** All of these are asked as the system. */
export type CodeRow = {
	readonly id: string;
	readonly purpose: CodePurpose;
	readonly accountId: string | null;
	readonly targetIndex: Uint8Array;
	readonly detailsSealed: string;
	readonly codeHmac: Uint8Array;
	readonly tries: number;
	readonly expiresAt: string;
	readonly usedAt: string | null;
};

/** One phone or mailbox at a time: of two who ask for a code at once the second sees the first one's. */
export async function lockTarget(tx: Tx, targetIndex: Uint8Array): Promise<void> {
	await tx`select pg_advisory_xact_lock(hashtextextended(encode(${targetIndex}, 'hex'), 20))`;
}

export async function listSendings(tx: Tx, targetIndex: Uint8Array, since: string): Promise<string[]> {
	const rows = await tx<{ at: string }[]>`
		select at from code_sendings where target_index = ${targetIndex} and at > ${since}`;
	return rows.map((row) => row.at);
}

/** How many codes an address asked for, and the seconds until the oldest of them no longer counts. */
export async function countFromOrigin(
	tx: Tx,
	originIndex: Uint8Array,
	now: string,
	minutes: number
): Promise<{ count: number; seconds: number }> {
	const [row] = await tx<{ count: number; seconds: number | null }[]>`
		select count(*)::int as count,
			ceil(extract(epoch from min(at) + ${minutes} * interval '1 minute' - ${now}::timestamptz))::int as seconds
		from code_sendings
		where origin_index = ${originIndex} and at > ${now}::timestamptz - ${minutes} * interval '1 minute'`;
	return { count: row?.count ?? 0, seconds: Math.max(1, row?.seconds ?? 1) };
}

export async function insertSending(
	tx: Tx,
	row: { targetIndex: Uint8Array; originIndex: Uint8Array; now: string }
): Promise<void> {
	await tx`
		insert into code_sendings (target_index, origin_index, at) values (${row.targetIndex}, ${row.originIndex}, ${row.now})`;
}

export async function insertRequest(
	tx: Tx,
	row: Pick<
		CodeRow,
		'id' | 'purpose' | 'accountId' | 'targetIndex' | 'detailsSealed' | 'codeHmac' | 'expiresAt'
	> & {
		now: string;
	}
): Promise<void> {
	await tx`
		insert into code_requests
			(id, purpose, account_id, target_index, details_sealed, code_hmac, created_at, expires_at)
		values (${row.id}, ${row.purpose}, ${row.accountId}, ${row.targetIndex}, ${row.detailsSealed}, ${row.codeHmac},
			${row.now}, ${row.expiresAt})`;
}

const columns = (tx: Tx) => tx`
	id, purpose, account_id as "accountId", target_index as "targetIndex", details_sealed as "detailsSealed",
	code_hmac as "codeHmac", tries, expires_at as "expiresAt", used_at as "usedAt"`;

export async function findRequest(tx: Tx, id: string, purpose: CodePurpose): Promise<CodeRow | null> {
	const [row] = await tx<CodeRow[]>`
		select ${columns(tx)} from code_requests where id = ${id} and purpose = ${purpose}`;
	return row ?? null;
}

/** Held until the transaction ends: guesses at one request come one after the other. */
export async function lockRequest(tx: Tx, id: string, purpose: CodePurpose): Promise<CodeRow | null> {
	const [row] = await tx<CodeRow[]>`
		select ${columns(tx)} from code_requests where id = ${id} and purpose = ${purpose} for update`;
	return row ?? null;
}

export async function countTry(tx: Tx, id: string): Promise<void> {
	await tx`update code_requests set tries = tries + 1 where id = ${id}`;
}

export async function markUsed(tx: Tx, id: string, now: string): Promise<void> {
	await tx`update code_requests set used_at = ${now} where id = ${id}`;
}

export async function renewCode(
	tx: Tx,
	row: { id: string; codeHmac: Uint8Array; expiresAt: string }
): Promise<void> {
	await tx`
		update code_requests set code_hmac = ${row.codeHmac}, expires_at = ${row.expiresAt}, tries = 0 where id = ${row.id}`;
}

/** Ends the other open requests of an account and purpose: an older code opens nothing after a newer one was used. */
export async function dropOpenRequests(tx: Tx, accountId: string, now: string): Promise<void> {
	await tx`update code_requests set used_at = ${now} where account_id = ${accountId} and used_at is null`;
}

export async function deleteOldCodes(tx: Tx, now: string): Promise<number> {
	const requests = await tx`
		delete from code_requests where created_at < ${now}::timestamptz - interval '1 day' returning id`;
	await tx`delete from code_sendings where at < ${now}::timestamptz - interval '2 days'`;
	return requests.length;
}
