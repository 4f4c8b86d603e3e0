import type { PageServerLoad } from './$types';
import { loadReference, publicCache } from '../../../public-data.ts';

export const load: PageServerLoad = async ({ setHeaders }) => {
	const { siteName, texts } = await loadReference();
	setHeaders(publicCache);
	return { siteName, operator: texts.operator, contact: texts.contact };
};
