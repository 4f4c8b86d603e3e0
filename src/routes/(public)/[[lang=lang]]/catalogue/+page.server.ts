import { redirect } from '@sveltejs/kit';
import type { PageServerLoad } from './$types';
import { paths } from '$lib/paths.ts';
import { listPublicListings } from '$lib/server/listings/service.ts';
import { runtime } from '$lib/server/runtime.ts';
import { catalogueQuery, loadReference, publicCache } from '../../public-data.ts';

const perPage = 24;

export const load: PageServerLoad = async ({ url, params, setHeaders }) => {
	const query = catalogueQuery(url);
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
	const pages = Math.max(1, Math.ceil(found.total / perPage));
	if (query.page > pages) redirect(303, paths.catalogue(params.lang ?? 'vi', { ...query, page: pages }));
	setHeaders(publicCache);
	return { reference, query, listings: found.items, total: found.total, perPage };
};
