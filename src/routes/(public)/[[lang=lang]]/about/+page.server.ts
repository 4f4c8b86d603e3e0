import type { PageServerLoad } from './$types';
import { loadReference, publicCache } from '../../public-data.ts';

export const load: PageServerLoad = async ({ setHeaders }) => {
	setHeaders(publicCache);
	return { reference: await loadReference() };
};
