import fs from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { namesIn, readJson, writeDurably } from './disk.ts';
import { readKeys, writeKeys, type BackupKeys } from './keys.ts';

/**
 * A backup directory:
 *
 *     files/…                     the file store, named by content, shared by all
 *     series/<began>-<epoch>/     one unbroken line of changes; a restore begins the next
 *         series.json keys.json progress.json
 *         base/<taken>/           a copy of Postgres' directory (`pg/`) and what is in it (`base.json`)
 *         wal/<segment>.gz        every change since, the last segment as far as it goes (`.partial`)
 */
export const seriesSchema = z.strictObject({
	epoch: z.string(),
	system: z.string(),
	timeline: z.int(),
	segmentBytes: z.int(),
	startedAt: z.iso.datetime()
});
export type SeriesFacts = z.output<typeof seriesSchema>;

export const baseSchema = z.strictObject({
	takenAt: z.iso.datetime(),
	startSegment: z.string(),
	/** SHA-256 by path below `pg/`. */
	files: z.record(z.string(), z.string())
});
export type BaseFacts = z.output<typeof baseSchema>;

export const progressSchema = z.strictObject({
	at: z.iso.datetime(),
	/** Every version below it is held: by the base copy, the changes and the files here. */
	horizon: z.int(),
	segment: z.string(),
	/** How far into the last segment. */
	offset: z.int()
});
export type Progress = z.output<typeof progressSchema>;

export type Series = SeriesFacts & { readonly directory: string };
export type Base = BaseFacts & { readonly directory: string };

export const filesOf = (backupDir: string): string => path.join(backupDir, 'files');
export const lockOf = (backupDir: string): string => path.join(backupDir, 'in-use');
export const walOf = (series: Series): string => path.join(series.directory, 'wal');

/** All series, the newest last. */
export async function listSeries(backupDir: string): Promise<Series[]> {
	const root = path.join(backupDir, 'series');
	const found: Series[] = [];
	for (const name of (await namesIn(root)).sort()) {
		const directory = path.join(root, name);
		const facts = await readJson(path.join(directory, 'series.json'), seriesSchema);
		if (facts) found.push({ ...facts, directory });
	}
	return found;
}

export async function createSeries(backupDir: string, facts: SeriesFacts, keys: BackupKeys): Promise<Series> {
	const name = `${facts.startedAt.replace(/\D/g, '')}-${facts.epoch.slice(0, 8)}`;
	const directory = path.join(backupDir, 'series', name);
	for (const part of ['base', 'wal'])
		await fs.mkdir(path.join(directory, part), { recursive: true, mode: 0o700 });
	await writeKeys(directory, keys);
	await writeDurably(path.join(directory, 'series.json'), JSON.stringify(facts));
	return { ...facts, directory };
}

/** The complete base copies of a series, the newest last. */
export async function listBases(series: Series): Promise<Base[]> {
	const root = path.join(series.directory, 'base');
	const found: Base[] = [];
	for (const name of (await namesIn(root)).sort()) {
		const directory = path.join(root, name);
		const facts = await readJson(path.join(directory, 'base.json'), baseSchema);
		if (facts) found.push({ ...facts, directory });
	}
	return found;
}

/** Takes away what a cut left behind: base copies that never got complete, and series without any. */
export async function sweepUnfinished(backupDir: string): Promise<void> {
	const root = path.join(backupDir, 'series');
	for (const name of await namesIn(root)) {
		const bases = path.join(root, name, 'base');
		let complete = 0;
		for (const base of await namesIn(bases)) {
			if (await readJson(path.join(bases, base, 'base.json'), baseSchema)) complete += 1;
			else await fs.rm(path.join(bases, base), { recursive: true, force: true });
		}
		if (complete === 0) await fs.rm(path.join(root, name), { recursive: true, force: true });
	}
}

export const readProgress = (series: Series): Promise<Progress | null> =>
	readJson(path.join(series.directory, 'progress.json'), progressSchema);
export const writeProgress = (series: Series, progress: Progress): Promise<void> =>
	writeDurably(path.join(series.directory, 'progress.json'), JSON.stringify(progress));

/** What can be restored: the newest series that has a complete base copy, with that copy. */
export async function newestRestorable(
	backupDir: string
): Promise<{ series: Series; base: Base; progress: Progress; keys: BackupKeys } | null> {
	for (const series of (await listSeries(backupDir)).reverse()) {
		const base = (await listBases(series)).at(-1);
		const [progress, keys] = [await readProgress(series), await readKeys(series.directory)];
		if (base && progress && keys) return { series, base, progress, keys };
	}
	return null;
}
