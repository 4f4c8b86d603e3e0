import { json } from '@sveltejs/kit';
import { clearSessionCookie } from '$lib/server/accounts/cookies.ts';
import { endSession } from '$lib/server/accounts/sessions.ts';
import { runtime } from '$lib/server/runtime.ts';
import { describeSession } from '$lib/server/sync/service.ts';
import type { RequestHandler } from './$types';

const headers = { 'cache-control': 'no-store' };

/** Who is signed in. */
export const GET: RequestHandler = async ({ locals }) => {
	const { db, now } = runtime();
	return json(await describeSession(db, await locals.caller(), now()), { headers });
};

/** Signs out. The device has shown its unsent work and wiped itself before it asks. */
export const DELETE: RequestHandler = async ({ locals, cookies }) => {
	const caller = await locals.caller();
	if (caller.kind === 'actor') await endSession(runtime().auth, caller.sessionId, 'ended');
	clearSessionCookie(cookies);
	return json({ outcome: 'signed_out' }, { headers });
};
