import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { onShutdown } from './shutdown.ts';

/** Everything the built program is made of. */
const sources = [
	'src',
	'static',
	'svelte.config.js',
	'vite.config.ts',
	'tsconfig.json',
	'package.json',
	'package-lock.json'
];
const assets = path.join('build', 'client', '_app', 'immutable');
const stamp = path.join('build', '.stamp');
/** Assets of the build before, carried along for tabs that were open during the change. */
const carriedList = path.join('build', '.carried.json');

/** One hash over all sources; tests are left out, since they are not built. */
export function sourceHash(root: string): string {
	const hash = createHash('sha256');
	for (const file of sources.flatMap((source) => filesBelow(root, source)).sort()) {
		hash.update(file).update('\0');
		hash.update(fs.readFileSync(path.join(root, file))).update('\0');
	}
	return hash.digest('hex');
}

/** Whether `build/` was made from exactly these sources. */
export function isBuilt(root: string): boolean {
	const file = path.join(root, stamp);
	return fs.existsSync(file) && fs.readFileSync(file, 'utf8') === sourceHash(root);
}

/**
 * Builds the program if its sources changed. The hashed client assets of the build before stay, since open tabs
 * still ask for them.
 */
export async function buildIfChanged(root: string, log: (line: string) => void): Promise<void> {
	const hash = sourceHash(root);
	if (isBuilt(root)) return;
	log('Đang dựng chương trình (chỉ khi mã nguồn thay đổi)…');
	const before = setAside(root);
	await viteBuild(root);
	bringBack(root, before);
	fs.writeFileSync(path.join(root, stamp), hash);
}

function filesBelow(root: string, relative: string): string[] {
	const full = path.join(root, relative);
	if (!fs.existsSync(full)) return [];
	if (!fs.statSync(full).isDirectory()) return [relative];
	return fs
		.readdirSync(full, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile() && !/\.test\.ts$/.test(entry.name))
		.map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)));
}

/** Moves the own assets of the present build out of the way, leaving behind what it had itself carried along. */
export function setAside(root: string): string | null {
	const present = path.join(root, assets);
	if (!fs.existsSync(present)) return null;
	const aside = fs.mkdtempSync(path.join(root, '.svelte-kit', 'before-'));
	const list = path.join(root, carriedList);
	const carried = new Set<string>(fs.existsSync(list) ? JSON.parse(fs.readFileSync(list, 'utf8')) : []);
	for (const file of filesBelow(present, '.')) {
		if (carried.has(file)) continue;
		fs.mkdirSync(path.dirname(path.join(aside, file)), { recursive: true });
		fs.copyFileSync(path.join(present, file), path.join(aside, file));
	}
	return aside;
}

/** Puts them back beside the new ones, and remembers which are only carried along. */
export function bringBack(root: string, aside: string | null): void {
	if (aside === null) return;
	const present = path.join(root, assets);
	const carried: string[] = [];
	for (const file of filesBelow(aside, '.')) {
		const target = path.join(present, file);
		if (fs.existsSync(target)) continue;
		fs.mkdirSync(path.dirname(target), { recursive: true });
		fs.copyFileSync(path.join(aside, file), target);
		carried.push(file);
	}
	fs.writeFileSync(path.join(root, carriedList), JSON.stringify(carried));
	fs.rmSync(aside, { recursive: true, force: true });
}

async function viteBuild(root: string): Promise<void> {
	const vite = path.join(root, 'node_modules', 'vite', 'bin', 'vite.js');
	const child = spawn(process.execPath, [vite, 'build', '--logLevel', 'warn'], {
		cwd: root,
		env: { ...process.env, NODE_ENV: 'production', NO_COLOR: '1' },
		stdio: ['ignore', 'pipe', 'pipe']
	});
	onShutdown('build', async () => child.kill());
	let output = '';
	child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
	child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
	const code = await new Promise<number | null>((resolve, reject) =>
		child.once('error', reject).once('close', resolve)
	);
	if (code !== 0) throw new Error(`Dựng chương trình thất bại.\n${output}`);
}
