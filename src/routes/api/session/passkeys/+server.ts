import { json } from '@sveltejs/kit';
import { z } from 'zod';
import { no } from '$lib/domain/kernel/refusal.ts';
import { askToRegister, register, registrationAnswer, siteOf } from '$lib/server/accounts/passkeys.ts';
import { recentProof } from '$lib/server/accounts/proof.ts';
import { runtime } from '$lib/server/runtime.ts';
import type { RequestHandler } from './$types';

const headers = { 'cache-control': 'no-store' };
const answerSchema = z.strictObject({ answer: registrationAnswer, name: z.string().max(200) });

/** The question that makes a passkey for the member who is signed in. */
export const POST: RequestHandler = async ({ locals, url }) => {
	const server = runtime();
	const caller = await locals.caller();
	if (caller.kind !== 'actor') return json(no('not_allowed'), { status: 401, headers });
	const proof = recentProof(caller, server.now());
	if (!proof.ok) return json(proof, { status: 403, headers });
	const { id: accountId, name: label } = caller.actor;
	const value = await askToRegister(server, { accountId, label, site: siteOf(url), now: server.now() });
	return json({ ok: true, value }, { headers });
};

export const PUT: RequestHandler = async ({ locals, request, url }) => {
	const server = runtime();
	const caller = await locals.caller();
	if (caller.kind !== 'actor') return json(no('not_allowed'), { status: 401, headers });
	const body = answerSchema.safeParse(await request.json().catch(() => null));
	if (!body.success) return json(no('passkey_refused'), { status: 400, headers });
	const { id: accountId } = caller.actor;
	const done = await register(server, { ...body.data, accountId, site: siteOf(url), now: server.now() });
	return json(done, { status: done.ok ? 200 : 400, headers });
};
