import fs from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';

/** Scripts of the build, as a browser gets them. Their sizes do not depend on the machine. */
const client = path.resolve('build/client');
const read = (address: string): string => fs.readFileSync(path.join(client, address), 'utf8');
const gzipped = (addresses: Iterable<string>): number =>
	[...addresses].reduce((sum, address) => sum + gzipSync(read(address)).length, 0);

/** Scripts and all they import, what is imported only later included. The router itself names every page: not followed. */
function withImports(addresses: readonly string[], router: string): Set<string> {
	const seen = new Set<string>();
	const open = [...addresses];
	for (let address = open.pop(); address !== undefined; address = open.pop()) {
		if (seen.has(address)) continue;
		seen.add(address);
		const later = address === router ? '' : String.raw`|import\(`;
		const imports = new RegExp(String.raw`(?:from|import${later})\s*["'\x60](\.[^"'\x60]+\.js)`, 'g');
		for (const [, name = ''] of read(address).matchAll(imports))
			open.push(path.posix.join(path.posix.dirname(address), name));
	}
	return seen;
}

test('the app is at most 250 KB of script where a seller begins, the device store included', () => {
	const shell = fs.readFileSync(path.resolve('build/prerendered/app.html'), 'utf8');
	const scripts = [...shell.matchAll(/["'](\/_app\/immutable\/[^"']+\.js)["']/g)].map(([, a = '']) => a);
	const router = scripts.find((address) => address.includes('/entry/app.')) ?? '';
	const code = read(router);
	const [, page, layouts] = /"\/app\/sell":\[(\d+),\[([\d,]*)\]/.exec(code) ?? [];
	expect(page).toBeDefined();
	const nodes = ['0', page, ...(layouts ?? '').split(',')].map((node) => {
		const file = new RegExp(String.raw`nodes/${node}\.[\w-]+\.js`).exec(code)?.[0] ?? '';
		return `/_app/immutable/${file}`;
	});
	const all = withImports([...scripts, ...nodes], router);
	expect([...all].some((address) => read(address).includes('IDBKeyRange'))).toBe(true);
	expect(gzipped(all)).toBeLessThanOrEqual(250 * 1024);
});
