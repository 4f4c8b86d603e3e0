import { error } from '@sveltejs/kit';
import type { PageServerLoad } from './$types';
import type { PublicListing } from '$lib/domain/listings/schema.ts';
import { findPublicListing, listPublicListings } from '$lib/server/listings/service.ts';
import { runtime } from '$lib/server/runtime.ts';
import { loadReference, publicCache } from '../../../public-data.ts';

const shown = 4;

/** Goods of the same ward; where it has no others, of the same category. */
async function relatedTo(listing: PublicListing) {
	const { db } = runtime();
	const others = async (filter: { wardCode: string } | { categoryId: string }) => {
		const { items } = await listPublicListings(db, { ...filter, perPage: shown + 1 });
		return items.filter((item) => item.id !== listing.id).slice(0, shown);
	};
	const area = await others({ wardCode: listing.wardCode });
	if (area.length > 0) return { kind: 'area' as const, listings: area };
	return { kind: 'category' as const, listings: await others({ categoryId: listing.categoryId }) };
}

export const load: PageServerLoad = async ({ params, setHeaders }) => {
	const listing = await findPublicListing(runtime().db, params.id);
	if (!listing) error(404, 'not_found');
	const [reference, related] = await Promise.all([loadReference(), relatedTo(listing)]);
	setHeaders(publicCache);
	return { listing, reference, related };
};
