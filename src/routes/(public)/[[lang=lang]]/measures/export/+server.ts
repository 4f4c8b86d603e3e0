import { error } from '@sveltejs/kit';
import { readLockCookie } from '$lib/server/accounts/cookies.ts';
import { ownData } from '$lib/server/personal-data/own-data.ts';
import { personBehind } from '$lib/server/enforcement/person.ts';
import { runtime } from '$lib/server/runtime.ts';
import type { RequestHandler } from './$types';

/** The person's own profile, listings, orders and measures as one file; a locked person gets it as well. */
export const GET: RequestHandler = async ({ locals, cookies }) => {
	const { db, auth, now } = runtime();
	const person = await personBehind(auth, await locals.caller(), readLockCookie(cookies), now());
	if (!person) error(401, 'not_signed_in');
	return new Response(JSON.stringify(await ownData(db, person.accountId, now()), null, '\t'), {
		headers: {
			'content-type': 'application/json; charset=utf-8',
			'content-disposition': 'attachment; filename="san-tinh-du-lieu-cua-toi.json"',
			'cache-control': 'no-store'
		}
	});
};
