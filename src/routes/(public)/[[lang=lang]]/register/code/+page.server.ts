import { fail, redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';
import { languageOf, paths } from '$lib/paths.ts';
import { viewRequest } from '$lib/server/accounts/codes.ts';
import { inEvenTime } from '$lib/server/accounts/even-time.ts';
import { activate, resendActivation } from '$lib/server/accounts/registration.ts';
import { runtime } from '$lib/server/runtime.ts';
import { noCache } from '../../../public-data.ts';
import { asking, field } from '../../form.server.ts';

export const load: PageServerLoad = async ({ url, setHeaders }) => {
	setHeaders(noCache);
	const requestId = url.searchParams.get('request') ?? '';
	const { db, now } = runtime();
	return { requestId, request: await viewRequest(db, requestId, 'activate', now()) };
};

export const actions: Actions = {
	/** TG-8: the code opens the account. */
	confirm: async ({ request, url }) => {
		const code = field(await request.formData(), 'code', 20);
		const requestId = url.searchParams.get('request') ?? '';
		const { db, now } = runtime();
		const done = await inEvenTime(() => activate(db, { requestId, code }, now()));
		if (done.ok) redirect(303, paths.registerCode(languageOf(url.pathname), requestId));
		return fail(400, { code, refusal: done.refusal });
	},
	again: async ({ url, getClientAddress }) => {
		const requestId = url.searchParams.get('request') ?? '';
		const sent = await inEvenTime(() =>
			resendActivation(runtime().db, requestId, asking(getClientAddress()))
		);
		return sent.ok ? { sent: true } : fail(429, { refusal: sent.refusal });
	}
};
