import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { bringBack, isBuilt, setAside, sourceHash } from './build.ts';

let root: string;
beforeEach(() => {
	root = fs.mkdtempSync(path.join(os.tmpdir(), 'san-build-'));
	fs.mkdirSync(path.join(root, '.svelte-kit'));
	put('src/app.ts', 'one');
	put('package.json', '{}');
});
afterEach(() => fs.rmSync(root, { recursive: true, force: true }));

function put(file: string, text: string): void {
	fs.mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
	fs.writeFileSync(path.join(root, file), text);
}

describe('whether to build', () => {
	test('follows what is in the sources and where, not tests and not time', () => {
		const before = sourceHash(root);
		put('src/app.test.ts', 'a test');
		fs.utimesSync(path.join(root, 'src/app.ts'), 1, 1);
		expect(sourceHash(root)).toBe(before);
		put('src/app.ts', 'two');
		expect(sourceHash(root)).not.toBe(before);
		put('src/app.ts', 'one');
		expect(sourceHash(root)).toBe(before);
		fs.renameSync(path.join(root, 'src/app.ts'), path.join(root, 'src/b.ts'));
		expect(sourceHash(root)).not.toBe(before);
	});

	test('a build without a stamp, or of other sources, is none', () => {
		expect(isBuilt(root)).toBe(false);
		put('build/.stamp', sourceHash(root));
		expect(isBuilt(root)).toBe(true);
		put('static/robots.txt', 'x');
		expect(isBuilt(root)).toBe(false);
	});
});

describe('assets of open tabs', () => {
	const asset = (name: string) => `build/client/_app/immutable/chunks/${name}`;
	const assets = () => fs.readdirSync(path.join(root, 'build/client/_app/immutable/chunks')).sort();
	/** What the bundler does: everything before it is gone. */
	function rebuilt(...names: string[]): void {
		const before = setAside(root);
		fs.rmSync(path.join(root, 'build'), { recursive: true, force: true });
		for (const name of names) put(asset(name), name);
		bringBack(root, before);
	}

	test('those of the build before stay, those before it go', () => {
		rebuilt('a1.js', 'same.js');
		rebuilt('a2.js', 'same.js');
		expect(assets()).toEqual(['a1.js', 'a2.js', 'same.js']);
		rebuilt('a3.js', 'same.js');
		expect(assets()).toEqual(['a2.js', 'a3.js', 'same.js']);
	});
});
