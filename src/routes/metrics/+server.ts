import { collectMetrics } from '$lib/server/metrics/collect.ts';
import { registry } from '$lib/server/metrics/registry.ts';
import { runtime } from '$lib/server/runtime.ts';
import type { RequestHandler } from './$types';

/** Figures for Prometheus. Counts only: nothing here leads to a person. */
export const GET: RequestHandler = async () =>
	new Response(await collectMetrics(runtime()), {
		headers: { 'content-type': registry.contentType, 'cache-control': 'no-store' }
	});
