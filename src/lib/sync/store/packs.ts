import { gunzip } from '../protocol/gunzip.ts';
import type { LocalDb, PackRow, ReadPack } from './local.ts';

/** The names of the packs on this disk, without reading them (sync 10). */
export const packsHere = async (local: LocalDb): Promise<Set<string>> =>
	new Set(await local.packs.toCollection().primaryKeys());

/** Those of some packs that are on this disk, unpacked. */
export async function readPacks(local: LocalDb, hashes: readonly string[]): Promise<ReadPack[]> {
	const rows = await local.packs.bulkGet([...hashes]);
	return Promise.all(rows.flatMap((row) => (row ? [readPack(row)] : [])));
}

async function readPack(row: PackRow): Promise<ReadPack> {
	const { hash } = row;
	if ('gzip' in row) return { hash, bytes: await gunzip(row.gzip) };
	const { text } = row;
	return { hash, bytes: typeof text === 'string' ? new TextEncoder().encode(text) : new Uint8Array(text) };
}

/** Takes all packs away. Nothing is shown from a pack without a manifest, so they go together. */
export async function forgetPacks(local: LocalDb): Promise<void> {
	const { packs, manifest, gone } = local;
	await local.transaction('rw', packs, manifest, gone, async () => {
		await Promise.all([packs.clear(), manifest.clear(), gone.clear()]);
	});
}
