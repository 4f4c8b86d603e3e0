import { error } from '@sveltejs/kit';
import { id } from '$lib/domain/kernel/fields.ts';
import { openEvidence } from '$lib/server/enforcement/evidence.ts';
import { memberOf } from '$lib/server/files/member.ts';
import { fileResponse } from '$lib/server/files/response.ts';
import { runtime } from '$lib/server/runtime.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ request, params, locals }) => {
	const member = await memberOf(request, locals.caller());
	if ('answer' in member) return member.answer;
	const kind = params.kind === 'thumb' || params.kind === 'detail' ? params.kind : null;
	if (!id.safeParse(params.id).success || kind === null) error(404, 'not_found');
	const { db, files, now } = runtime();
	const file = await openEvidence({ db, files }, member.actor, params.id, kind, now());
	if (!file) error(404, 'not_found');
	return fileResponse(file, 'private, no-store', request.headers.get('range'));
};
