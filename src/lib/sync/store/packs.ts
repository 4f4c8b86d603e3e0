import type { LocalDb } from './local.ts';

/** The names of the packs on this disk, without reading them (sync 10). */
export const packsHere = async (local: LocalDb): Promise<Set<string>> =>
	new Set(await local.packs.toCollection().primaryKeys());

/** Takes all packs away. Nothing is shown from a pack without a manifest, so they go together. */
export async function forgetPacks(local: LocalDb): Promise<void> {
	const { packs, manifest, gone } = local;
	await local.transaction('rw', packs, manifest, gone, async () => {
		await Promise.all([packs.clear(), manifest.clear(), gone.clear()]);
	});
}
