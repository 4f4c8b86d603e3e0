import fs from 'node:fs/promises';
import path from 'node:path';
import { claim, unclaim } from '$lib/server/db/embedded/lock.ts';
import { announceWatermark, expectBackups } from '$lib/server/sync/epoch.ts';
import { asOwner } from './as-owner.ts';
import { openKeeper, type Keeper, type KeeperOptions } from './keeper.ts';
import { fingerprintOf, listedIn } from './keys.ts';
import { lockOf, newestRestorable, type Progress } from './layout.ts';
import { dropSlot, openAdmin } from './queries.ts';

const everyMs = 15_000;
const baseEveryMs = 24 * 3_600_000;
/** A restore reads the changes since the base copy again: so much of them takes about a minute. */
const baseAfterBytes = 4 * 1024 ** 3;

export type BackupSource = Omit<KeeperOptions, 'backupDir' | 'slot' | 'announce' | 'now'>;

/** Somebody else writes into this backup directory. */
export class BackupInUse extends Error {}

async function claimed(backupDir: string, source: BackupSource, announce: boolean): Promise<Keeper> {
	await fs.mkdir(backupDir, { recursive: true, mode: 0o700 });
	const lock = claim(lockOf(backupDir));
	if (!lock.held) throw new BackupInUse(`Tiến trình ${lock.by} đang sao lưu vào ${backupDir}.`);
	const slot = announce ? 'san_backup' : 'san_backup_once';
	const now = () => new Date().toISOString();
	try {
		return await openKeeper({ ...source, backupDir, slot, announce, now });
	} catch (error) {
		unclaim(lockOf(backupDir));
		throw error;
	}
}

/** One complete copy of this moment, for itself. Nobody is told of it: devices go on keeping what they keep. */
export async function backUpOnce(backupDir: string, source: BackupSource): Promise<Progress> {
	const keeper = await claimed(backupDir, source, false);
	try {
		return await keeper.round({ base: true });
	} finally {
		await keeper.close({ forget: true });
		unclaim(lockOf(backupDir));
	}
}

/**
 * Keeps the backup at most some seconds behind for as long as the program runs, and tells devices how far it reaches.
 * A round that fails is tried again; the watermark stands still meanwhile and devices keep more. Returns how to stop,
 * which brings the backup up to the last commit.
 */
export async function startBackups(
	backupDir: string,
	source: BackupSource,
	options: { everyMs?: number } = {}
): Promise<() => Promise<void>> {
	let keeper: Keeper | null = null;
	let failing = false;
	let stopped = false;
	let wake: () => void = () => undefined;
	await asOwner(source.ownerUrl, expectBackups);

	async function round(): Promise<void> {
		try {
			keeper ??= await claimed(backupDir, source, true);
			const { takenAt, walBytes } = keeper.sinceBase();
			const old = takenAt === null || Math.abs(Date.now() - Date.parse(takenAt)) > baseEveryMs;
			await keeper.round({ base: old || walBytes > baseAfterBytes });
			if (failing) source.log('Sao lưu lại được rồi.');
			failing = false;
		} catch (error) {
			const words = error instanceof Error ? error.message : String(error);
			if (!failing) source.log(`Chưa sao lưu được vào ${backupDir}, vẫn thử tiếp: ${words}`);
			failing = true;
			// What it remembers of the copy may no longer be so, and Postgres may still wait for the end of a base copy:
			// the next round looks anew.
			await letGo();
		}
	}

	async function letGo(): Promise<void> {
		if (!keeper) return;
		await keeper.close().catch(() => undefined);
		keeper = null;
		unclaim(lockOf(backupDir));
	}

	const running = (async () => {
		while (!stopped) {
			await round();
			if (stopped) break;
			await new Promise<void>((resolve) => {
				const timer = setTimeout(resolve, options.everyMs ?? everyMs);
				wake = () => {
					clearTimeout(timer);
					resolve();
				};
			});
		}
	})();
	return async () => {
		stopped = true;
		wake();
		await running;
		await round();
		await letGo();
	};
}

/** No backups are configured: nothing is announced, and Postgres keeps its log for nobody. */
export async function endBackups(urls: { adminUrl: string | null; ownerUrl: string }): Promise<void> {
	await asOwner(urls.ownerUrl, (owner) => announceWatermark(owner, null));
	if (urls.adminUrl === null) return;
	const admin = openAdmin(urls.adminUrl);
	try {
		await dropSlot(admin, 'san_backup');
	} finally {
		await admin.end();
	}
}

/**
 * For the doctor: how old the newest restorable state is, in milliseconds, and whether the copy lists this key, or even
 * holds it; null when there is none.
 */
export async function backupAge(
	backupDir: string,
	masterKey: Buffer
): Promise<{ ms: number; keyListed: boolean; keyInside: boolean } | null> {
	const found = await newestRestorable(path.resolve(backupDir));
	if (!found) return null;
	const key = listedIn(found.keys).find(({ fingerprint }) => fingerprint === fingerprintOf(masterKey));
	const ms = Date.now() - Date.parse(found.progress.at);
	return { ms, keyListed: key !== undefined, keyInside: key !== undefined && key.masterKey !== null };
}
