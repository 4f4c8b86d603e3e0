import { json } from '@sveltejs/kit';
import { clearSessionCookie } from '$lib/server/accounts/cookies.ts';
import { signOut } from '$lib/server/accounts/own-sessions.ts';
import { runtime } from '$lib/server/runtime.ts';
import { describeSession } from '$lib/server/sync/service.ts';
import type { RequestHandler } from './$types';

const headers = { 'cache-control': 'no-store' };

/** Who is signed in. */
export const GET: RequestHandler = async ({ locals }) => {
	const { db, now } = runtime();
	return json(await describeSession(db, await locals.caller(), now()), { headers });
};

/** Signs out, of the session named by `session` or of the one that asks. The device has shown its unsent work and wiped itself. */
export const DELETE: RequestHandler = async ({ locals, cookies, url }) => {
	const server = runtime();
	const gone = await signOut(server, await locals.caller(), url.searchParams.get('session'), server.now());
	if (gone) clearSessionCookie(cookies);
	return json({ outcome: 'signed_out' }, { headers });
};
