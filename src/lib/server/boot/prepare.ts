import path from 'node:path';
import type { Config } from '../config.ts';
import { claim, unclaim } from '../db/embedded/lock.ts';
import { migrate } from '../db/migrate.ts';
import { keepBackups } from './backups.ts';
import { completeEnvironment, openDatabase, type OpenedDatabase } from './database.ts';
import { hasNoAccounts, seedOnFirstRun, type DemoSignIn } from './first-run.ts';
import { watchHighWater } from './high-water.ts';
import { onShutdown } from './shutdown.ts';

/** What a start tells the person in front of the terminal. */
export type Prepared = {
	readonly database: OpenedDatabase;
	readonly signIns: readonly DemoSignIn[];
	readonly setupLink: string | null;
};

/** Something the person has to change; said without a stack. */
export class StartRefused extends Error {}

/** One program a data directory: a second one is told what runs. External databases may have many. */
export function claimDataDir(config: Config): void {
	if (config.database.kind === 'external') return;
	const file = path.join(config.dataDir, 'program.lock');
	const result = claim(file, config.origin);
	if (!result.held) {
		const pid = Number.parseInt(result.by, 10);
		throw new StartRefused(
			`Sàn Tỉnh đang chạy với thư mục ${config.dataDir}: tiến trình ${pid}, ${result.note}\n` +
				`  → mở ${result.note}, hoặc dừng nó bằng \`kill ${pid}\`, hoặc đặt SAN_DATA_DIR và PORT khác.`
		);
	}
	onShutdown('program.lock', async () => unclaim(file));
}

/** Database up, migrated, filled on its first day, and the environment complete for the program inside. */
export async function prepare(config: Config, log: (line: string) => void): Promise<Prepared> {
	const database = await openDatabase(config, log);
	onShutdown('database', () => database.release());
	const { applied } = await migrate({ ownerUrl: database.ownerUrl });
	if (applied.length > 0) log(`Đã cập nhật cơ sở dữ liệu: ${applied.length} bước.`);
	onShutdown(
		'high-water',
		await watchHighWater({ ownerUrl: database.ownerUrl, dataDir: config.dataDir, log })
	);
	completeEnvironment(process.env, config, database);
	const { empty } = database;
	if (empty === null) {
		const { ensureReference } = await import('../seed/reference.ts');
		await ensureReference({ ownerUrl: database.ownerUrl, packId: config.pack });
		return { database, signIns: [], setupLink: await setupLink(config, database) };
	}

	const signIns = await seedOnFirstRun({
		ownerUrl: database.ownerUrl,
		dataDir: config.dataDir,
		log,
		// Loaded only now: most starts do not need the demo's goods and pictures.
		seed: async (options) => (await import('../seed/seed.ts')).seedDemo(options),
		startOver: async () => {
			await empty();
			await migrate({ ownerUrl: database.ownerUrl });
		}
	});
	await keepBackups(config, database, log);
	return { database, signIns, setupLink: null };
}

async function setupLink(config: Config, database: OpenedDatabase): Promise<string | null> {
	if (!(await hasNoAccounts(database.ownerUrl))) return null;
	const { makeSetupLink } = await import('../accounts/setup-link.ts');
	return makeSetupLink({ appUrl: database.appUrl, origin: config.origin });
}
