import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { claim, ownIdentity, unclaim } from './lock.ts';

const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'san-lock-'));
const file = path.join(directory, 'in-use');
afterEach(() => {
	vi.restoreAllMocks();
	fs.rmSync(directory, { recursive: true, force: true });
});

/** FAT and some network shares, where backups lie, have no second names for a file: not to be had on every machine. */
const withoutLinks = () =>
	vi.spyOn(fs, 'linkSync').mockImplementation(() => {
		throw Object.assign(new Error('not permitted'), { code: 'EPERM' });
	});

test('a claim is held once, taken over from the dead, and given back, also on a disk without hard links', () => {
	for (const disk of ['with links', 'without']) {
		if (disk === 'without') withoutLinks();
		expect(claim(file, 'first'), disk).toEqual({ held: true });
		expect(claim(file, 'second'), disk).toEqual({ held: false, by: ownIdentity(), note: 'first' });
		unclaim(file);
		fs.writeFileSync(file, '4000000 1\nof a process that died');
		expect(claim(file), disk).toEqual({ held: true });
		unclaim(file);
		expect(fs.readdirSync(directory), disk).toEqual([]);
	}
});

test('a place where nothing can be claimed is said, not waited for', () => {
	withoutLinks();
	vi.spyOn(fs, 'copyFileSync').mockImplementation(() => {
		throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
	});
	expect(() => claim(file)).toThrow('no space left');
});
