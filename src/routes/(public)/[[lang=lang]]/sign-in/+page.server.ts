import { fail, redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';
import { afterSignIn, languageOf, paths, safeNext } from '$lib/paths.ts';
import {
	readDeviceCookie,
	setDeviceCookie,
	setLockCookie,
	setSessionCookie
} from '$lib/server/accounts/cookies.ts';
import { openLockSession } from '$lib/server/accounts/lock-sessions.ts';
import { signIn } from '$lib/server/accounts/sign-in.ts';
import { runtime } from '$lib/server/runtime.ts';
import { noCache } from '../../public-data.ts';

export const load: PageServerLoad = ({ url, setHeaders }) => {
	setHeaders(noCache);
	return { next: safeNext(url.searchParams.get('next')), closed: url.searchParams.has('closed') };
};

const field = (form: FormData, name: string): string => {
	const value = form.get(name);
	return typeof value === 'string' ? value : '';
};

export const actions: Actions = {
	/** TG-11.1. A refusal brings the typed name back and never says which names exist. */
	default: async ({ request, cookies, url, getClientAddress }) => {
		const form = await request.formData();
		const name = field(form, 'name').trim().slice(0, 120);
		const password = field(form, 'password');
		if (name === '' || password === '')
			return fail(400, { name, refusal: { code: 'wrong_credentials' as const } });

		const { auth, now: clock } = runtime();
		const now = clock();
		const session = await signIn(auth, {
			name,
			password,
			device: field(form, 'device'),
			knownDevice: readDeviceCookie(cookies),
			ip: getClientAddress(),
			now
		});
		if (!session.ok) {
			const { refusal } = session;
			// TG-9.3: whoever is locked is told why, on a page of its own.
			const locked =
				refusal.code === 'account_locked' ? await openLockSession(auth, { name, password }, now) : null;
			if (locked) {
				setLockCookie(cookies, locked);
				redirect(303, paths.measures(languageOf(url.pathname)));
			}
			return fail(refusal.code === 'too_many_attempts' ? 429 : 400, { name, refusal });
		}
		const { sessionId, expiresAt, step, knownDevice } = session.value;
		setSessionCookie(cookies, sessionId, expiresAt);
		const next = safeNext(field(form, 'next'));
		if (step !== 'done') redirect(303, paths.secondStep(languageOf(url.pathname), next));
		if (knownDevice !== null) setDeviceCookie(cookies, knownDevice, now);
		redirect(303, afterSignIn(next));
	}
};
