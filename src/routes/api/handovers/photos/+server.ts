import { json } from '@sveltejs/kit';
import { mayAtAll } from '$lib/domain/accounts/permissions.ts';
import { id, sha256 } from '$lib/domain/kernel/fields.ts';
import { no } from '$lib/domain/kernel/refusal.ts';
import { memberOf } from '$lib/server/files/member.ts';
import { keepHandoverBlob } from '$lib/server/handovers/service.ts';
import { runtime } from '$lib/server/runtime.ts';
import type { RequestHandler } from './$types';

/** `?file=&hash=`: one photo of a file a clerk is about to hand in, its bytes as the body. */
export const PUT: RequestHandler = async ({ request, locals, url }) => {
	const member = await memberOf(request, locals.caller());
	if ('answer' in member) return member.answer;
	const fileId = id.safeParse(url.searchParams.get('file'));
	const hash = sha256.safeParse(url.searchParams.get('hash'));
	const headers = { 'cache-control': 'no-store' };
	if (!fileId.success || !hash.success) return json(no('invalid_input'), { status: 400, headers });
	// Before anything is read: a member who is no clerk sends the exchange no megabytes.
	if (!mayAtAll(member.actor, 'handover.bring')) return json(no('not_allowed'), { headers });
	const bytes = new Uint8Array(await request.arrayBuffer());
	const kept = await keepHandoverBlob(runtime(), member.actor, {
		fileId: fileId.data,
		sha256: hash.data,
		bytes
	});
	return json(kept, { headers });
};
