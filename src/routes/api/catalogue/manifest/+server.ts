import { manifestBody } from '$lib/server/catalogue/service.ts';
import { manifestResponse } from '$lib/server/catalogue/response.ts';
import { runtime } from '$lib/server/runtime.ts';
import type { RequestHandler } from './$types';

/** What the public catalogue is made of at this moment (sync 10). Never asks who is there. */
export const GET: RequestHandler = async ({ request }) => {
	const { db, now } = runtime();
	return manifestResponse(request, await manifestBody(db, now()));
};
