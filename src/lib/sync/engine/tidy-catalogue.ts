import { everything, packsFollowed } from '../fold/follows.ts';
import { sameValue } from '../fold/merge.ts';
import { overlayCounts } from '../fold/packed.ts';
import { packsHere } from '../store/packs.ts';
import { purgeDisk, type Store } from '../store/store.ts';
import type { Follows } from '../store/types.ts';

/** Rows beside the packs that are left alone, and their share of what is packed. */
export const fewRows = 500;
const smallShare = 0.1;

/** How many rows lie beside the packs: what a newer manifest would put into them. */
export const rowsBeside = async (store: Store): Promise<number> =>
	(await store.docs.listings.count().exec()) + (await store.local.gone.count());

/**
 * Takes away what no longer counts: packs the manifest does not name or the person does not follow, documents of the
 * overlay that are in a pack by now. It was not shown any more; a cut in between is made up for by the next pull. Another
 * tab may pull and take packs meanwhile: of what it brings nothing goes, and what its packs replace is left to it.
 */
export async function tidyCatalogue(store: Store): Promise<void> {
	const { local } = store;
	const manifest = await local.manifest.get('this');
	if (!manifest?.tidying) return;
	const docs = await store.docs.listings.find().exec();
	const dead = docs.filter((doc) => !overlayCounts(manifest, doc));
	if (dead.length > 0) {
		// As they were read: one that has changed since counts again.
		const { error } = await store.docs.listings.bulkRemove(dead);
		const failed = error.filter(({ status }) => status !== 409);
		if (failed.length > 0) throw new Error(`could not remove ${failed.length} documents of listings`);
		await purgeDisk(store, 'listings');
	}
	const { follows = everything } = await store.readState();
	const packed = manifest.packs.reduce((sum, pack) => sum + pack.rows, 0);
	const enough = (await rowsBeside(store)) + Math.max(fewRows, smallShare * packed);
	await local.transaction('rw', local.packs, local.manifest, local.state, async () => {
		const [now, state] = await Promise.all([local.manifest.get('this'), local.state.get('this')]);
		const same = sameValue(now?.position, manifest.position) && now?.epoch === manifest.epoch;
		if (!now || !same || !sameValue(state?.follows ?? everything, follows)) return;
		const followed = new Set(packsFollowed(follows, now).map((pack) => pack.hash));
		await local.packs.bulkDelete([...(await packsHere(local))].filter((hash) => !followed.has(hash)));
		await local.manifest.update('this', { tidying: false, enough });
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
