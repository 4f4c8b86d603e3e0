import { error } from '@sveltejs/kit';
import { isRenditionKind } from '$lib/server/files/paths.ts';
import { pictureResponse } from '$lib/server/files/response.ts';
import { openPublic } from '$lib/server/files/service.ts';
import { runtime } from '$lib/server/runtime.ts';
import type { RequestHandler } from './$types';

/** Pictures of approved listings, for anyone. An hour at most: what is public may be withdrawn. */
export const GET: RequestHandler = async ({ params }) => {
	const kind = params.file.replace(/\.webp$/, '');
	if (!params.file.endsWith('.webp') || !isRenditionKind(kind)) error(404, 'not_found');
	const { db, files } = runtime();
	const found = await openPublic(db, files, params.id, kind);
	if (found.state === 'gone')
		return new Response(null, { status: 410, headers: { 'cache-control': 'no-store' } });
	if (found.state === 'unknown')
		return new Response(null, { status: 404, headers: { 'cache-control': 'no-store' } });
	return pictureResponse(found.bytes, 'public, max-age=3600');
};
