import { packResponse } from '$lib/server/catalogue/response.ts';
import { openPack } from '$lib/server/catalogue/service.ts';
import { runtime } from '$lib/server/runtime.ts';
import type { RequestHandler } from './$types';

/** One chunk of the public catalogue (sync 10). Never asks who is there. */
export const GET: RequestHandler = async ({ request, params }) =>
	packResponse(request, params.hash, await openPack(runtime().db, params.hash));
