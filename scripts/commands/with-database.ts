import { loadKeyRoot } from '$lib/server/accounts/key-rotation.ts';
import { useMasterKey } from '$lib/server/accounts/sealing.ts';
import { describeProblems, readConfig, type Config } from '$lib/server/config.ts';
import { completeEnvironment, openDatabase, type OpenedDatabase } from '$lib/server/boot/database.ts';
import { closeAll } from '$lib/server/boot/shutdown.ts';
import { openDb, type Sql } from '$lib/server/db/pool.ts';

/** Said to the person without a stack; the command ends with code 1. */
export class CommandRefused extends Error {}

export const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** The configuration, or all that is wrong with it. */
export function configuration(): Config {
	const read = readConfig(process.env);
	if (read.ok) return read.config;
	throw new CommandRefused(`Cấu hình có chỗ cần sửa:\n${describeProblems(read.problems)}`);
}

/**
 * Runs a command with the database up: the embedded one is joined when the server runs, and started and stopped again
 * when it does not.
 */
export async function withDatabase(
	run: (opened: { config: Config; database: OpenedDatabase }) => Promise<void>
): Promise<void> {
	const config = configuration();
	const database = await openDatabase(config);
	try {
		completeEnvironment(process.env, config, database);
		await run({ config, database });
	} finally {
		await closeAll();
		await database.release();
	}
}

/** The same with every key at hand, in the middle of a rotation and after it: for what seals, opens or finds by name. */
export const withKeys = (
	run: (opened: { config: Config; database: OpenedDatabase; db: Sql }) => Promise<void>
): Promise<void> =>
	withDatabase(async (opened) => {
		const { database } = opened;
		useMasterKey(database.masterKey, database.otherMasterKeys);
		const db = openDb({ url: database.appUrl, role: 'san_app', max: 2, name: 'san-command' });
		try {
			await loadKeyRoot(db);
			await run({ ...opened, db });
		} finally {
			await db.end();
		}
	});

/** Turns a command into one that explains its refusal and its failure in one line. */
export const explained =
	<A>(run: (args: A) => Promise<void> | void) =>
	async ({ args }: { args: A }): Promise<void> => {
		try {
			await run(args);
		} catch (error) {
			const message = error instanceof Error ? error.message : String(error);
			process.stderr.write(`${message}\n`);
			if (!(error instanceof CommandRefused) && error instanceof Error && process.env.SAN_LOG === 'debug')
				process.stderr.write(`${error.stack ?? ''}\n`);
			process.exitCode = 1;
		}
	};
