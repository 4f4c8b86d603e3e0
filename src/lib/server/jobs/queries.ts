import type { Tx } from '$lib/server/db/pool.ts';

export async function forgetInputsBefore(tx: Tx, before: string): Promise<number> {
	const rows = await tx`
		update command_log set input_sealed = null
		where received_at < ${before} and input_sealed is not null returning id`;
	return rows.length;
}
