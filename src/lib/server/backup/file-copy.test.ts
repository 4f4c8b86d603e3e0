import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { openFileCopier } from './file-copy.ts';

const root = fs.mkdtempSync(path.join(os.tmpdir(), 'san-files-'));
afterAll(() => fs.rmSync(root, { recursive: true }));

/** A store with one folder, and its copy. */
function store(name: string) {
	const from = path.join(root, name, 'from');
	const folder = path.join(from, 'pictures');
	fs.mkdirSync(folder, { recursive: true });
	const copier = openFileCopier(from, path.join(root, name, 'to'));
	return {
		copy: async () => (await copier.copy()).copied,
		/** Stores a file while the clock of the disk shows this moment. */
		store: (file: string, at: Date) => {
			fs.writeFileSync(path.join(folder, file), 'a photo');
			fs.utimesSync(folder, at, at);
		}
	};
}

test('sync 13: a file that is stored while the clock stands behind the last copy is copied', async () => {
	const { store: put, copy } = store('behind');
	put('a.txt', new Date());
	expect(await copy()).toBe(1);
	put('b.txt', new Date(Date.now() - 60_000));
	expect(await copy()).toBe(1);
	put('c.txt', new Date(Date.now() + 3_600_000));
	put('c.txt', new Date(Date.now() - 120_000));
	expect(await copy()).toBe(1);
	expect(await copy()).toBe(0);
});

test('sync 13: two files of one moment of a disk whose clock is wrong are both copied', async () => {
	const { store: put, copy } = store('lagging');
	const moment = new Date(Date.now() - 3_600_000);
	put('a.txt', moment);
	expect(await copy()).toBe(1);
	put('b.txt', moment);
	expect(await copy()).toBe(1);
});
