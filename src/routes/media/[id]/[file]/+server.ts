import { error } from '@sveltejs/kit';
import { isFileKind } from '$lib/server/files/paths.ts';
import { fileResponse } from '$lib/server/files/response.ts';
import { openPublic } from '$lib/server/files/service.ts';
import { runtime } from '$lib/server/runtime.ts';
import type { RequestHandler } from './$types';

/** Pictures and voice notes of approved listings, for anyone. An hour at most: what is public may be withdrawn. */
export const GET: RequestHandler = async ({ params, request }) => {
	const [, kind = '', ending = ''] = /^([a-z]+)\.([a-z0-9]+)$/.exec(params.file) ?? [];
	if (!isFileKind(kind)) error(404, 'not_found');
	const { db, files } = runtime();
	const found = await openPublic(db, files, params.id, kind);
	if (found.state === 'gone')
		return new Response(null, { status: 410, headers: { 'cache-control': 'no-store' } });
	if (found.state === 'unknown' || found.ending !== ending)
		return new Response(null, { status: 404, headers: { 'cache-control': 'no-store' } });
	return fileResponse(found, 'public, max-age=3600', request.headers.get('range'));
};
