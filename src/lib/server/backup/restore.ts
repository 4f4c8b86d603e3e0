import fs from 'node:fs/promises';
import path from 'node:path';
import { readHighWater, writeHighWater } from '$lib/server/boot/high-water.ts';
import { putOldMasterKeys } from '$lib/server/boot/master-key.ts';
import { replaceEmbedded, startEmbedded } from '$lib/server/db/embedded.ts';
import { migrate } from '$lib/server/db/migrate.ts';
import { beginEpoch, readPlace, type LastNumbers } from '$lib/server/sync/epoch.ts';
import { asOwner } from './as-owner.ts';
import { writeDurably } from './disk.ts';
import { putFilesBack } from './file-copy.ts';
import { fingerprintOf, listedIn, type BackupKeys } from './keys.ts';
import { filesOf, newestRestorable, walOf } from './layout.ts';
import { eachSegment } from './wal.ts';

/** Something the operator has to change first; nothing was touched. */
export class RestoreRefused extends Error {}

export type Restored = {
	/** The moment up to which everything is there. */
	readonly at: string;
	readonly segments: number;
	readonly files: number;
	readonly damaged: readonly string[];
	readonly epoch: string;
};

/**
 * Brings the newest state of a backup back: cluster, changes, files and keys, then a new epoch (sync 13). May be run
 * again when it was cut: until the epoch is new the mark beside the database makes the next start change it. Throws when
 * the backup cannot be read to its end; what is here is then as it was.
 */
export async function restoreBackup(options: {
	backupDir: string;
	dataDir: string;
	/** From the configuration; null = the generated one, which lies in the backup. */
	masterKey: Buffer | null;
	/** Others of the configuration. */
	otherMasterKeys?: readonly Buffer[];
	endSessions?: boolean;
	durable?: boolean;
	log: (line: string) => void;
	/** Told as soon as something that stood here was moved beside, so that it is known also when the rest fails. */
	aside?: (path: string) => void;
}): Promise<Restored> {
	const { backupDir, dataDir, durable = true, log, aside = () => undefined } = options;
	const found = await newestRestorable(backupDir);
	if (!found) throw new RestoreRefused(`Trong ${backupDir} không có bản sao lưu nào dùng được.`);
	const { series, base, progress, keys } = found;
	const { masterKey, others } = chosenKeys(keys, options);

	await fs.mkdir(dataDir, { recursive: true });
	let segments = 0;
	log('Đang trả lại cơ sở dữ liệu…');
	const { superuserPassword, ownerPassword, loginPassword } = keys;
	await replaceEmbedded({
		dataDir,
		durable,
		passwords: { superuserPassword, ownerPassword, loginPassword },
		fill: async (pgDir) => {
			await fs.cp(path.join(base.directory, 'pg'), pgDir, { recursive: true });
			const pgWal = path.join(pgDir, 'pg_wal');
			await fs.mkdir(pgWal, { recursive: true, mode: 0o700 });
			const { segmentBytes } = series;
			segments = await eachSegment(
				{ wal: walOf(series), from: base.startSegment, until: progress, segmentBytes },
				(name, bytes) => fs.writeFile(path.join(pgWal, name), bytes, { mode: 0o600, flush: true })
			);
			// Everything was there to be read: only now is what stood here given up.
			// From here on a start finds a mark that no restored state can reach, and changes the epoch by itself.
			writeHighWater(dataDir, {
				epoch: series.epoch,
				xid: Number.MAX_SAFE_INTEGER,
				timeline: 0,
				begunAt: '9999-12-31T00:00:00Z',
				numbers: readHighWater(dataDir)?.numbers ?? {}
			});
			putOldMasterKeys(dataDir, others);
			if (options.masterKey === null) await putMasterKey(dataDir, masterKey, aside);
		},
		aside
	});

	log('Đang trả lại ảnh và tệp…');
	const { put, damaged } = await putFilesBack(filesOf(backupDir), path.join(dataDir, 'files'));
	log('Đang mở một kỳ dữ liệu mới…');
	const epoch = await afterRestore({ dataDir, durable, endSessions: options.endSessions ?? false });
	return { at: progress.at, segments, files: put, damaged, epoch };
}

/** The key to start with, and those of the copy that are read beside it. Refused where the given one is a stranger. */
function chosenKeys(
	keys: BackupKeys,
	options: {
		masterKey: Buffer | null;
		otherMasterKeys?: readonly Buffer[];
		log: (line: string) => void;
	}
): { masterKey: string; others: Buffer[] } {
	const masterKey = options.masterKey?.toString('base64') ?? keys.masterKey;
	const chosen = masterKey === null ? null : fingerprintOf(Buffer.from(masterKey, 'base64'));
	const listed = listedIn(keys);
	if (masterKey === null || !listed.some(({ fingerprint }) => fingerprint === chosen))
		throw new RestoreRefused(
			'SAN_MASTER_KEY không phải khóa của bản sao lưu này: thông tin cá nhân sẽ không mở được.\n' +
				'  → đặt đúng SAN_MASTER_KEY đã cất riêng khi sao lưu'
		);
	const others = listed.filter(({ fingerprint }) => fingerprint !== chosen);
	const given = new Set(options.otherMasterKeys?.map(fingerprintOf));
	if (others.some((key) => key.masterKey === null && !given.has(key.fingerprint)))
		options.log(
			'! Bản sao này còn ghi một khóa khác, cất ở nơi khác. Nếu khi chạy lại chương trình báo thiếu khóa:\n' +
				'  → đặt khóa đó trong SAN_OTHER_MASTER_KEYS'
		);
	const inside = others.flatMap((key) => (key.masterKey === null ? [] : [key.masterKey]));
	return { masterKey, others: inside.map((key) => Buffer.from(key, 'base64')) };
}

/** Another key that was there before is moved beside. */
async function putMasterKey(dataDir: string, key: string, moved: (path: string) => void): Promise<void> {
	const file = path.join(dataDir, 'master.key');
	const old = await fs.readFile(file, 'utf8').catch(() => null);
	const aside = old !== null && old.trim() !== key ? `${file}.before-${Date.now()}` : null;
	if (aside !== null) {
		await fs.rename(file, aside);
		moved(aside);
	}
	await writeDurably(file, `${key}\n`);
}

async function afterRestore(options: {
	dataDir: string;
	durable: boolean;
	endSessions: boolean;
}): Promise<string> {
	const { dataDir, durable, endSessions } = options;
	const database = await startEmbedded({ dataDir, durable });
	try {
		// The copy may be of an older program.
		await migrate({ ownerUrl: database.ownerUrl });
		const numbers = readHighWater(dataDir)?.numbers ?? {};
		const epoch = await newEpochOf(database.ownerUrl, {
			why: 'restored from a backup',
			endSessions,
			numbers
		});
		writeHighWater(dataDir, await asOwner(database.ownerUrl, readPlace));
		return epoch;
	} finally {
		await database.release();
	}
}

/** Also what an operator does after a restore of their own, of a database this program does not run. */
export function newEpochOf(
	ownerUrl: string,
	options: { why: string; endSessions: boolean; numbers?: LastNumbers }
): Promise<string> {
	return asOwner(ownerUrl, async (owner) => {
		const { epoch: from } = await readPlace(owner);
		return beginEpoch(owner, { from, now: new Date().toISOString(), ...options });
	});
}
