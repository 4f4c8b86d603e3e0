import { createHash } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openDb } from '$lib/server/db/pool.ts';
import { roles } from '$lib/server/db/roles.ts';
import { announceWatermark, readPlace } from '$lib/server/sync/epoch.ts';
import { copyCluster } from './base-copy.ts';
import { writeDurably } from './disk.ts';
import { openFileCopier } from './file-copy.ts';
import { readKeys, withThoseBefore, writeKeys, type BackupKeys } from './keys.ts';
import {
	createSeries,
	filesOf,
	listBases,
	listSeries,
	readProgress,
	sweepUnfinished,
	walOf,
	writeProgress,
	type Progress,
	type Series
} from './layout.ts';
import {
	advanceSlot,
	beginBase,
	createSlot,
	dropSlot,
	endBase,
	findSlot,
	openAdmin,
	readCluster,
	readHorizonAndLog,
	type WalPlace
} from './queries.ts';
import { copyWal, pruneWal } from './wal.ts';

const basesKept = 2;

export type KeeperOptions = {
	readonly adminUrl: string;
	readonly ownerUrl: string;
	/** Postgres' own directory. */
	readonly pgDir: string;
	readonly dataDir: string;
	readonly backupDir: string;
	/** Two keepers of one cluster need two. */
	readonly slot: string;
	readonly keys: BackupKeys;
	readonly now: () => string;
	readonly log: (line: string) => void;
	/** A copy of a large cluster takes minutes: so often people's work is followed meanwhile. */
	readonly followEveryMs?: number;
	/** Whether devices are told how far the backup reaches: not by a copy made once (sync 13). */
	readonly announce: boolean;
};

export type Keeper = {
	/** Brings the backup up to this moment, with a base copy when there is none or `base` asks for one. */
	round(options?: { base?: boolean }): Promise<Progress>;
	/** When the newest base copy was taken, and how many bytes of changes came since. */
	sinceBase(): { takenAt: string | null; walBytes: number };
	/** `forget`: Postgres need not keep its log for us any longer. */
	close(options?: { forget?: boolean }): Promise<void>;
};

/** Keeps one backup directory up to date with one cluster and its file store (sync 13). */
export async function openKeeper(options: KeeperOptions): Promise<Keeper> {
	const { slot, backupDir, pgDir, now, log, followEveryMs = 10_000 } = options;
	const admin = openAdmin(options.adminUrl);
	const owner = openDb({ url: options.ownerUrl, role: roles.owner, max: 1, name: 'san-backup' });
	const files = openFileCopier(path.join(options.dataDir, 'files'), filesOf(backupDir));
	const told = new Set<string>();
	let series: Series;
	let place: WalPlace;
	let takenAt: string | null = null;
	let baseSegments = 0;

	/** Goes on with the newest series if the cluster still has every change since; else begins one. */
	async function begin(): Promise<void> {
		await sweepUnfinished(backupDir);
		const { epoch, timeline } = await readPlace(owner);
		const { system, segmentBytes } = await readCluster(admin);
		const known = (await listSeries(backupDir)).at(-1);
		const held = await findSlot(admin, slot);
		const progress = known && (await readProgress(known));
		if (
			known?.epoch === epoch &&
			known.timeline === timeline &&
			known.system === system &&
			progress &&
			held?.lost === false &&
			held.segment <= progress.segment
		) {
			series = known;
			// Before a change is copied that they wrap: the program may have another key since.
			await writeKeys(series.directory, withThoseBefore(options.keys, await readKeys(series.directory)));
			// What was copied of the last segment is copied again: cheap, and it needs no trust.
			place = { segment: progress.segment, offset: 0 };
			takenAt = (await listBases(series)).at(-1)?.takenAt ?? null;
			return;
		}
		await dropSlot(admin, slot);
		place = { segment: await createSlot(admin, slot, !options.announce), offset: 0 };
		const facts = { epoch, system, timeline, segmentBytes, startedAt: now() };
		series = await createSeries(backupDir, facts, options.keys);
		takenAt = null;
	}

	/** Copies the log up to a place that holds every commit below the horizon it returns. */
	async function copyLog(): Promise<{ horizon: number; lsn: string }> {
		const { horizon, lsn, place: until } = await readHorizonAndLog(admin);
		const before = place.segment;
		place = await copyWal({
			pgWal: path.join(pgDir, 'pg_wal'),
			to: walOf(series),
			from: place,
			until,
			segmentBytes: series.segmentBytes
		});
		if (before !== place.segment) baseSegments += 1;
		return { horizon, lsn };
	}

	async function takeBase(): Promise<void> {
		const at = now();
		const directory = path.join(series.directory, 'base', at.replace(/\D/g, ''));
		await fs.rm(directory, { recursive: true, force: true });
		const { startSegment, hashes } = await whileFollowing(copyBase(path.join(directory, 'pg')));
		// Without the changes made while it was copied the copy is of no use: it counts when they are here, and noted.
		await follow();
		await writeDurably(
			path.join(directory, 'base.json'),
			JSON.stringify({ takenAt: at, startSegment, files: hashes })
		);
		takenAt = at;
		baseSegments = 0;
		await prune();
	}

	/** On a connection of its own: Postgres begins with a checkpoint, which takes a minute where much was written. */
	async function copyBase(to: string): Promise<{ startSegment: string; hashes: Record<string, string> }> {
		const copying = openAdmin(options.adminUrl);
		try {
			const startSegment = await beginBase(copying, 'san-tinh');
			const hashes = await copyCluster(pgDir, to);
			const label = await endBase(copying);
			await writeDurably(path.join(to, 'backup_label'), label);
			hashes.backup_label = createHash('sha256').update(label).digest('hex');
			return { startSegment, hashes };
		} finally {
			await copying.end({ timeout: 5 });
		}
	}

	async function prune(): Promise<void> {
		const bases = await listBases(series);
		for (const old of bases.slice(0, -basesKept))
			await fs.rm(old.directory, { recursive: true, force: true });
		const oldest = bases.slice(-basesKept)[0];
		if (oldest) await pruneWal(walOf(series), oldest.startSegment);
		// The one before stays: it is what a restore that went wrong goes back to.
		for (const old of (await listSeries(backupDir)).slice(0, -2))
			await fs.rm(old.directory, { recursive: true, force: true });
	}

	/** Brings changes and files up to this moment, notes it, and says so where there is a base copy to build on. */
	async function follow(): Promise<Progress> {
		// The log first, the files after: whatever a commit below the horizon speaks of lies in the store by then.
		const { horizon, lsn } = await copyLog();
		await copyFiles();
		const progress = { at: now(), horizon, ...place };
		await writeProgress(series, progress);
		await advanceSlot(admin, slot, lsn);
		if (options.announce && takenAt !== null) await announceWatermark(owner, horizon);
		return progress;
	}

	async function whileFollowing<T>(work: Promise<T>): Promise<T> {
		const over = new AbortController();
		const following = (async () => {
			while (takenAt !== null && !over.signal.aborted) {
				await sleep(followEveryMs, undefined, { signal: over.signal }).catch(() => undefined);
				if (!over.signal.aborted) await follow();
			}
		})();
		// Both have ended when this does: nothing writes any more.
		const [done, followed] = await Promise.allSettled([work.finally(() => over.abort()), following]);
		if (done.status === 'rejected') throw done.reason;
		if (followed.status === 'rejected') throw followed.reason;
		return done.value;
	}

	async function copyFiles(): Promise<void> {
		const { damaged } = await files.copy();
		for (const file of damaged.filter((name) => !told.has(name))) {
			told.add(file);
			log(`Tệp ${file} trong kho không còn đúng nội dung, không được sao lưu.`);
		}
	}

	try {
		await begin();
	} catch (error) {
		await Promise.all([admin.end(), owner.end()]);
		throw error;
	}
	return {
		async round({ base = false } = {}) {
			const held = await findSlot(admin, slot);
			const { epoch, timeline } = await readPlace(owner);
			if (!held || held.lost || epoch !== series.epoch || timeline !== series.timeline) await begin();
			if (takenAt === null || base) await takeBase();
			return follow();
		},
		sinceBase: () => ({ takenAt, walBytes: baseSegments * series.segmentBytes }),
		async close({ forget = false } = {}) {
			if (forget) await dropSlot(admin, slot).catch(() => undefined);
			await Promise.all([admin.end({ timeout: 5 }), owner.end({ timeout: 5 })]);
		}
	};
}
