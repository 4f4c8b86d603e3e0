import { createHash } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import { namesIn, writeDurably } from './disk.ts';

/** Half written files, and what the doctor writes to see whether it can. */
const passing = new Set(['.part', 'check']);
/** So long two changes of a folder may carry one and the same moment. */
const sameMomentMs = 2_000;

/** A folder as it was read; `settled` when nothing that could have come later would bear the same moment. */
type Look = { readonly mtimeMs: number; readonly seenAt: number; readonly settled: boolean };

/** The hash a file is named by, or null. */
export const namedHash = (file: string): string | null =>
	/(?:^|\/)([0-9a-f]{64})\.[a-z0-9]+$/.exec(file)?.[1] ?? null;

export type FileCopier = {
	/** Copies what is new. Returns how many, and the files whose content is not what their name says. */
	copy(): Promise<{ copied: number; damaged: readonly string[] }>;
};

/**
 * Keeps a copy of a file store that only grows: files are named by their content, so a name that was copied never is
 * again. Folders that did not change since they were last read are not read; what the clocks of disk and machine say
 * of each other does not matter for it.
 */
export function openFileCopier(from: string, to: string): FileCopier {
	const known = new Set<string>();
	const looks = new Map<string, Look>();
	const damaged = new Set<string>();

	async function copyFile(file: string): Promise<boolean> {
		const bytes = await fs.readFile(path.join(from, file));
		const wanted = namedHash(file);
		if (wanted !== null && createHash('sha256').update(bytes).digest('hex') !== wanted) {
			damaged.add(file);
			return false;
		}
		damaged.delete(file);
		await fs.mkdir(path.dirname(path.join(to, file)), { recursive: true, mode: 0o700 });
		await writeDurably(path.join(to, file), bytes);
		return true;
	}

	async function walk(below: string): Promise<number> {
		const folder = path.join(from, below);
		const found = await fs.stat(folder).catch(() => null);
		if (!found) return 0;
		const before = looks.get(below);
		const same = before?.mtimeMs === found.mtimeMs ? before : null;
		const changed = !same?.settled;
		const seenAt = same?.seenAt ?? performance.now();
		const settled = performance.now() - seenAt >= sameMomentMs;
		let copied = 0;
		for (const entry of changed ? await fs.readdir(folder, { withFileTypes: true }) : []) {
			const file = path.posix.join(below, entry.name);
			if (!entry.isFile() || known.has(file)) continue;
			if (namedHash(file) === null || !(await isThere(file))) copied += Number(await copyFile(file));
			if (!damaged.has(file)) known.add(file);
		}
		looks.set(below, { mtimeMs: found.mtimeMs, seenAt, settled });
		for (const name of await foldersIn(below, changed)) copied += await walk(path.posix.join(below, name));
		return copied;
	}

	const isThere = (file: string): Promise<boolean> =>
		fs.access(path.join(to, file)).then(
			() => true,
			() => false
		);

	const folders = new Map<string, string[]>();
	async function foldersIn(below: string, changed: boolean): Promise<string[]> {
		const remembered = folders.get(below);
		if (!changed && remembered) return remembered;
		const entries = await fs.readdir(path.join(from, below), { withFileTypes: true });
		const names = entries
			.filter((entry) => entry.isDirectory() && !(below === '' && passing.has(entry.name)))
			.map((entry) => entry.name);
		folders.set(below, names);
		return names;
	}

	return { copy: async () => ({ copied: await walk(''), damaged: [...damaged] }) };
}

/** Brings every file of a copy back that is missing or differs. Returns how many, and those that are damaged here. */
export async function putFilesBack(
	from: string,
	to: string
): Promise<{ put: number; damaged: readonly string[] }> {
	let put = 0;
	const damaged: string[] = [];
	for await (const file of filesBelow(from)) {
		const bytes = await fs.readFile(path.join(from, file));
		const wanted = namedHash(file);
		if (wanted !== null && createHash('sha256').update(bytes).digest('hex') !== wanted) {
			damaged.push(file);
			continue;
		}
		const there = await fs.readFile(path.join(to, file)).catch(() => null);
		if (there && there.equals(bytes)) continue;
		await fs.mkdir(path.dirname(path.join(to, file)), { recursive: true });
		await writeDurably(path.join(to, file), bytes);
		put += 1;
	}
	return { put, damaged };
}

export async function* filesBelow(root: string, below = ''): AsyncGenerator<string> {
	for (const name of await namesIn(path.join(root, below))) {
		const file = path.posix.join(below, name);
		const found = await fs.stat(path.join(root, file));
		if (found.isDirectory()) yield* filesBelow(root, file);
		else if (!name.endsWith('.part')) yield file;
	}
}
