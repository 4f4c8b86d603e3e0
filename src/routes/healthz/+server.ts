import type { RequestHandler } from './$types';

/** Alive: the process answers. Says nothing of the database, so that its loss does not restart the process. */
export const GET: RequestHandler = () =>
	new Response('ok\n', {
		headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' }
	});
