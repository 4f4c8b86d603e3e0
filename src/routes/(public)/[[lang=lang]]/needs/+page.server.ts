import { redirect } from '@sveltejs/kit';
import type { PageServerLoad } from './$types';
import { paths } from '$lib/paths.ts';
import { listBoard } from '$lib/server/needs/board.ts';
import { runtime } from '$lib/server/runtime.ts';
import { catalogueQuery, loadReference, publicCache } from '../../public-data.ts';

const perPage = 24;

export const load: PageServerLoad = async ({ url, params, setHeaders }) => {
	const { db, now } = runtime();
	const query = catalogueQuery(url);
	const { q, category: categoryId, ward: wardCode, page } = query;
	const [reference, board] = await Promise.all([
		loadReference(),
		listBoard(db, { now: now(), q, categoryId, wardCode, page, perPage })
	]);
	const pages = Math.max(1, Math.ceil(board.total / perPage));
	if (page > pages) redirect(303, paths.publicNeeds(params.lang ?? 'vi', { ...query, page: pages }));
	setHeaders(publicCache);
	return { reference, query, needs: board.items, total: board.total, pages };
};
