import { createTRPCProxyClient, httpLink, TRPCClientError } from '@trpc/client';
import type { AppRouter } from '$lib/server/trpc/router.ts';
import { followEvents } from './events.ts';
import { fetchManifest, fetchPack } from './packs.ts';
import { pullTogether } from './pulls.ts';
import { askSession } from './session.ts';
import { requestTimeoutMs, Unacceptable, type Transport } from './transport.ts';

/** The typed client of the server's procedures. Screens use it only for what is asked online. */
export const createApi = (origin = '') =>
	createTRPCProxyClient<AppRouter>({
		links: [
			httpLink({
				url: `${origin}/api/trpc`,
				fetch: (url, options) =>
					fetch(url, {
						...options,
						cache: 'no-store',
						signal: AbortSignal.timeout(requestTimeoutMs)
					})
			})
		]
	});

export const api = createApi();

/** 400: not in the wire's shape; 413: too large. The size limit answers before tRPC, without its envelope. */
function isUnacceptable(error: unknown): boolean {
	if (!(error instanceof TRPCClientError)) return false;
	const response: unknown = error.meta?.response;
	return response instanceof Response && (response.status === 400 || response.status === 413);
}

/** The server over HTTP: tRPC for questions and answers, server-sent events for pokes. */
export const httpTransport: Transport = {
	pull: pullTogether,
	push: (request) =>
		api.sync.push.mutate(request).catch((error: unknown) => {
			throw isUnacceptable(error) ? new Unacceptable('the push was not accepted', { cause: error }) : error;
		}),
	manifest: fetchManifest,
	pack: fetchPack,
	session: askSession,
	events: (on) => followEvents('/api/events', on)
};
