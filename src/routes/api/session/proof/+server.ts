import { json } from '@sveltejs/kit';
import { z } from 'zod';
import { no } from '$lib/domain/kernel/refusal.ts';
import { readDeviceCookie } from '$lib/server/accounts/cookies.ts';
import { proveWithPasskey, signInAnswer, siteOf } from '$lib/server/accounts/passkeys.ts';
import { proveAgain } from '$lib/server/accounts/proof.ts';
import { runtime } from '$lib/server/runtime.ts';
import type { RequestHandler } from './$types';

const headers = { 'cache-control': 'no-store' };
const proofSchema = z.union([
	z.strictObject({ typed: z.string().min(1).max(200) }),
	z.strictObject({ answer: signInAnswer })
]);

/** TG-5: proves again, by password, code or passkey, that the member of this session is there. */
export const POST: RequestHandler = async ({ locals, request, cookies, url, getClientAddress }) => {
	const caller = await locals.caller();
	if (caller.kind !== 'actor') return json(no('not_allowed'), { status: 401, headers });
	const body = proofSchema.safeParse(await request.json().catch(() => null));
	if (!body.success) return json(no('invalid_input'), { status: 400, headers });
	const server = runtime();
	const who = { sessionId: caller.sessionId, accountId: caller.actor.id, now: server.now() };
	const done =
		'typed' in body.data
			? await proveAgain(server, {
					...who,
					typed: body.data.typed,
					knownDevice: readDeviceCookie(cookies),
					ip: getClientAddress()
				})
			: await proveWithPasskey(server, { ...who, answer: body.data.answer, site: siteOf(url) });
	return json(done, { status: done.ok ? 200 : 400, headers });
};
