import { redirect } from '@sveltejs/kit';
import type { PageServerLoad } from './$types';
import { paths } from '$lib/paths.ts';
import { listBoard } from '$lib/server/needs/board.ts';
import { runtime } from '$lib/server/runtime.ts';
import { loadReference, pageNumber, publicCache } from '../../public-data.ts';

const perPage = 24;

export const load: PageServerLoad = async ({ url, params, setHeaders }) => {
	const { db, now } = runtime();
	const page = pageNumber(url.searchParams.get('page'));
	const [reference, board] = await Promise.all([
		loadReference(),
		listBoard(db, { now: now(), page, perPage })
	]);
	const pages = Math.max(1, Math.ceil(board.total / perPage));
	if (page > pages) redirect(303, paths.publicNeeds(params.lang ?? 'vi', pages));
	setHeaders(publicCache);
	return { reference, needs: board.items, total: board.total, page, pages };
};
