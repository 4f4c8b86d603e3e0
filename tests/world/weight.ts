import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { z } from 'zod';

const output = path.join(import.meta.dirname, '..', '..', '.svelte-kit', 'output');

const viteManifest = z.record(
	z.string(),
	z.object({
		file: z.string(),
		imports: z.array(z.string()).default([]),
		dynamicImports: z.array(z.string()).default([])
	})
);
const kitManifest = z.object({
	manifest: z.object({
		_: z.object({
			routes: z.array(
				z.object({
					id: z.string(),
					page: z.object({ layouts: z.array(z.int().optional()), leaf: z.int() }).nullable()
				})
			)
		})
	})
});

/**
 * The JavaScript a route of the last build needs, in gzipped bytes by file: the start of the program, the route's
 * layouts and page, and all they load, also what they load only once they run.
 */
export async function scriptOf(routeId: string): Promise<ReadonlyMap<string, number>> {
	const chunks = viteManifest.parse(
		JSON.parse(fs.readFileSync(path.join(output, 'client', '.vite', 'manifest.json'), 'utf8'))
	);
	const built: unknown = await import(pathToFileURL(path.join(output, 'server', 'manifest-full.js')).href);
	const page = kitManifest.parse(built).manifest._.routes.find((route) => route.id === routeId)?.page;
	if (!page) throw new Error(`the build has no page ${routeId}`);

	const weights = new Map<string, number>();
	const seen = new Set<string>();
	const add = (key: string, lazily: boolean): void => {
		const chunk = chunks[key];
		if (!chunk) throw new Error(`the build has no chunk ${key}`);
		if (seen.has(key)) return;
		seen.add(key);
		if (chunk.file.endsWith('.js'))
			weights.set(chunk.file, gzipSync(fs.readFileSync(path.join(output, 'client', chunk.file))).length);
		for (const next of chunk.imports) add(next, lazily);
		if (lazily) for (const next of chunk.dynamicImports) add(next, lazily);
	};
	for (const index of [...page.layouts, page.leaf])
		if (index !== undefined) add(`.svelte-kit/generated/client-optimized/nodes/${index}.js`, true);
	// Its lazy imports are the pages of all routes.
	add('.svelte-kit/generated/client-optimized/app.js', false);
	add('node_modules/@sveltejs/kit/src/runtime/client/entry.js', false);
	return weights;
}
