import fs from 'node:fs/promises';
import path from 'node:path';
import type { z } from 'zod';

/** Complete and on the disk, or not there at all. Readable by the owner alone. */
export async function writeDurably(file: string, content: string | Uint8Array): Promise<void> {
	const part = `${file}.part`;
	const handle = await fs.open(part, 'w', 0o600);
	try {
		await handle.writeFile(content);
		await handle.sync();
	} finally {
		await handle.close();
	}
	await fs.rename(part, file);
	await syncFolder(path.dirname(file));
}

export async function syncFolder(folder: string): Promise<void> {
	const handle = await fs.open(folder, 'r');
	try {
		await handle.sync();
	} finally {
		await handle.close();
	}
}

export const namesIn = (folder: string): Promise<string[]> => fs.readdir(folder).catch(() => []);

/** Null where it is not there, or is not what it should be. */
export async function readJson<S extends z.ZodType>(file: string, schema: S): Promise<z.output<S> | null> {
	const text = await fs.readFile(file, 'utf8').catch(() => null);
	if (text === null) return null;
	try {
		return schema.parse(JSON.parse(text));
	} catch {
		return null;
	}
}
