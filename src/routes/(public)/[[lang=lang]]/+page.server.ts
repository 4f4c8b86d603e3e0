import type { PageServerLoad } from './$types';
import { listPublicListings } from '$lib/server/listings/service.ts';
import { listBoard } from '$lib/server/needs/board.ts';
import { runtime } from '$lib/server/runtime.ts';
import { loadReference, publicCache } from '../public-data.ts';

export const load: PageServerLoad = async ({ setHeaders }) => {
	const { db, now } = runtime();
	const [reference, fresh, wanted] = await Promise.all([
		loadReference(),
		listPublicListings(db, { perPage: 11 }),
		listBoard(db, { now: now(), perPage: 3 })
	]);
	setHeaders(publicCache);
	return { reference, fresh: fresh.items, wanted: wanted.items };
};
