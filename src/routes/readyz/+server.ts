import { json } from '@sveltejs/kit';
import { serverConfig } from '$lib/server/config.ts';
import { watchReadiness } from '$lib/server/db/ready.ts';
import type { RequestHandler } from './$types';

let watch: ReturnType<typeof watchReadiness> | undefined;

/** Ready for traffic: the database is reachable and migrated. */
export const GET: RequestHandler = async () => {
	watch ??= watchReadiness(serverConfig().appUrl);
	const answer = await watch();
	return json(answer, { status: answer.ready ? 200 : 503, headers: { 'cache-control': 'no-store' } });
};
