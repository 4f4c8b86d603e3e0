import { error } from '@sveltejs/kit';
import type { PageServerLoad } from './$types';
import { findPublicSeller, listPublicListings } from '$lib/server/listings/service.ts';
import { runtime } from '$lib/server/runtime.ts';
import { loadReference, pageNumber, publicCache } from '../../../public-data.ts';

const perPage = 24;

export const load: PageServerLoad = async ({ params, url, setHeaders }) => {
	const { db } = runtime();
	const seller = await findPublicSeller(db, params.id);
	if (!seller) error(404, 'not_found');
	const page = pageNumber(url.searchParams.get('page'));
	const [reference, goods] = await Promise.all([
		loadReference(),
		listPublicListings(db, { sellerId: seller.id, page, perPage })
	]);
	setHeaders(publicCache);
	return { seller, reference, listings: goods.items, total: goods.total, page, perPage };
};
