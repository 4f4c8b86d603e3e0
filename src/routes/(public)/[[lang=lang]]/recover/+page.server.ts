import { fail, redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';
import { languageOf, paths } from '$lib/paths.ts';
import { inEvenTime } from '$lib/server/accounts/even-time.ts';
import { beginRecovery } from '$lib/server/accounts/recovery.ts';
import { runtime } from '$lib/server/runtime.ts';
import { noCache } from '../../public-data.ts';
import { asking, field } from '../form.server.ts';

export const load: PageServerLoad = ({ setHeaders }) => setHeaders(noCache);

export const actions: Actions = {
	/** The same page and the same time follow, whether anybody is registered with it or not. */
	default: async ({ request, url, getClientAddress }) => {
		const contact = field(await request.formData(), 'contact', 254);
		const language = languageOf(url.pathname);
		const begun = await inEvenTime(() =>
			beginRecovery(runtime().db, { contact, language }, asking(getClientAddress()))
		);
		if (begun.ok) redirect(303, paths.recoverCode(language, begun.value.requestId));
		const { refusal } = begun;
		return fail(refusal.code === 'too_many_attempts' ? 429 : 400, { contact, refusal });
	}
};
