import { transaction, type Sql } from '$lib/server/db/pool.ts';

/** A command's input is needed to explain and repeat it, ninety days long; its id and outcome stay for ever. */
export const forgetCommandInputs = (db: Sql, now: string): Promise<number> =>
	transaction(db, 'system:retention', async (tx) => {
		const rows = await tx`
			update command_log set input_sealed = null
			where received_at < ${now}::timestamptz - interval '90 days' and input_sealed is not null
			returning id`;
		return rows.length;
	});
