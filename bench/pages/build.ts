import { svelte } from '@sveltejs/vite-plugin-svelte';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { build } from 'vite';
import { lighterDevice } from '../../scripts/lighter-device.ts';

const root = path.resolve(import.meta.dirname, '../..');

/** Bundles pages of the benches with the product's own modules, as a production build. Returns file name → code. */
export async function buildPages(names: readonly string[]): Promise<ReadonlyMap<string, string>> {
	const outDir = fs.mkdtempSync(path.join(os.tmpdir(), 'san-bench-pages-'));
	try {
		await build({
			configFile: false,
			root,
			logLevel: 'error',
			mode: 'production',
			plugins: [lighterDevice(), svelte({ configFile: false, compilerOptions: { runes: true } })],
			resolve: { alias: { $lib: path.join(root, 'src/lib') }, conditions: ['browser'] },
			publicDir: false,
			build: {
				outDir,
				emptyOutDir: true,
				target: 'esnext',
				rolldownOptions: {
					input: Object.fromEntries(
						names.map((name) => [name, path.join(import.meta.dirname, `${name}.ts`)])
					),
					output: { entryFileNames: '[name].js', chunkFileNames: 'chunk-[hash].js' },
					preserveEntrySignatures: 'strict'
				}
			}
		});
		return new Map(
			fs.readdirSync(outDir).map((file) => [file, fs.readFileSync(path.join(outDir, file), 'utf8')])
		);
	} finally {
		fs.rmSync(outDir, { recursive: true, force: true });
	}
}
