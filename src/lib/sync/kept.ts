import type { CatalogueKept } from './device.ts';
import { everything, followsPack } from './fold/follows.ts';
import { packsHere } from './store/packs.ts';
import type { Store } from './store/store.ts';

export const nothingKept: CatalogueKept = { follows: everything, offered: [] };

/** The manifest that lies here, what is followed of it, and which packs have come. */
async function readStand(store: Store) {
	const { manifest: manifests, state, packs } = store.local;
	const [manifest, stated, here] = await store.local.transaction('r', manifests, state, packs, () =>
		Promise.all([manifests.get('this'), state.get('this'), packsHere(store.local)])
	);
	return { manifest, follows: stated?.follows ?? everything, here };
}

/** What this device keeps of the catalogue, and what there is (sync 10). */
export async function readKept(store: Store): Promise<CatalogueKept> {
	const { manifest, follows, here } = await readStand(store);
	const offered = (manifest?.packs ?? []).map(({ sectorId, wards, rows, bytes, hash }) => ({
		sectorId,
		wards,
		rows,
		bytes,
		here: here.has(hash)
	}));
	return { follows, offered };
}

/** How far the packs have come that are followed; null = there are none, undefined = no manifest is here yet. */
export async function readPacksProgress(
	store: Store
): Promise<{ here: number; of: number } | null | undefined> {
	const { manifest, follows, here } = await readStand(store);
	if (!manifest) return undefined;
	const followed = manifest.packs.filter((pack) => followsPack(follows, pack));
	if (followed.length === 0) return null;
	return { here: followed.filter(({ hash }) => here.has(hash)).length, of: followed.length };
}
