import { audiencesOf } from '$lib/server/accounts/audiences.ts';
import { callerOf } from '$lib/server/accounts/caller.ts';
import { runtime } from '$lib/server/runtime.ts';
import type { RequestHandler } from './$types';

const heartbeatMs = 15_000;

/**
 * Server-sent pokes: where to look, never what is there (sync 11). A dead session closes its stream, so that a
 * locked account stops hearing within one heartbeat.
 */
export const GET: RequestHandler = async ({ locals }) => {
	const server = runtime();
	const caller = await locals.caller();
	if (caller.kind === 'ended') return new Response(null, { status: 401 });
	const audiences = audiencesOf(caller.kind === 'actor' ? caller.actor : null);

	let unsubscribe = () => {};
	let heartbeat: NodeJS.Timeout | undefined;
	const close = () => {
		clearInterval(heartbeat);
		unsubscribe();
	};
	const stream = new ReadableStream<Uint8Array>({
		start(controller) {
			const encoder = new TextEncoder();
			const send = (text: string) => controller.enqueue(encoder.encode(text));
			const end = () => {
				close();
				controller.close();
			};
			send('retry: 2000\n: open\n\n');
			unsubscribe = server.hub.subscribe(audiences, {
				send: (poke) => send(`data: ${JSON.stringify(poke)}\n\n`),
				end
			});
			heartbeat = setInterval(() => {
				send(': here\n\n');
				if (caller.kind !== 'actor') return;
				callerOf(server, caller.sessionId).then(
					(still) => {
						if (still.kind !== 'actor' || audiencesOf(still.actor).join() !== audiences.join()) end();
					},
					() => undefined
				);
			}, heartbeatMs);
		},
		cancel: close
	});
	return new Response(stream, {
		headers: {
			'content-type': 'text/event-stream',
			'cache-control': 'no-store',
			'x-accel-buffering': 'no'
		}
	});
};
