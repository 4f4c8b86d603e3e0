import { fail, redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';
import { afterSignIn, safeNext } from '$lib/paths.ts';
import { setSessionCookie, signIn } from '$lib/server/accounts/sessions.ts';
import { runtime } from '$lib/server/runtime.ts';
import { noCache } from '../../public-data.ts';

export const load: PageServerLoad = ({ url, setHeaders }) => {
	setHeaders(noCache);
	return { next: safeNext(url.searchParams.get('next')) };
};

const field = (form: FormData, name: string): string => {
	const value = form.get(name);
	return typeof value === 'string' ? value : '';
};

export const actions: Actions = {
	/** TG-11.1. A refusal brings the typed name back and never says which names exist. */
	default: async ({ request, cookies, getClientAddress }) => {
		const form = await request.formData();
		const name = field(form, 'name').trim().slice(0, 120);
		const password = field(form, 'password');
		if (name === '' || password === '')
			return fail(400, { name, refusal: { code: 'wrong_credentials' as const } });

		const session = await signIn(runtime().auth, {
			name,
			password,
			device: field(form, 'device'),
			ip: getClientAddress()
		});
		if (!session.ok) {
			const { refusal } = session;
			return fail(refusal.code === 'too_many_attempts' ? 429 : 400, { name, refusal });
		}
		setSessionCookie(cookies, session.value.sessionId, session.value.expiresAt);
		redirect(303, afterSignIn(safeNext(field(form, 'next'))));
	}
};
