import { everything, followsGoods, packsFollowed } from './fold/follows.ts';
import { listingsOf } from './fold/listed.ts';
import {
	goesOn,
	isBare,
	manifestRow,
	mergeKnown,
	notShown,
	overlayCounts,
	type KnownListing
} from './fold/packed.ts';
import type { PackManifest } from './protocol/packs.ts';
import { readDocs } from './reads.ts';
import type { ManifestRow } from './store/local.ts';
import { packsHere, readPacks } from './store/packs.ts';
import type { Store } from './store/store.ts';
import type { Follows } from './store/types.ts';

/** What decides over the packs: their manifest, the overlay that counts, and what may not be shown, up to which version. */
export type BesidePacks = {
	readonly manifest: ManifestRow | null;
	/** That manifest lies on this disk. */
	readonly stored: boolean;
	/** Its packs are shown, and what changed since has been pulled to the end once. */
	readonly pulled: boolean;
	readonly overlay: readonly KnownListing[];
	readonly hidden: ReadonlyMap<string, number>;
	readonly follows: Follows;
	/** Names of the packs that are on this disk. */
	readonly here: ReadonlySet<string>;
};

/**
 * The overlay is read before the manifest: newer packs take documents out of it after they have become the
 * manifest's, so that nothing is missing in between (sync 3, 10). One that has come and is not stored yet, `offered`,
 * counts where nothing of the catalogue is here.
 */
export async function readBesidePacks(
	store: Store,
	offered: PackManifest | null = null
): Promise<BesidePacks> {
	const docs = [...(await readDocs(store, 'listings')).values()];
	const { manifest: manifests, gone: marks, state, packs, pulls } = store.local;
	const [stored, pull, gone, stated, here] = await store.local.transaction(
		'r',
		[manifests, pulls, marks, state, packs],
		() =>
			Promise.all([
				manifests.get('this'),
				pulls.get('listings'),
				marks.toArray(),
				state.get('this'),
				packsHere(store.local)
			])
	);
	const early =
		offered && isBare({ manifest: stored, pull }) && manifestRow(offered, pull?.round ?? 1, false);
	const manifest = stored ?? (early || null);
	return {
		manifest,
		stored: stored !== undefined,
		pulled: goesOn({ manifest: stored, pull }) && (pull?.pulledAt ?? null) !== null,
		overlay: docs.filter((doc) => overlayCounts(manifest, doc)),
		hidden: manifest ? notShown(manifest, gone) : new Map(),
		follows: stated?.follows ?? everything,
		here
	};
}

/** The same of a device on which nothing was ever stored: what has just come is all that is known. */
export function besideNothing(offered: PackManifest): BesidePacks {
	const manifest = manifestRow(offered, 1, false);
	return {
		manifest,
		stored: false,
		pulled: false,
		overlay: [],
		hidden: notShown(manifest, []),
		follows: everything,
		here: new Set()
	};
}

async function readKnown(
	store: Store,
	wanted: (listing: KnownListing) => boolean
): Promise<Map<string, KnownListing>> {
	const { manifest, overlay, hidden, follows } = await readBesidePacks(store);
	const packs: KnownListing[][] = [];
	for (const { hash } of manifest ? packsFollowed(follows, manifest) : [])
		for (const { bytes } of await readPacks(store.local, [hash]))
			packs.push(listingsOf(bytes).filter(wanted));
	return mergeKnown(packs, hidden, overlay);
}

/** Everything the catalogue shows on this device. For one listing `readListing` is cheaper. */
export async function readCatalogue(store: Store): Promise<Map<string, KnownListing>> {
	const { follows = everything } = await store.readState();
	const known = await readKnown(store, () => true);
	return new Map([...known].filter(([, { data }]) => followsGoods(follows, data)));
}

/** One listing of the catalogue, from wherever it is on this device; null = not here, or public no more. */
export async function readListing(store: Store, id: string): Promise<KnownListing | null> {
	const known = await readKnown(store, (listing) => listing.id === id);
	return known.get(id) ?? null;
}
