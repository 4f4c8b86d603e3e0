import { json } from '@sveltejs/kit';
import { sha256 } from '$lib/domain/kernel/fields.ts';
import { no } from '$lib/domain/kernel/refusal.ts';
import { memberOf } from '$lib/server/files/member.ts';
import { runtime } from '$lib/server/runtime.ts';
import type { RequestHandler } from './$types';

/** `?hash=`: what the server has of this photo of mine, so that a device need not send it again. */
export const GET: RequestHandler = async ({ request, locals, url }) => {
	const member = await memberOf(request, locals.caller());
	if ('answer' in member) return member.answer;
	const headers = { 'cache-control': 'no-store' };
	const hash = sha256.safeParse(url.searchParams.get('hash'));
	if (!hash.success)
		return json(no('invalid_input', { fields: { hash: 'invalid_input' } }), { status: 400, headers });
	return json(await runtime().uploads.stateOf(member.actor.id, hash.data), { headers });
};

/** Begins a resumable upload (tus 1.0). */
export const POST: RequestHandler = async ({ request, locals }) => {
	const member = await memberOf(request, locals.caller());
	return 'answer' in member ? member.answer : runtime().uploads.handle(request, member.actor.id);
};
