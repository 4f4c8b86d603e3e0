import { memberOf } from '$lib/server/files/member.ts';
import { runtime } from '$lib/server/runtime.ts';
import type { RequestHandler } from './$types';

/** Asks how far an upload is, adds to it, gives it up (tus 1.0). */
const tus: RequestHandler = async ({ request, locals }) => {
	const member = await memberOf(request, locals.caller());
	return 'answer' in member ? member.answer : runtime().uploads.handle(request, member.actor.id);
};

export { tus as DELETE, tus as HEAD, tus as PATCH };
