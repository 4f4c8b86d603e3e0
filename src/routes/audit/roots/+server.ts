import { json } from '@sveltejs/kit';
import { publishedRoots } from '$lib/server/audit/service.ts';
import { runtime } from '$lib/server/runtime.ts';

/** TG-19.5: the signed root of each day, for anybody to keep. It names nobody and nothing. */
export const GET = async () =>
	json(await publishedRoots(runtime().db), { headers: { 'cache-control': 'public, max-age=300' } });
