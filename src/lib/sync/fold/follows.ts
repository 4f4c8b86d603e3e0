import type { PackEntry, PackManifest } from '../protocol/packs.ts';
import type { Follows } from '../store/types.ts';

/** The whole province. */
export const everything: Follows = { sectors: [], wards: [] };

const meets = (named: readonly string[], has: readonly string[]): boolean =>
	named.length === 0 || has.some((one) => named.includes(one));

/** Whether a listing belongs to the part of the catalogue that is kept here (sync 10). */
export const followsGoods = (
	follows: Follows,
	goods: { readonly sectorId: string; readonly wardCode: string }
): boolean => meets(follows.sectors, [goods.sectorId]) && meets(follows.wards, [goods.wardCode]);

/** Whether a pack may hold such listings. */
export const followsPack = (
	follows: Follows,
	pack: { readonly sectorId: string; readonly wards: readonly string[] }
): boolean => meets(follows.sectors, [pack.sectorId]) && meets(follows.wards, pack.wards);

/** The packs of a manifest that are to be here, the small one that is shown first at the head. */
export const packsFollowed = (
	follows: Follows,
	manifest: Pick<PackManifest, 'first' | 'packs'>
): PackEntry[] => [
	...(manifest.first ? [manifest.first] : []),
	...manifest.packs.filter((pack) => followsPack(follows, pack))
];
