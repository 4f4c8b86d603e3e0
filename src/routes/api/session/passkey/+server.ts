import { json } from '@sveltejs/kit';
import { z } from 'zod';
import { readDeviceCookie, setDeviceCookie, setSessionCookie } from '$lib/server/accounts/cookies.ts';
import { askToSignIn, signInAnswer, signInWithPasskey, siteOf } from '$lib/server/accounts/passkeys.ts';
import { runtime } from '$lib/server/runtime.ts';
import type { RequestHandler } from './$types';

const headers = { 'cache-control': 'no-store' };
const answerSchema = z.strictObject({ answer: signInAnswer, device: z.string().max(60) });

/** The question a passkey answers to sign in, or to prove again who is there. */
export const POST: RequestHandler = async ({ url }) => {
	const { auth, now } = runtime();
	return json(await askToSignIn(auth, { site: siteOf(url), now: now() }), { headers });
};

/** TG-11.1: signs in with a passkey alone. */
export const PUT: RequestHandler = async ({ request, cookies, url }) => {
	const body = answerSchema.safeParse(await request.json().catch(() => null));
	if (!body.success)
		return json({ ok: false, refusal: { code: 'passkey_refused' } }, { status: 400, headers });
	const server = runtime();
	const now = server.now();
	const knownDevice = readDeviceCookie(cookies);
	const done = await signInWithPasskey(server, { ...body.data, site: siteOf(url), knownDevice, now });
	if (!done.ok) return json(done, { status: 400, headers });
	setSessionCookie(cookies, done.value.sessionId, done.value.expiresAt);
	if (done.value.knownDevice !== null) setDeviceCookie(cookies, done.value.knownDevice, now);
	return json({ ok: true, value: null }, { headers });
};
