import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import fs from 'node:fs/promises';
import path from 'node:path';

/** Where the bytes of files lie. Small on purpose: a bucket elsewhere can take the disk's place. */
export interface FileStore {
	/** Durable when it resolves: the bytes survive a power cut. Overwrites. */
	put(key: string, bytes: Uint8Array): Promise<void>;
	get(key: string): Promise<Uint8Array | null>;
	has(key: string): Promise<boolean>;
	/** Deleting what is not there is no error. */
	delete(key: string): Promise<void>;
	/** Writes, reads and deletes a file for real. Resolves with what is wrong, or null. */
	check(): Promise<string | null>;
	/** The keys of all files that were written before `olderThan` (ms since 1970), in no order. */
	keys(olderThan: number): AsyncIterable<string>;
	/** Removes what a killed process left half written before `olderThan` (ms since 1970). Returns how many. */
	sweep(olderThan: number): Promise<number>;
}

const keyPattern = /^[a-z]+(?:\/[a-z0-9][a-z0-9-]*)*\/[a-z0-9][a-z0-9-]*\.[a-z0-9]+$/;

/** Keys are made by us; this is the second lock, against a key that ever came from outside. */
function assertKey(key: string): void {
	if (key.length > 200 || !keyPattern.test(key)) throw new Error(`not a file key: ${JSON.stringify(key)}`);
}

const isMissing = (error: unknown): boolean =>
	error instanceof Error && 'code' in error && error.code === 'ENOENT';

/** Files on this machine's disk, below `<dataDir>/files`. */
export function openDiskStore(dataDir: string): FileStore {
	const root = path.join(dataDir, 'files');
	// Beside the files and not in the system's temporary folder: a rename must stay within one file system.
	const halfWritten = path.join(root, '.part');

	const placeOf = (key: string): string => {
		assertKey(key);
		return path.join(root, key);
	};

	async function put(key: string, bytes: Uint8Array): Promise<void> {
		const place = placeOf(key);
		const folder = path.dirname(place);
		await fs.mkdir(halfWritten, { recursive: true });
		await fs.mkdir(folder, { recursive: true });
		const part = path.join(halfWritten, randomUUID());
		try {
			const file = await fs.open(part, 'wx', 0o640);
			try {
				await file.writeFile(bytes);
				await file.sync();
			} finally {
				await file.close();
			}
			await fs.rename(part, place);
		} catch (error) {
			await fs.rm(part, { force: true });
			throw error;
		}
		await syncFolder(folder);
	}

	async function get(key: string): Promise<Uint8Array | null> {
		try {
			return await fs.readFile(placeOf(key));
		} catch (error) {
			if (isMissing(error)) return null;
			throw error;
		}
	}

	async function has(key: string): Promise<boolean> {
		try {
			await fs.access(placeOf(key), constants.R_OK);
			return true;
		} catch (error) {
			if (isMissing(error)) return false;
			throw error;
		}
	}

	async function check(): Promise<string | null> {
		const key = `check/${randomUUID()}.txt`;
		const bytes = Buffer.from(key);
		try {
			await put(key, bytes);
			const read = await get(key);
			await fs.rm(placeOf(key), { force: true });
			return read && bytes.equals(read) ? null : `${root}: đọc lại không giống lúc ghi`;
		} catch (error) {
			return `${root}: ${error instanceof Error ? error.message : String(error)}`;
		}
	}

	async function sweep(olderThan: number): Promise<number> {
		let removed = 0;
		for (const name of await namesIn(halfWritten)) {
			const part = path.join(halfWritten, name);
			const found = await fs.stat(part).catch(() => null);
			if (!found || found.mtimeMs >= olderThan) continue;
			await fs.rm(part, { force: true });
			removed += 1;
		}
		return removed;
	}

	async function* keys(olderThan: number): AsyncIterable<string> {
		const folders = [root];
		for (let folder = folders.pop(); folder !== undefined; folder = folders.pop())
			for (const name of await namesIn(folder)) {
				const place = path.join(folder, name);
				const found = place === halfWritten ? null : await fs.stat(place).catch(() => null);
				if (found?.isDirectory()) folders.push(place);
				const key = path.relative(root, place).split(path.sep).join('/');
				if (found?.isFile() && found.mtimeMs < olderThan && keyPattern.test(key)) yield key;
			}
	}

	return { put, get, has, keys, delete: (key) => fs.rm(placeOf(key), { force: true }), check, sweep };
}

async function namesIn(folder: string): Promise<string[]> {
	try {
		return await fs.readdir(folder);
	} catch (error) {
		if (isMissing(error)) return [];
		throw error;
	}
}

/** A rename is only durable once its folder is. */
async function syncFolder(folder: string): Promise<void> {
	const handle = await fs.open(folder, 'r');
	try {
		await handle.sync();
	} finally {
		await handle.close();
	}
}
