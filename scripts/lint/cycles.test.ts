import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const root = path.resolve('src');

/** Files below `src/` with the files they import when they run; type imports vanish and make no cycle. */
function importGraph(): Map<string, string[]> {
	const files = fs
		.readdirSync(root, { recursive: true, encoding: 'utf8' })
		.filter((file) => /\.(?:ts|svelte)$/.test(file) && !/\.(?:test|d)\.ts$/.test(file))
		.map((file) => path.join(root, file));
	return new Map(files.map((file) => [file, importsOf(file)]));
}

function importsOf(file: string): string[] {
	const text = fs.readFileSync(file, 'utf8');
	const statements = text.matchAll(
		/^\s*(?:import|export)\s+(?!type\b)(?:([^'"`;]*?)\s+from\s+)?['"]([^'"]+)['"]/gm
	);
	return [...statements].flatMap(([, names = '', specifier = '']) => {
		const onlyTypes = /^\{(?:\s*type\s+[^,}]+,?)+\s*\}$/.test(names.trim());
		if (onlyTypes) return [];
		if (specifier.startsWith('$lib/')) return [path.join(root, 'lib', specifier.slice(5))];
		return specifier.startsWith('.') ? [path.resolve(path.dirname(file), specifier)] : [];
	});
}

/** One cycle as the files on it, or nothing. */
export function findCycle(graph: ReadonlyMap<string, readonly string[]>): string[] | null {
	const done = new Set<string>();
	const way: string[] = [];
	const walk = (file: string): string[] | null => {
		if (way.includes(file)) return [...way.slice(way.indexOf(file)), file];
		if (done.has(file)) return null;
		way.push(file);
		for (const next of graph.get(file) ?? []) {
			const cycle = walk(next);
			if (cycle) return cycle;
		}
		way.pop();
		done.add(file);
		return null;
	};
	for (const file of graph.keys()) {
		const cycle = walk(file);
		if (cycle) return cycle;
	}
	return null;
}

test('no file imports itself, however long the way', () => {
	const graph = importGraph();
	const edges = [...graph.values()].flat();
	expect(graph.size).toBeGreaterThan(100);
	expect(edges.filter((file) => graph.has(file)).length).toBeGreaterThan(100);
	expect(findCycle(graph)?.map((file) => path.relative(root, file))).toBeUndefined();
});

test('a cycle would be found', () => {
	const graph = new Map([
		['a', ['b']],
		['b', ['c']],
		['c', ['b']]
	]);
	expect(findCycle(graph)).toEqual(['b', 'c', 'b']);
});
