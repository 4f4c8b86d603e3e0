import { fail, redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';
import { languageOf, paths } from '$lib/paths.ts';
import { inEvenTime } from '$lib/server/accounts/even-time.ts';
import { beginRegistration, registrationConsents } from '$lib/server/accounts/registration.ts';
import { runtime } from '$lib/server/runtime.ts';
import { noCache } from '../../public-data.ts';
import { asking, field, fields } from '../form.server.ts';

export const load: PageServerLoad = ({ setHeaders }) => {
	setHeaders(noCache);
	return { consents: registrationConsents(runtime().now()) };
};

export const actions: Actions = {
	/** TG-8. The same page and the same time follow, whether the phone or e-mail is registered or not. */
	default: async ({ request, url, getClientAddress }) => {
		const form = await request.formData();
		const typed = {
			name: field(form, 'name', 200),
			contact: field(form, 'contact', 254),
			consents: fields(form, 'consent')
		};
		const language = languageOf(url.pathname);
		const begun = await inEvenTime(() =>
			beginRegistration(
				runtime().db,
				{ ...typed, password: field(form, 'password', 400), language },
				asking(getClientAddress())
			)
		);
		if (begun.ok) redirect(303, paths.registerCode(language, begun.value.requestId));
		const { refusal } = begun;
		return fail(refusal.code === 'too_many_attempts' ? 429 : 400, { ...typed, refusal });
	}
};
