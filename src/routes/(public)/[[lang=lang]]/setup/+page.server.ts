import { fail, redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';
import { languageOf, paths } from '$lib/paths.ts';
import { isSetupTokenGood } from '$lib/server/accounts/setup-link.ts';
import { setUpAdministrator } from '$lib/server/accounts/setup.ts';
import { runtime } from '$lib/server/runtime.ts';
import { noCache } from '../../public-data.ts';

export const load: PageServerLoad = async ({ url, setHeaders }) => {
	setHeaders(noCache);
	const token = url.searchParams.get('token') ?? '';
	return { token: (await isSetupTokenGood(runtime().auth, token)) ? token : '' };
};

const field = (form: FormData, name: string): string => {
	const value = form.get(name);
	return typeof value === 'string' ? value : '';
};

export const actions: Actions = {
	/** TG-3.4: the first administrator, made by whoever holds the operator's one-time link. */
	default: async ({ request, url }) => {
		const form = await request.formData();
		const typed = { name: field(form, 'name'), userName: field(form, 'userName') };
		const { db, now } = runtime();
		const made = await setUpAdministrator(db, now(), {
			...typed,
			token: field(form, 'token'),
			password: field(form, 'password')
		});
		if (made.ok) redirect(303, paths.signIn(languageOf(url.pathname)));
		const fields = made.refusal.fields ?? {};
		if (made.refusal.code === 'not_found') return fail(404, { ...typed, wrong: 'link' as const });
		if ('password' in fields) return fail(400, { ...typed, wrong: 'password' as const });
		if ('name' in fields) return fail(400, { ...typed, wrong: 'name' as const });
		return fail(400, { ...typed, wrong: 'userName' as const });
	}
};
