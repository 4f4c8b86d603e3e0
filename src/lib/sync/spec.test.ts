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

/** The rules that the titles of a test file begin with: "sync 5: …", "sync 6, 14: …", "TG-15.1 sync 8: …". */
const rulesShown = (file: string): number[] =>
	[
		...fs.readFileSync(file, 'utf8').matchAll(/['"`](?:[A-Z][\w.-]+,? )*sync (\d+(?:, (?:sync )?\d+)*)[: ]/g)
	].flatMap(([, ids = '']) => ids.split(/\D+/).map(Number));

/** Files that SPEC.md names by what it calls them. */
const named = (text: string): string[] =>
	[...text.matchAll(/`([\w./-]+\.(?:test|journey)\.ts)`/g)].map(([, name]) => name ?? '');
const find = (name: string): string | undefined =>
	bases.map((base) => path.join(root, base, name)).find((file) => fs.existsSync(file));
/** One that is not there is another test's complaint. */
function shows(name: string, rule: number): boolean {
	const file = find(name);
	return file === undefined || rulesShown(file).includes(rule);
}

/** What SPEC.md says of each rule. */
const [beforePromises = ''] = spec.split(/^## What is promised$/m);
const rules = beforePromises
	.split(/^\*\*(?=\d+\. )/m)
	.slice(1)
	.map((text) => ({ rule: parseInt(text), files: named(text) }));
/** Known faults elsewhere: which rules keep them out, and which tests show it. */
const faults = [...spec.matchAll(/^\|.*\| (\d+(?:, \d+)*), (`.*)\|$/gm)].map(([, ids = '', text = '']) => ({
	rules: ids.split(', ').map(Number),
	files: named(text)
}));

test('every rule of SPEC.md is shown by a test that names it', () => {
	expect(rules.map(({ rule }) => rule)).toEqual(Array.from({ length: 16 }, (_, at) => at + 1));
	const tested = new Set(testFiles.flatMap(rulesShown));
	expect(rules.filter(({ rule }) => !tested.has(rule))).toEqual([]);
});

test('every test that SPEC.md points at is there', () => {
	const names = named(spec);
	expect(names.length).toBeGreaterThan(30);
	expect(names.filter((name) => find(name) === undefined)).toEqual([]);
});

test('every test that SPEC.md names for a rule names the rule in a title', () => {
	const silent = rules.flatMap(({ rule, files }) =>
		files.filter((name) => !shows(name, rule)).map((name) => `${name} is silent about rule ${rule}`)
	);
	expect(silent).toEqual([]);
	expect(faults).toHaveLength(10);
	for (const { rules, files } of faults) {
		expect(rules.filter((rule) => !files.some((name) => shows(name, rule)))).toEqual([]);
		expect(files.filter((name) => !rules.some((rule) => shows(name, rule)))).toEqual([]);
	}
});
