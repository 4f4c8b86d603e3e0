import type { RulePack } from '../agencies/schema.ts';
import type { ListingState, MyListing } from './schema.ts';
import { isPublic } from './states.ts';

/** Own goods a buyer could order now. */
export type OwnGoods = {
	readonly id: string;
	readonly title: string;
	readonly price: number;
	readonly unit: string;
	readonly categoryId: string;
	readonly sectorId: string;
};

type Listing = { readonly id: string; readonly state: ListingState; readonly server: MyListing | null };

/** TG-15.1: what of the own goods stands on the market; what is hidden for a paper that ran out does not. */
export function goodsOnSale(listings: readonly Listing[], pack: RulePack | null): OwnGoods[] {
	return listings.flatMap(({ id, state, server }) => {
		if (server === null || !isPublic(state) || server.hiddenFor != null) return [];
		const { title, price, unit, categoryId } = server.content;
		const sectorId = pack?.categories.find((one) => one.id === categoryId)?.sectorId;
		return price === null || sectorId === undefined ? [] : [{ id, title, price, unit, categoryId, sectorId }];
	});
}
