import type { PageServerLoad } from './$types';
import { cleanText } from '$lib/domain/kernel/text.ts';
import { listPublicListings } from '$lib/server/listings/service.ts';
import { runtime } from '$lib/server/runtime.ts';
import { loadReference, pageNumber, publicCache } from '../../public-data.ts';

const perPage = 24;

export const load: PageServerLoad = async ({ url, setHeaders }) => {
	setHeaders(publicCache);
	const given = (name: string) => url.searchParams.get(name) ?? '';
	const query = {
		q: cleanText(given('q')).slice(0, 80),
		category: given('category'),
		ward: given('ward'),
		page: pageNumber(url.searchParams.get('page'))
	};
	const [reference, found] = await Promise.all([
		loadReference(),
		listPublicListings(runtime().db, {
			q: query.q,
			categoryId: query.category,
			wardCode: query.ward,
			page: query.page,
			perPage
		})
	]);
	return { reference, query, listings: found.items, total: found.total, perPage };
};
