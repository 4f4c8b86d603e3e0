import type { PageServerLoad } from './$types';
import { loadReference, publicCache } from '../../../public-data.ts';

export const load: PageServerLoad = async ({ setHeaders }) => {
	const { siteName, agencies } = await loadReference();
	setHeaders(publicCache);
	return { siteName, agencies };
};
