import type { CatalogueKept } from './device.ts';
import { everything, followsPack } from './fold/follows.ts';
import { packsHere } from './store/packs.ts';
import type { Store } from './store/store.ts';

export const nothingKept: CatalogueKept = { follows: everything, offered: [] };

/** What this device keeps of the catalogue, and what there is (sync 10). */
export async function readKept(store: Store): Promise<CatalogueKept> {
	const { manifest: manifests, state, packs } = store.local;
	const [manifest, stated, here] = await store.local.transaction('r', manifests, state, packs, () =>
		Promise.all([manifests.get('this'), state.get('this'), packsHere(store.local)])
	);
	const follows = stated?.follows ?? everything;
	const offered = (manifest?.packs ?? []).map(({ sectorId, wards, rows, bytes, hash }) => ({
		sectorId,
		wards,
		rows,
		bytes,
		here: here.has(hash)
	}));
	return { follows, offered };
}

/** How far the packs have come that are followed; null while none are known. */
export async function readPacksProgress(store: Store): Promise<{ here: number; of: number } | null> {
	const { follows, offered } = await readKept(store);
	const followed = offered.filter((chunk) => followsPack(follows, chunk));
	if (followed.length === 0) return null;
	return { here: followed.filter((chunk) => chunk.here).length, of: followed.length };
}
