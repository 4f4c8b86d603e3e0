import type { Tx } from '$lib/server/db/pool.ts';

/** As the sign-in role. What a session was goes with it. Returns how many rows went. */
export async function deleteTracesBefore(tx: Tx, before: string): Promise<number> {
	const [row] = await tx<{ n: number }[]>`
		with f as (delete from sign_in_failures where at < ${before} returning 1),
			d as (delete from known_devices where last_at < ${before} returning 1),
			l as (delete from setup_links where expires_at < ${before} returning 1),
			k as (delete from lock_sessions where expires_at < ${before} returning 1),
			p as (delete from passkey_challenges where expires_at < ${before} returning 1)
		select ((select count(*) from f) + (select count(*) from d)
			+ (select count(*) from l) + (select count(*) from k) + (select count(*) from p))::int as n`;
	return row?.n ?? 0;
}
