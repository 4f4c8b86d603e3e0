import fs from 'node:fs';
import { compile } from 'svelte/compiler';
import { expect, test } from 'vitest';

/** Elements that load something. */
const loads = /<(?:img|iframe|link|object|embed|track)\b/;
const components = ['src/lib/ui', 'src/lib/features/catalogue', 'src/lib/features/public'].flatMap((dir) =>
	fs
		.readdirSync(dir, { recursive: true, encoding: 'utf8' })
		.filter((name) => name.endsWith('.svelte'))
		.map((name) => `${dir}/${name}`)
		.filter((file) => loads.test(fs.readFileSync(file, 'utf8')))
);

/** What Svelte writes into the page for a `load` or `error` that may come before the screen listens. */
const handler = /on(?:load|error)="this\.__e/;

test('TG-5 what public pages are made of writes no handler into the page, which their CSP would block', () => {
	const written = components.filter((file) =>
		handler.test(compile(fs.readFileSync(file, 'utf8'), { filename: file, generate: 'server' }).js.code)
	);
	expect(components).toContain('src/lib/ui/Picture.svelte');
	expect(written).toEqual([]);
	// Svelte still does so: this would see one.
	const source = '<img alt="" src="/x" onerror={() => undefined} />';
	expect(handler.test(compile(source, { generate: 'server' }).js.code)).toBe(true);
});
