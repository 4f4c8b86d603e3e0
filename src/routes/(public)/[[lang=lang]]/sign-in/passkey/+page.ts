import type { PageLoad } from './$types';
import { afterSignIn, safeNext } from '$lib/paths.ts';

/** The one public page that needs a script: only a script can ask for a passkey. */
export const csr = true;

export const load: PageLoad = ({ url }) => {
	const next = safeNext(url.searchParams.get('next'));
	return { back: next, next: afterSignIn(next) };
};
