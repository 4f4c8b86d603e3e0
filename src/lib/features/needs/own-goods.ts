import type { RulePack } from '$lib/domain/agencies/schema.ts';
import { isPublic } from '$lib/domain/listings/states.ts';
import type { MyListingView } from '$lib/sync/app.svelte.ts';

/** Own goods a buyer could order now. */
export type OwnGoods = {
	readonly id: string;
	readonly title: string;
	readonly price: number;
	readonly unit: string;
	readonly sectorId: string;
};

/** TG-15.1: what stands on the market of the own goods; a text that is still reviewed is not what is sold. */
export function goodsOnSale(
	listings: readonly Pick<MyListingView, 'id' | 'state' | 'server'>[],
	pack: RulePack | null
): OwnGoods[] {
	return listings.flatMap(({ id, state, server }) => {
		if (server === null || !isPublic(state) || server.hiddenFor != null) return [];
		const { title, price, unit, categoryId } = server.content;
		const sectorId = pack?.categories.find((one) => one.id === categoryId)?.sectorId;
		return price === null || sectorId === undefined ? [] : [{ id, title, price, unit, sectorId }];
	});
}
