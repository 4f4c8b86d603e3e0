import fs from 'node:fs';
import path from 'node:path';
import type { Plugin } from 'vite';

/**
 * Parts of libraries no line of the app comes to, though no bundler can know that: they hang on objects that are made
 * all the same. Each is exchanged for names that throw, so one that is used after all is heard of at once.
 */
const neverUsed = [
	// Schemas check what comes; nobody on a device describes them to others.
	'zod/v4/core/json-schema-processors.js',
	'zod/v4/core/to-json-schema.js',
	// For browsers without BroadcastChannel: those have no Web Locks either, and the app leads by them.
	'broadcast-channel/dist/esbrowser/methods/indexed-db.js',
	'broadcast-channel/dist/esbrowser/methods/localstorage.js',
	'broadcast-channel/dist/esbrowser/methods/simulate.js'
];

const ours = (file: string): string =>
	JSON.stringify(path.join(import.meta.dirname, '../src/lib/sync/store', file));
/** Parts that are run, and that something far smaller does as well for what the app asks. */
const standIns = new Map([
	['rxdb/dist/esm/rx-query-mingo.js', `export { getMingoQuery } from ${ours('fits.ts')};`],
	[
		'rxdb/dist/esm/plugins/utils/utils-object-dot-prop.js',
		`export { getProperty, setProperty } from ${ours('dotted.ts')};`
	],
	['mingo/esm/util/index.js', `export { compare } from ${ours('fits.ts')};`],
	// The store reads anew what has changed; it never lets RxDB guess (`eventReduce: false`).
	[
		'rxdb/dist/esm/event-reduce.js',
		'export const calculateNewResults = () => ({ runFullQueryAgain: true });'
	],
	// Schemas that hold themselves, which none of ours does; without it zod checks the others as always.
	[
		'zod/v4/core/memoizer.js',
		[
			'export const memoizer = () => undefined;',
			'export const isRecursiveSchema = () => false;',
			'export const isBackEdge = () => false;',
			'export class $ZodCyclicError extends Error {}'
		].join('\n')
	],
	// What zod would say in English; the app says its own words by the kind of an issue.
	['zod/v4/locales/en.js', 'export default () => ({ localeError: () => undefined });']
]);

/**
 * Parts of which one thing is done otherwise. RxDB puts keys in order by `localeCompare`, and the first call of that loads the
 * browser's rules of every language: 25 ms of the thread at each start, four times as many on a slow phone. Keys are
 * names, their order means nothing, and a schema that was stored in another is compared by its content.
 */
const rewritten = new Map<string, readonly [string, string]>([
	['rxdb/dist/esm/plugins/utils/utils-object.js', ['a.localeCompare(b)', '(a < b ? -1 : a > b ? 1 : 0)']]
]);
const parts = [...neverUsed, ...standIns.keys(), ...rewritten.keys()];

/** Leaves out of a device's program what it never runs. Says so when a newer library has no such part any more. */
export function lighterDevice(): Plugin {
	const met = new Set<string>();
	return {
		name: 'san:lighter-device',
		apply: 'build',
		applyToEnvironment: (environment) => environment.name === 'client',
		resolveId: {
			order: 'pre',
			// What the package hands a bundler is written for browsers of 2015.
			handler(source, importer) {
				return source === 'dexie' ? this.resolve('dexie/dist/modern/dexie.min.mjs', importer) : null;
			}
		},
		load(id) {
			const part = parts.find((end) => id.endsWith(`/node_modules/${end}`));
			if (!part) return null;
			met.add(part);
			const other = rewritten.get(part);
			if (other) {
				const [before, after] = other;
				const code = fs.readFileSync(id, 'utf8');
				if (!code.includes(before)) this.error(`scripts/lighter-device.ts: ${part} has no ${before}`);
				return code.replaceAll(before, after);
			}
			const instead = standIns.get(part);
			if (instead !== undefined) return instead;
			const names = exportedNames(fs.readFileSync(id, 'utf8'));
			return [
				`const absent = () => { throw new Error('left out of the build: ${part}') };`,
				...names.map((name) => `export const ${name} = absent;`)
			].join('\n');
		},
		buildEnd() {
			const gone = parts.filter((part) => !met.has(part));
			if (gone.length > 0)
				this.error(`scripts/lighter-device.ts names what is not there: ${gone.join(', ')}`);
		}
	};
}

/** The names a module gives: declared with `export`, or listed at its end. */
const exportedNames = (code: string): readonly string[] =>
	[
		...[...code.matchAll(/^export (?:async )?(?:const|let|var|function|class) ([\w$]+)/gm)].map(
			(found) => found[1]
		),
		...[...code.matchAll(/^export \{([^}]*)\}/gm)].flatMap((found) =>
			(found[1] ?? '').split(',').map((name) => name.trim().split(' as ').at(-1))
		)
	].filter((name): name is string => !!name);
