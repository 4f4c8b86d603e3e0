import { json } from '@sveltejs/kit';
import { clearSessionCookie, endSession } from '$lib/server/accounts/sessions.ts';
import { runtime } from '$lib/server/runtime.ts';
import { readEpoch } from '$lib/server/sync/queries.ts';
import type { SessionAnswer } from '$lib/sync/protocol/wire.ts';
import type { RequestHandler } from './$types';

/** Who is signed in, for the device to remember and to open offline with. */
export const GET: RequestHandler = async ({ locals }) => {
	const { db, now } = runtime();
	const caller = await locals.caller();
	const answer: SessionAnswer =
		caller.kind === 'actor'
			? { outcome: 'actor', actor: caller.actor, serverTime: now(), epoch: await readEpoch(db) }
			: caller.kind === 'ended'
				? { outcome: 'session', session: caller.why }
				: { outcome: 'nobody', serverTime: now() };
	return json(answer, { headers: { 'cache-control': 'no-store' } });
};

/** Signs out. The device has shown its unsent work and wiped itself before it asks. */
export const DELETE: RequestHandler = async ({ locals, cookies }) => {
	const { auth } = runtime();
	const caller = await locals.caller();
	if (caller.kind === 'actor') await endSession(auth, caller.sessionId, 'ended');
	clearSessionCookie(cookies);
	return json({ outcome: 'signed_out' }, { headers: { 'cache-control': 'no-store' } });
};
