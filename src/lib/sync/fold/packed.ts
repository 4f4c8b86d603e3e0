import type { PublicListing } from '$lib/domain/listings/schema.ts';
import type { PackManifest } from '../protocol/packs.ts';
import type { Position } from '../protocol/wire.ts';
import type { GoneRow, ManifestRow, PullRow } from '../store/local.ts';

/** What is stored of the catalogue's pull. */
export type Stand = {
	readonly manifest: ManifestRow | undefined;
	readonly pull: PullRow | undefined;
};

/** Nothing of the catalogue is here that anybody could see: packs may be shown one by one as they come. */
export const isBare = ({ manifest, pull }: Stand): boolean =>
	!manifest?.complete && pull?.positions.public === undefined && (pull?.sweeping.length ?? 0) === 0;

/**
 * Whether deltas alone bring the device on: its packs are shown and belong to where the pull stands. Packs of before a
 * round that read everything again do not: what left the market meanwhile is in them, and no delta says so (sync 9).
 */
export const goesOn = ({ manifest, pull }: Stand): boolean =>
	manifest !== undefined &&
	manifest.complete &&
	manifest.epoch === pull?.epoch &&
	pull.positions.public !== undefined &&
	(manifest.packs.length === 0 || manifest.round === pull.round);

/** An offered manifest as this device keeps it. */
export const manifestRow = (offered: PackManifest, round: number, complete: boolean): ManifestRow => ({
	id: 'this',
	epoch: offered.epoch,
	position: offered.position,
	first: offered.first,
	packs: offered.packs,
	hidden: offered.hidden,
	round,
	complete,
	tidying: complete,
	enough: 0
});

/** What is known of one listing, from a pack or from the overlay. */
export type Known = { readonly id: string; readonly version: number };

/** A document of the overlay, as far as it matters whether it still counts. */
type Overlaid = { readonly version: number; readonly round: number };

/** The version below which every change is in the packs of a manifest. The row its position names may be far below. */
export const packedBelow = ({ version, since }: Position): number => since ?? version;

/**
 * Whether an overlay document still speaks (sync 10). One from before the manifest is in a pack in its newest form,
 * or is gone; one of an earlier round is of another epoch, whose versions cannot be compared.
 */
export const overlayCounts = (
	manifest: Pick<ManifestRow, 'round' | 'position'> | null,
	doc: Overlaid
): boolean =>
	manifest === null ||
	doc.round > manifest.round ||
	(doc.round === manifest.round && doc.version >= packedBelow(manifest.position));

/** Listings that stand in a pack and may not be shown from there, each up to this version. */
export function notShown(
	manifest: Pick<ManifestRow, 'epoch' | 'hidden'>,
	gone: readonly GoneRow[]
): Map<string, number> {
	const upTo = new Map(manifest.hidden.map((id) => [id, Infinity]));
	for (const row of gone)
		if (row.epoch === manifest.epoch && !upTo.has(row.id)) upTo.set(row.id, row.version);
	return upTo;
}

/** One of each listing: of what packs hold and may show, and of the overlay, the higher version (sync 10). */
export function mergeKnown<K extends Known>(
	packs: Iterable<readonly K[]>,
	hidden: ReadonlyMap<string, number>,
	overlay: Iterable<K>
): Map<string, K> {
	const found = new Map<string, K>();
	const offer = (one: K) => {
		const other = found.get(one.id);
		if (!other || one.version >= other.version) found.set(one.id, one);
	};
	for (const rows of packs) for (const row of rows) if ((hidden.get(row.id) ?? -1) < row.version) offer(row);
	for (const doc of overlay) offer(doc);
	return found;
}

/** A listing as a pack or the overlay says it. */
export type KnownListing = Known & { readonly data: PublicListing };
