import type { PageServerLoad } from './$types';
import { listPublicListings } from '$lib/server/listings/service.ts';
import { runtime } from '$lib/server/runtime.ts';
import { loadReference, publicCache } from '../public-data.ts';

export const load: PageServerLoad = async ({ setHeaders }) => {
	const [reference, fresh] = await Promise.all([
		loadReference(),
		listPublicListings(runtime().db, { perPage: 11 })
	]);
	setHeaders(publicCache);
	return { reference, fresh: fresh.items };
};
