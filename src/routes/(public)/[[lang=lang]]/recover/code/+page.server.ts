import { fail, redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';
import { languageOf, paths } from '$lib/paths.ts';
import { viewRequest } from '$lib/server/accounts/codes.ts';
import { inEvenTime } from '$lib/server/accounts/even-time.ts';
import { finishRecovery, resendRecovery } from '$lib/server/accounts/recovery.ts';
import { runtime } from '$lib/server/runtime.ts';
import { noCache } from '../../../public-data.ts';
import { asking, field } from '../../form.server.ts';

export const load: PageServerLoad = async ({ url, setHeaders }) => {
	setHeaders(noCache);
	const requestId = url.searchParams.get('request') ?? '';
	const { db, now } = runtime();
	return { requestId, request: await viewRequest(db, requestId, 'reset', now()) };
};

export const actions: Actions = {
	/** The code and a new password together: nobody is signed in by a code alone. */
	confirm: async ({ request, url }) => {
		const form = await request.formData();
		const code = field(form, 'code', 20);
		const requestId = url.searchParams.get('request') ?? '';
		const { db, now } = runtime();
		const done = await inEvenTime(() =>
			finishRecovery(db, { requestId, code, password: field(form, 'password', 400) }, now())
		);
		if (done.ok) redirect(303, paths.recoverCode(languageOf(url.pathname), requestId));
		return fail(400, { code, refusal: done.refusal });
	},
	again: async ({ url, getClientAddress }) => {
		const requestId = url.searchParams.get('request') ?? '';
		const sent = await inEvenTime(() => resendRecovery(runtime().db, requestId, asking(getClientAddress())));
		return sent.ok ? { sent: true } : fail(429, { refusal: sent.refusal });
	}
};
