import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openKeeper, type Keeper } from '$lib/server/backup/keeper.ts';
import { listed } from '$lib/server/backup/keys.ts';
import { restoreBackup, type Restored } from '$lib/server/backup/restore.ts';
import { destroyEmbedded, startEmbedded, type EmbeddedDatabase } from '$lib/server/db/embedded.ts';
import { migrate } from '$lib/server/db/migrate.ts';
import { openExchange, type Exchange, type Person } from './exchange.ts';

/** An exchange on a cluster of its own, kept by a backup, whose machine can die and be replaced. */
export type BackedUp = {
	readonly dataDir: string;
	readonly backupDir: string;
	/** Those of the machine that runs now. */
	readonly exchange: Exchange;
	readonly keeper: Keeper;
	readonly database: EmbeddedDatabase;
	/** The machine dies: Postgres in the middle of its work, and the disk with it. */
	destroy(): Promise<void>;
	/** A new machine, with what the backup holds. */
	restore(): Promise<Restored>;
	close(): Promise<void>;
};

/** `durable`: Postgres waits for the disk, as it does where people work; tests of what is kept need not. */
export async function openBackedUp(options: {
	members: readonly Person[];
	durable: boolean;
}): Promise<BackedUp> {
	const { members, durable } = options;
	const masterKey = Buffer.alloc(32, 'a key for tests');
	const root = fs.mkdtempSync(path.join(os.tmpdir(), 'san-drill-'));
	fs.chmodSync(root, 0o755);
	const dataDir = path.join(root, 'data');
	const backupDir = path.join(root, 'backup');
	let running = await start(false);

	async function start(existing: boolean) {
		const database = await startEmbedded({ dataDir, durable });
		await migrate({ ownerUrl: database.ownerUrl });
		const { adminUrl, ownerUrl, appUrl, pgDir } = database;
		const drop = async () => undefined;
		const exchange = await openExchange({
			members,
			existing,
			database: { adminUrl, ownerUrl, appUrl, drop }
		});
		const keeper = await openKeeper({
			adminUrl,
			ownerUrl,
			pgDir,
			dataDir,
			backupDir,
			slot: 'san_backup',
			announce: true,
			keys: { ...listed(masterKey, false), others: [], ...database.passwords },
			now: () => new Date().toISOString(),
			log: (line) => {
				throw new Error(line);
			}
		});
		return { database, exchange, keeper };
	}

	return {
		dataDir,
		backupDir,
		get exchange() {
			return running.exchange;
		},
		get keeper() {
			return running.keeper;
		},
		get database() {
			return running.database;
		},
		async destroy() {
			const { database, exchange, keeper } = running;
			const pid = Number.parseInt(fs.readFileSync(path.join(database.pgDir, 'postmaster.pid'), 'utf8'), 10);
			process.kill(pid, 'SIGKILL');
			await Promise.all([keeper.close(), exchange.close()]);
			await sleep(200);
			await database.release();
			await destroyEmbedded(dataDir);
			fs.rmSync(dataDir, { recursive: true, force: true });
		},
		async restore() {
			const log = () => undefined;
			const restored = await restoreBackup({ backupDir, dataDir, masterKey, durable, log });
			running = await start(true);
			return restored;
		},
		async close() {
			const { database, exchange, keeper } = running;
			await Promise.all([keeper.close(), exchange.close()]);
			await database.release();
			await destroyEmbedded(dataDir);
			fs.rmSync(root, { recursive: true, force: true });
		}
	};
}
