import { createTRPCProxyClient, httpBatchLink, httpLink, TRPCClientError } from '@trpc/client';
import type { AppRouter } from '$lib/server/trpc/router.ts';
import { followEvents } from './events.ts';
import { fetchManifest, fetchPack } from './packs.ts';
import { askSession, endSession } from './session.ts';
import { Unacceptable, type Transport } from './transport.ts';

const requestTimeoutMs = 60_000;

const overHttp = (origin: string): Pick<Parameters<typeof httpLink>[0], 'url' | 'fetch'> => ({
	url: `${origin}/api/trpc`,
	fetch: (url, options) =>
		fetch(url, {
			...options,
			cache: 'no-store',
			// A connection that died without a word must not hold the engine for ever.
			signal: AbortSignal.timeout(requestTimeoutMs)
		})
});

/** The typed client of the server's procedures. Screens use it only for what is asked online. */
export const createApi = (origin = '') =>
	createTRPCProxyClient<AppRouter>({ links: [httpLink(overHttp(origin))] });

export const api = createApi();

/** The few pulls that follow one poke leave as one request: the session is looked up once, and the line is used once. */
const pulls = createTRPCProxyClient<AppRouter>({ links: [httpBatchLink(overHttp(''))] });

/** 400: not in the wire's shape; 413: too large. The size limit answers before tRPC, without its envelope. */
function isUnacceptable(error: unknown): boolean {
	if (!(error instanceof TRPCClientError)) return false;
	const response: unknown = error.meta?.response;
	return response instanceof Response && (response.status === 400 || response.status === 413);
}

/** The server over HTTP: tRPC for questions and answers, server-sent events for pokes. */
export const httpTransport: Transport = {
	pull: async (request) => {
		const answer = await pulls.sync.pull.mutate(request);
		if (answer.outcome !== 'page') return answer;
		// The client's types let an `unknown` field be absent; a row without a document means gone.
		return { ...answer, rows: answer.rows.map((row) => ({ ...row, doc: row.doc ?? null })) };
	},
	push: (request) =>
		api.sync.push.mutate(request).catch((error: unknown) => {
			throw isUnacceptable(error) ? new Unacceptable('the push was not accepted', { cause: error }) : error;
		}),
	manifest: fetchManifest,
	pack: fetchPack,
	session: askSession,
	signOut: endSession,
	events: (on) => followEvents('/api/events', on)
};
