import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

/**
 * The key that seals personal fields, made on the first start and kept beside the embedded database, readable by the
 * owner alone. Losing it makes every sealed field unreadable.
 */
export function embeddedMasterKey(dataDir: string): Buffer {
	const file = path.join(dataDir, 'master.key');
	fs.mkdirSync(dataDir, { recursive: true });
	try {
		fs.writeFileSync(file, `${randomBytes(32).toString('base64')}\n`, { mode: 0o600, flag: 'wx' });
	} catch (error) {
		if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
	}
	return readKey(file, fs.readFileSync(file, 'utf8'));
}

/** The generated key, where there is one. */
export function storedMasterKey(dataDir: string): Buffer | null {
	const file = path.join(dataDir, 'master.key');
	return fs.existsSync(file) ? readKey(file, fs.readFileSync(file, 'utf8')) : null;
}

function readKey(file: string, text: string): Buffer {
	const key = Buffer.from(text.trim(), 'base64');
	if (key.length !== 32)
		throw new Error(`Tệp khóa ${file} bị hỏng: cần 32 byte base64. Hãy trả lại bản sao lưu.`);
	return key;
}

const oldFile = (dataDir: string): string => path.join(dataDir, 'master.old.keys');

/** The keys of before, the latest first: still read while anything is wrapped with them. */
export function oldMasterKeys(dataDir: string): Buffer[] {
	const file = oldFile(dataDir);
	if (!fs.existsSync(file)) return [];
	const lines = fs
		.readFileSync(file, 'utf8')
		.split('\n')
		.filter((line) => line.trim() !== '');
	return lines.map((line) => readKey(file, line)).reverse();
}

/**
 * Puts a new key in the old one's place and keeps the old. The old one is safe on disk before the new one takes its
 * name, so that a cut between the two loses nothing.
 */
export function newMasterKey(dataDir: string): Buffer {
	const file = path.join(dataDir, 'master.key');
	const before = embeddedMasterKey(dataDir);
	write(oldFile(dataDir), `${before.toString('base64')}\n`, 'a');
	const made = randomBytes(32);
	write(`${file}.new`, `${made.toString('base64')}\n`, 'w');
	fs.renameSync(`${file}.new`, file);
	return made;
}

/** Adds keys of a backup, the latest first. Those that were here before stay, behind them. */
export function putOldMasterKeys(dataDir: string, keys: readonly Buffer[]): void {
	if (keys.length === 0) return;
	const known = oldMasterKeys(dataDir).filter((one) => !keys.some((key) => key.equals(one)));
	const lines = [...keys, ...known].map((key) => `${key.toString('base64')}\n`).reverse();
	const file = oldFile(dataDir);
	write(`${file}.new`, lines.join(''), 'w');
	fs.renameSync(`${file}.new`, file);
}

function write(file: string, text: string, flag: 'a' | 'w'): void {
	const handle = fs.openSync(file, flag, 0o600);
	try {
		fs.writeSync(handle, text);
		fs.fsyncSync(handle);
	} finally {
		fs.closeSync(handle);
	}
}
