import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const root = path.resolve(import.meta.dirname, '..', '..', '..');
const spec = fs.readFileSync(path.join(import.meta.dirname, 'SPEC.md'), 'utf8');
/** Where SPEC.md's short names begin. */
const bases = ['src/lib/sync', 'src/lib/sync/engine', 'src/lib', 'src/lib/server/sync', ''];

const testFiles = ['src', 'tests'].flatMap((folder) =>
	fs
		.readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
		.filter((name) => /\.(test|journey)\.ts$/.test(name))
		.map((name) => path.join(root, folder, name))
);
const tested = new Set(
	testFiles.flatMap((file) =>
		[...fs.readFileSync(file, 'utf8').matchAll(/['"`]sync (\d+): /g)].map(([, rule]) => Number(rule))
	)
);

test('every rule of SPEC.md is shown by a test that names it', () => {
	const rules = [...spec.matchAll(/^\*\*(\d+)\. /gm)].map(([, rule]) => Number(rule));
	expect(rules).toEqual(Array.from({ length: 16 }, (_, at) => at + 1));
	expect(rules.filter((rule) => !tested.has(rule))).toEqual([]);
});

test('every test that SPEC.md points at is there', () => {
	const named = [...spec.matchAll(/`([\w./-]+\.(?:test|journey)\.ts)`/g)].map(([, name]) => name ?? '');
	expect(named.length).toBeGreaterThan(30);
	const isThere = (name: string) => bases.some((base) => fs.existsSync(path.join(root, base, name)));
	expect(named.filter((name) => !isThere(name))).toEqual([]);
});
