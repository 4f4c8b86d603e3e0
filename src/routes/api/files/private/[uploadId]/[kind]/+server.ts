import { error } from '@sveltejs/kit';
import { id } from '$lib/domain/kernel/fields.ts';
import { memberOf } from '$lib/server/files/member.ts';
import { isFileKind } from '$lib/server/files/paths.ts';
import { fileResponse } from '$lib/server/files/response.ts';
import { openPrivate } from '$lib/server/files/service.ts';
import { runtime } from '$lib/server/runtime.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ request, params, locals }) => {
	const member = await memberOf(request, locals.caller());
	if ('answer' in member) return member.answer;
	if (!id.safeParse(params.uploadId).success || !isFileKind(params.kind)) error(404, 'not_found');
	const { db, files, now } = runtime();
	const file = await openPrivate(db, files, member.actor, params.uploadId, params.kind, now());
	if (!file) error(404, 'not_found');
	return fileResponse(file, 'private, no-store', request.headers.get('range'));
};
