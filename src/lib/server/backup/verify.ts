import path from 'node:path';
import { hashOf } from './base-copy.ts';
import { filesBelow, namedHash } from './file-copy.ts';
import { fingerprintOf, listedIn } from './keys.ts';
import { filesOf, newestRestorable, walOf, type Progress } from './layout.ts';
import { eachSegment } from './wal.ts';

export type Verified = {
	readonly progress: Progress;
	readonly takenAt: string;
	readonly clusterFiles: number;
	readonly segments: number;
	readonly files: number;
	readonly wrong: readonly string[];
	/** Whether the key that seals today is one of the copy's; null when none was named. */
	readonly keyListed: boolean | null;
};

/**
 * Reads everything a restore would need, and says what is missing or damaged. Null when there is nothing to restore.
 * `masterKey` is that of the exchange whose copy it should be.
 */
export async function verifyBackup(
	backupDir: string,
	masterKey: Buffer | null = null
): Promise<Verified | null> {
	const found = await newestRestorable(backupDir);
	if (!found) return null;
	const { series, base, progress, keys } = found;
	const wrong: string[] = [];
	for (const [file, hash] of Object.entries(base.files)) {
		const read = await hashOf(path.join(base.directory, 'pg', file)).catch(() => null);
		if (read !== hash) wrong.push(`base: ${file}`);
	}
	let segments = 0;
	try {
		const { segmentBytes } = series;
		segments = await eachSegment(
			{ wal: walOf(series), from: base.startSegment, until: progress, segmentBytes },
			async () => undefined
		);
	} catch (error) {
		wrong.push(`wal: ${error instanceof Error ? error.message : String(error)}`);
	}
	let files = 0;
	for await (const file of filesBelow(filesOf(backupDir))) {
		files += 1;
		const wanted = namedHash(file);
		if (wanted !== null && (await hashOf(path.join(filesOf(backupDir), file))) !== wanted)
			wrong.push(`files: ${file}`);
	}
	const clusterFiles = Object.keys(base.files).length;
	const keyListed = masterKey && listedIn(keys).some((key) => key.fingerprint === fingerprintOf(masterKey));
	return { progress, takenAt: base.takenAt, clusterFiles, segments, files, wrong, keyListed };
}
