import type { LayoutLoad } from './$types';
import type { Locale } from '$lib/i18n/texts.ts';

/** Public pages are plain documents: nothing to download, nothing that can fail on a weak phone. */
export const csr = false;

export const load: LayoutLoad = ({ params, data }) => {
	const lang: Locale = params.lang ?? 'vi';
	return { ...data, lang };
};
