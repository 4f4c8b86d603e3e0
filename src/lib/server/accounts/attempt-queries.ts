import { attemptWindowSeconds, type Attempts } from '$lib/domain/accounts/attempts.ts';
import type { Queryable, Tx } from '$lib/server/db/pool.ts';

const window = `${attemptWindowSeconds} seconds`;

/** One at a time for one budget: those who guess at the same instant are counted one after the other. */
export async function lockBudget(tx: Tx, index: Buffer, budget: string): Promise<void> {
	await tx`select pg_advisory_xact_lock(hashtextextended(${`${index.toString('hex')} ${budget}`}, 0))`;
}

export async function findAttempts(tx: Tx, index: Buffer, budget: string): Promise<Attempts> {
	const [row] = await tx<{ failures: number; sinceLast: number | null; sinceOldest: number | null }[]>`
		select count(*)::int as failures,
			extract(epoch from clock_timestamp() - max(at))::float8 as "sinceLast",
			extract(epoch from clock_timestamp() - min(at))::float8 as "sinceOldest"
		from sign_in_failures
		where name_index = ${index} and budget = ${budget} and at > clock_timestamp() - ${window}::interval`;
	return {
		failures: row?.failures ?? 0,
		sinceLast: row?.sinceLast ?? 0,
		sinceOldest: row?.sinceOldest ?? 0
	};
}

export async function insertFailure(tx: Tx, index: Buffer, budget: string): Promise<void> {
	await tx`
		insert into sign_in_failures (name_index, budget, at) values (${index}, ${budget}, clock_timestamp())`;
}

/** Forgets the failures of one budget, and everybody's of yesterday. */
export async function deleteFailures(auth: Queryable, index: Buffer, budget: string): Promise<void> {
	await auth`
		delete from sign_in_failures
		where (name_index = ${index} and budget = ${budget}) or at < now() - interval '1 day'`;
}

export async function insertAddressFailure(auth: Queryable, address: Buffer): Promise<void> {
	await auth`insert into address_failures (address_index, at) values (${address}, now())`;
}

export async function countAddressFailures(auth: Queryable, address: Buffer): Promise<number> {
	const [row] = await auth<{ count: number }[]>`
		select count(*)::int as count from address_failures
		where address_index = ${address} and at > now() - ${window}::interval`;
	return row?.count ?? 0;
}

export async function deleteOldAddressFailures(auth: Queryable): Promise<void> {
	await auth`delete from address_failures where at < now() - interval '1 day'`;
}

export async function isKnownDevice(auth: Queryable, device: Buffer, accountId: string): Promise<boolean> {
	const rows = await auth`
		select 1 from known_devices where device_hash = ${device} and account_id = ${accountId}`;
	return rows.length > 0;
}

export async function upsertKnownDevice(
	auth: Queryable,
	device: Buffer,
	accountId: string,
	now: string
): Promise<void> {
	await auth`
		insert into known_devices (device_hash, account_id, last_at) values (${device}, ${accountId}, ${now})
		on conflict (device_hash, account_id) do update set last_at = excluded.last_at`;
}

/** After this the device of a thief is a stranger again. */
export async function forgetKnownDevices(auth: Queryable, accountId: string): Promise<void> {
	await auth`delete from known_devices where account_id = ${accountId}`;
}
