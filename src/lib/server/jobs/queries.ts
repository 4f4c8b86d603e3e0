import type { Tx } from '$lib/server/db/pool.ts';

/** A portion of them; returns how many, 0 = nothing is left. */
export async function forgetInputsBefore(tx: Tx, before: string, most: number): Promise<number> {
	const rows = await tx`
		update command_log set input_sealed = null
		where id in (
			select id from command_log where received_at < ${before} and input_sealed is not null
			order by received_at limit ${most})
		returning id`;
	return rows.length;
}
