import { json } from '@sveltejs/kit';
import { mayAtAll } from '$lib/domain/accounts/permissions.ts';
import { no } from '$lib/domain/kernel/refusal.ts';
import { keepEvidence } from '$lib/server/enforcement/evidence.ts';
import { memberOf } from '$lib/server/files/member.ts';
import { runtime } from '$lib/server/runtime.ts';
import type { RequestHandler } from './$types';

/** One picture of evidence, its bytes as the body; answers the id to lay with a measure. */
export const PUT: RequestHandler = async ({ request, locals }) => {
	const member = await memberOf(request, locals.caller());
	if ('answer' in member) return member.answer;
	const headers = { 'cache-control': 'no-store' };
	// Before anything is read: who may lock nothing sends the exchange no megabytes.
	if (!mayAtAll(member.actor, 'lock.product')) return json(no('not_allowed'), { status: 403, headers });
	const { db, files, now } = runtime();
	const bytes = new Uint8Array(await request.arrayBuffer());
	return json(await keepEvidence({ db, files }, member.actor.id, bytes, now()), { headers });
};
