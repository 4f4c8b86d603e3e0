import { followsPack } from '../fold/follows.ts';
import { goesOn, isBare, manifestRow, packedBelow, type Stand } from '../fold/packed.ts';
import type { PackManifest } from '../protocol/packs.ts';
import { documentKey } from '../store/documents.ts';
import { packsHere } from '../store/packs.ts';
import { purgeDisk, removeDocuments, type Store } from '../store/store.ts';
import type { Follows } from '../store/types.ts';
import { freshPull } from './apply-page.ts';

export async function readStand({ local }: Store): Promise<Stand> {
	const [manifest, pull] = await local.transaction('r', local.manifest, local.pulls, () =>
		Promise.all([local.manifest.get('this'), local.pulls.get('listings')])
	);
	return { manifest, pull };
}

/**
 * While everything is read again, what is here stays on screen until newer packs have come (sync 13). What the exchange
 * hides now does not (TG-9.2): no delta says so meanwhile.
 */
export async function hideAtOnce(store: Store, offered: PackManifest): Promise<void> {
	const { manifest, pulls } = store.local;
	const reading = await store.local.transaction('rw', manifest, pulls, async () => {
		const [shown, pull] = await Promise.all([manifest.get('this'), pulls.get('listings')]);
		if (pull?.epoch !== offered.epoch || pull.positions.public !== undefined) return false;
		if (shown && shown.epoch !== offered.epoch)
			await manifest.update('this', { hidden: [...new Set([...shown.hidden, ...offered.hidden])] });
		return true;
	});
	if (!reading || offered.hidden.length === 0) return;
	const keys = offered.hidden.map((id) => documentKey('public', id));
	const here = await store.docs.listings.findByIds(keys).exec();
	if (here.size === 0) return;
	await removeDocuments(store, 'listings', [...here.keys()]);
	await purgeDisk(store, 'listings');
}

/** Lets a device that has nothing yet show each pack as soon as it is here (sync 10). */
export async function showAsTheyCome(store: Store, offered: PackManifest): Promise<void> {
	const { manifest, pulls } = store.local;
	await store.local.transaction('rw', manifest, pulls, async () => {
		const stand = { manifest: await manifest.get('this'), pull: await pulls.get('listings') };
		if (isBare(stand)) await manifest.put(manifestRow(offered, stand.pull?.round ?? 1, false));
	});
}

/**
 * From now on these packs are shown, and the pull goes on from their position, or from where it stands if that is
 * farther; after missed tombstones (`reread`) from theirs in any case. False when that cannot be said: a pack is
 * missing again, or another epoch has begun meanwhile. What it makes needless is left to `tidyCatalogue`.
 */
export async function settlePacks(
	store: Store,
	offered: PackManifest,
	follows: Follows,
	reread: boolean
): Promise<boolean> {
	const { packs, manifest, pulls, gone } = store.local;
	const below = packedBelow(offered.position);
	return store.local.transaction('rw', packs, manifest, pulls, gone, async () => {
		const here = await packsHere(store.local);
		if (!offered.packs.every((pack) => !followsPack(follows, pack) || here.has(pack.hash))) return false;
		const pull = (await pulls.get('listings')) ?? freshPull('listings', offered.epoch);
		const shown = await manifest.get('this');
		if (pull.epoch !== offered.epoch) return false;
		// Another tab was faster and has the newer one: its overlay no longer holds what these packs lack.
		const newer = shown?.complete && shown.epoch === offered.epoch && packedBelow(shown.position) > below;
		if (newer && shown.round === pull.round) return true;
		await manifest.put(manifestRow(offered, pull.round, true));
		await gone.filter((row) => row.epoch !== offered.epoch || row.version < below).delete();
		const stands = pull.positions.public;
		const from = stands && !reread && stands.version >= offered.position.version ? stands : offered.position;
		await pulls.put({ ...pull, positions: { ...pull.positions, public: from }, sweeping: [] });
		return true;
	});
}

/** Everything came by the pull: no pack is needed, nor what was kept because of one. */
export async function settleWithoutPacks(store: Store, epoch: string): Promise<void> {
	const { manifest, pulls, gone } = store.local;
	await store.local.transaction('rw', manifest, pulls, gone, async () => {
		const [pull, shown] = [await pulls.get('listings'), await manifest.get('this')];
		if (pull?.epoch !== epoch || (shown && goesOn({ manifest: shown, pull }))) return;
		await manifest.put({
			id: 'this',
			epoch,
			position: { version: 0, id: '' },
			first: null,
			packs: [],
			hidden: [],
			round: 0,
			complete: true,
			tidying: true,
			enough: 0
		});
		await gone.clear();
	});
}
