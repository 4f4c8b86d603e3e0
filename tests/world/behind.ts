import postgres from 'postgres';
import { startEmbedded } from '../../src/lib/server/db/embedded.ts';
import type { Program } from './program.ts';

/** Looks and reaches behind the program, into its own Postgres, in one transaction. */
export async function behind<T>(
	program: Pick<Program, 'dataDir'>,
	look: (tx: postgres.TransactionSql) => Promise<T>
): Promise<T> {
	const database = await startEmbedded({ dataDir: program.dataDir });
	const sql = postgres(database.ownerUrl, { max: 1, onnotice: () => undefined });
	const seen: T[] = [];
	try {
		await sql.begin(async (tx) => {
			await tx`select set_config('san.actor', 'system:test', true)`;
			seen.push(await look(tx));
		});
	} finally {
		await sql.end();
		await database.release();
	}
	const [found] = seen;
	if (found === undefined) throw new Error('nothing was looked at');
	return found;
}
