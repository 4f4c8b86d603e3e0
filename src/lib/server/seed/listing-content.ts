import { emptyListing, type ListingContent } from '$lib/domain/listings/schema.ts';
import type { Business } from './businesses.ts';
import type { Group, Item, Stall } from './goods/shape.ts';
import { stableId } from './people.ts';

export type DemoListing = {
	readonly id: string;
	readonly business: Business;
	/** Names of the pictures, in the order shown. */
	readonly pictures: readonly string[];
	/** All but the photos, whose hashes are known once the pictures are stored. */
	readonly content: ListingContent;
};

/** The listings of one stall: what holds for the seller, for the kind of goods and for the one thing put together. */
export function listingsOf(stall: Stall, business: Business): DemoListing[] {
	let told = 0;
	return stall.groups.flatMap((group) =>
		group.items.map((item, index): DemoListing => {
			const voices = group.voice ?? stall.voice;
			const voice = voices[told++ % voices.length] ?? '';
			const categoryId = item.categoryId ?? group.categoryId;
			return {
				id: stableId(`listing:${stall.seller}:${item.title}`),
				business,
				pictures: picturesOf(group, item, index),
				content: {
					...emptyListing,
					title: item.title,
					categoryId,
					price: item.price,
					unit: item.unit,
					bulk: item.bulk ?? null,
					stock: item.stock ?? null,
					minimum: item.minimum ?? null,
					description: `${item.about ?? group.about} ${item.note}\n${voice}`,
					ingredients: item.ingredients ?? '',
					packing: item.packing,
					wardCode: business.wardCode,
					place: stall.place,
					growingAreaCode: isGrown(categoryId) ? stall.growingAreaCode : '',
					certificates: [...stall.certificates],
					payment: [...stall.payment],
					shipping: [...stall.shipping],
					shippingTerms: stall.shippingTerms,
					deliveryDays: item.deliveryDays ?? stall.deliveryDays
				}
			};
		})
	);
}

/** TG-6.4 asks the growing area of produce, not of what is made from it. */
const isGrown = (categoryId: string): boolean =>
	['trai-cay', 'rau-cu', 'gao-ngu-coc', 'thuy-san', 'tra', 'thuc-pham-chuc-nang'].includes(categoryId);

/** The first picture changes from item to item, so that neighbours in the catalogue do not look alike. */
function picturesOf(group: Group, item: Item, index: number): readonly string[] {
	if (item.pictures) return item.pictures;
	const goods = group.pictures.filter((name) => /-\d$/.test(name));
	const turned = goods.map((_, i) => goods[(i + index) % goods.length] ?? '');
	return [...turned, ...group.pictures.filter((name) => !goods.includes(name))];
}
