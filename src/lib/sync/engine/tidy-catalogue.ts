import { everything, packsFollowed } from '../fold/follows.ts';
import { overlayCounts } from '../fold/packed.ts';
import { packsHere } from '../store/packs.ts';
import { purgeDisk, removeDocuments, type Store } from '../store/store.ts';
import type { Follows } from '../store/types.ts';

/** Rows beside the packs that are left alone, and their share of what is packed. */
export const fewRows = 500;
const smallShare = 0.1;

/** How many rows lie beside the packs: what a newer manifest would put into them. */
export const rowsBeside = async (store: Store): Promise<number> =>
	(await store.docs.listings.count().exec()) + (await store.local.gone.count());

/**
 * Takes away what no longer counts: packs the manifest does not name or the person does not follow, documents of the
 * overlay that are in a pack by now. It was not shown any more; a cut in between is made up for by the next pull.
 */
export async function tidyCatalogue(store: Store): Promise<void> {
	const manifest = await store.local.manifest.get('this');
	if (!manifest?.tidying) return;
	const docs = await store.docs.listings.find().exec();
	const dead = docs.filter((doc) => !overlayCounts(manifest, doc)).map((doc) => doc.key);
	if (dead.length > 0) {
		await removeDocuments(store, 'listings', dead);
		await purgeDisk(store, 'listings');
	}
	const { follows = everything } = await store.readState();
	const followed = new Set(packsFollowed(follows, manifest).map((pack) => pack.hash));
	const { local } = store;
	const needless = [...(await packsHere(local))].filter((hash) => !followed.has(hash));
	await local.packs.bulkDelete(needless);
	const packed = manifest.packs.reduce((sum, pack) => sum + pack.rows, 0);
	await local.manifest.update('this', {
		tidying: false,
		enough: (await rowsBeside(store)) + Math.max(fewRows, smallShare * packed)
	});
}

/** Keeps this part of the catalogue here from now on. What is not in it leaves the disk at once (sync 10). */
export async function followCatalogue(store: Store, follows: Follows): Promise<void> {
	const { state, manifest } = store.local;
	await store.local.transaction('rw', state, manifest, async () => {
		// A screen's arrays may be proxies, which the store cannot take.
		await state.update('this', { follows: { sectors: [...follows.sectors], wards: [...follows.wards] } });
		await manifest.update('this', { tidying: true });
	});
	await tidyCatalogue(store);
}
