import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDiskStore, type FileStore } from './store.ts';

let dataDir: string;
let files: FileStore;
beforeEach(async () => {
	dataDir = await fs.mkdtemp(path.join(os.tmpdir(), 'san-store-'));
	files = openDiskStore(dataDir);
});
afterEach(() => fs.rm(dataDir, { recursive: true, force: true }));

const key = 'pictures/ab/abcdef.webp';
const bytes = Buffer.from('một tấm hình');

test('what is put is there, for another process too, until it is deleted', async () => {
	expect(await files.has(key)).toBe(false);
	expect(await files.get(key)).toBeNull();
	await files.put(key, bytes);
	const other = openDiskStore(dataDir);
	expect(await other.has(key)).toBe(true);
	expect(await other.get(key)).toEqual(bytes);
	await files.delete(key);
	expect(await other.has(key)).toBe(false);
	await files.delete(key);
	expect(await other.get(key)).toBeNull();
});

test('putting again replaces the whole file, and readers see one or the other', async () => {
	const long = Buffer.alloc(200_000, 'a');
	const short = Buffer.alloc(10, 'b');
	await files.put(key, long);
	const seen: (Uint8Array | null)[] = [];
	const writing = Promise.all(Array.from({ length: 20 }, (_, i) => files.put(key, i % 2 ? long : short)));
	for (let i = 0; i < 40; i++) seen.push(await files.get(key));
	await writing;
	expect(seen.every((read) => read && (long.equals(read) || short.equals(read)))).toBe(true);
});

test.each([
	'../secret.webp',
	'pictures/../../secret.webp',
	'/etc/passwd',
	'pictures/ab/.hidden.webp',
	'pictures\\ab\\x.webp',
	'pictures/ab/x.webp\0.png',
	'pictures//x.webp',
	'pictures/ab',
	'.part/x.webp',
	''
])('a key that is not one of ours opens nothing: %j', async (bad) => {
	await expect(files.get(bad)).rejects.toThrow('not a file key');
	await expect(files.put(bad, bytes)).rejects.toThrow('not a file key');
	await expect(files.has(bad)).rejects.toThrow('not a file key');
	expect(() => files.delete(bad)).toThrow('not a file key');
});

test('the check writes and reads for real, and leaves nothing', async () => {
	expect(await files.check()).toBeNull();
	expect(await fs.readdir(path.join(dataDir, 'files', 'check'))).toEqual([]);
	await fs.rm(path.join(dataDir, 'files'), { recursive: true });
	await fs.writeFile(path.join(dataDir, 'files'), 'a file where the folder should be');
	expect(await files.check()).toContain(path.join(dataDir, 'files'));
});

test('what a killed process left half written is swept, what is being written is not', async () => {
	await files.put(key, bytes);
	const part = path.join(dataDir, 'files', '.part', 'left-behind');
	await fs.writeFile(part, 'half');
	expect(await files.sweep(Date.now() - 3_600_000)).toBe(0);
	await fs.utimes(part, new Date(0), new Date(0));
	expect(await files.sweep(Date.now() - 3_600_000)).toBe(1);
	expect(await files.get(key)).toEqual(bytes);
});
