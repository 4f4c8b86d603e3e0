import { building } from '$app/environment';
import type { Handle, HandleServerError, ServerInit } from '@sveltejs/kit';
import { sequence } from '@sveltejs/kit/hooks';
import { randomUUID } from 'node:crypto';
import { createTRPCHandle } from 'trpc-sveltekit';
import { callerOf } from '$lib/server/accounts/caller.ts';
import { readSessionCookie, setSessionCookie } from '$lib/server/accounts/cookies.ts';
import { noteSession } from '$lib/server/accounts/own-sessions.ts';
import { onShutdown } from '$lib/server/boot/shutdown.ts';
import { serverConfig } from '$lib/server/config.ts';
import { log } from '$lib/server/log.ts';
import { observeRequest } from '$lib/server/metrics/requests.ts';
import { runtime, startRuntime } from '$lib/server/runtime.ts';
import { isTooMany } from '$lib/server/trpc/batch.ts';
import { appRouter } from '$lib/server/trpc/router.ts';

export const init: ServerInit = async () => {
	if (building) return;
	const started = await startRuntime(serverConfig());
	onShutdown('runtime', () => started.stop());
};

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Every unsafe method must come from our own pages. Kit checks form posts alone; uploads and tRPC are no forms. */
const checkOrigin: Handle = ({ event, resolve }) => {
	if (!safeMethods.has(event.request.method) && event.request.headers.get('origin') !== event.url.origin)
		return new Response('Yêu cầu đến từ một trang khác.', { status: 403 });
	return resolve(event);
};

/** For the member's own list of sessions and devices. */
function noteSeen(id: string, request: Request): void {
	const { auth, now } = runtime();
	const userAgent = request.headers.get('user-agent') ?? '';
	noteSession(auth, { id, userAgent, now: now() }, (err) => log.warn({ err }, 'session not noted'));
}

const identify: Handle = async ({ event, resolve }) => {
	event.locals.requestId = randomUUID();
	let caller: ReturnType<typeof callerOf> | undefined;
	event.locals.caller = () =>
		(caller ??= callerOf(runtime(), readSessionCookie(event.cookies), (id, expiresAt) =>
			setSessionCookie(event.cookies, id, expiresAt)
		).then((found) => {
			if (found.kind === 'actor') noteSeen(found.sessionId, event.request);
			return found;
		}));
	const started = performance.now();
	const response = await resolve(event, {
		transformPageChunk: ({ html }) => html.replace('%lang%', event.params.lang === 'en' ? 'en' : 'vi')
	});
	if (!building)
		observeRequest(event.request.method, event.route.id, response.status, performance.now() - started);
	return response;
};

const trpcPath = '/api/trpc';

const boundBatch: Handle = ({ event, resolve }) =>
	event.url.pathname.startsWith(`${trpcPath}/`) && isTooMany(event.url.pathname)
		? new Response('Hỏi quá nhiều việc trong một lần.', { status: 400 })
		: resolve(event);

const trpc = createTRPCHandle({
	router: appRouter,
	url: trpcPath,
	createContext: async (event) => {
		const { db, auth, now } = runtime();
		return { db, auth, now, caller: await event.locals.caller() };
	},
	// Everything asked here is somebody's own: no cache on the way keeps it, and no shared phone.
	responseMeta: () => ({ headers: { 'cache-control': 'no-store' } }),
	onError: ({ error, path }) => {
		if (error.code === 'INTERNAL_SERVER_ERROR')
			log.error({ path, err: error.cause ?? error }, 'procedure failed');
	}
});

export const handle = sequence(identify, checkOrigin, boundBatch, trpc);

export const handleError: HandleServerError = ({ error, event, status }) => {
	if (status !== 404)
		log.error({ requestId: event.locals.requestId, route: event.route.id, err: error }, 'request failed');
	return { message: status === 404 ? 'not_found' : 'fault', id: event.locals.requestId };
};
