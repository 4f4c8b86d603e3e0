import { packFileResponse, packResponse } from '$lib/server/catalogue/response.ts';
import { openPack } from '$lib/server/catalogue/service.ts';
import { runtime } from '$lib/server/runtime.ts';
import type { RequestHandler } from './$types';

/** One chunk of the public catalogue, as text or, with `.gz`, as a file (sync 10). Never asks who is there. */
export const GET: RequestHandler = async ({ request, params }) => {
	const [hash = '', ending] = params.hash.split('.', 2);
	const body = await openPack(runtime().db, hash);
	return ending === 'gz' ? packFileResponse(body) : packResponse(request, hash, body);
};
