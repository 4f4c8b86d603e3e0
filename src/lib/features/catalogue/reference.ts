import {
	actingAgency,
	deadlineOn,
	directoryOn,
	inForce,
	namesOn,
	type DirectoryEntry
} from '$lib/domain/agencies/rules.ts';
import type { Category, RulePack, Ward } from '$lib/domain/agencies/schema.ts';
import { offeredOn } from '$lib/domain/reference/lists.ts';

/** The names a public page needs to say what the ids of a listing mean, and who does what today. */
export type PublicReference = Pick<
	RulePack,
	| 'siteName'
	| 'province'
	| 'categories'
	| 'units'
	| 'paymentMethods'
	| 'shippingMethods'
	| 'certificateTypes'
	| 'texts'
> & {
	/** In force today, each with the agency that acts for it today and the categories offered in it. */
	readonly sectors: readonly {
		readonly id: string;
		readonly name: string;
		readonly agencyName: string;
		readonly categories: readonly Category[];
	}[];
	readonly agencies: readonly DirectoryEntry[];
	readonly wards: readonly Ward[];
	/** Working days an officer has to answer. */
	readonly reviewDays: number;
};

/** What public pages show of a rule pack on `day`. */
export function publicReference(pack: RulePack, wards: readonly Ward[], day: string): PublicReference {
	return {
		siteName: pack.siteName,
		province: pack.province,
		categories: pack.categories,
		units: pack.units,
		paymentMethods: pack.paymentMethods,
		shippingMethods: pack.shippingMethods,
		certificateTypes: pack.certificateTypes,
		texts: pack.texts,
		sectors: pack.sectors
			.filter((sector) => inForce(sector, day))
			.map((sector) => ({
				id: sector.id,
				name: sector.name,
				agencyName: nameOfActing(pack, sector.agencyId, day),
				categories: offeredOn(pack.categories, day).filter((category) => category.sectorId === sector.id)
			})),
		agencies: directoryOn(pack, day),
		wards: [...wards].sort((a, b) => a.name.localeCompare(b.name, 'vi')),
		reviewDays: deadlineOn(pack, 'listing', day).workingDays
	};
}

function nameOfActing(pack: RulePack, agencyId: string, day: string): string {
	const agency = actingAgency(pack, agencyId, day);
	return agency ? namesOn(agency, day).name : '';
}

export type PublicSeller = {
	readonly id: string;
	readonly name: string;
	readonly kind: 'household' | 'cooperative' | 'enterprise' | 'individual';
	readonly wardName: string;
	readonly formerly: string;
	readonly intro: string;
	/** The instant the seller was confirmed. */
	readonly since: string;
};

/** The name of an id; an id the pack no longer knows is shown as it is rather than lost. */
export const nameOf = (list: readonly { readonly id: string; readonly name: string }[], id: string): string =>
	list.find((item) => item.id === id)?.name ?? id;

export const namesOf = (
	list: readonly { readonly id: string; readonly name: string }[],
	ids: readonly string[]
): string => ids.map((id) => nameOf(list, id)).join(', ');

/** "Tỉnh Đồng Tháp" → "Đồng Tháp": how a place is written after the ward it belongs to. */
export const withoutRank = (place: string): string => place.replace(/^(Tỉnh|Thành phố) /, '');

/** "Tỉnh Đồng Tháp" → "tỉnh Đồng Tháp": the same inside a sentence. */
export const inSentence = (place: string): string => place.charAt(0).toLocaleLowerCase('vi') + place.slice(1);
