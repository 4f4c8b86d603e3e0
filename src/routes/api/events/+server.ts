import { audiencesOf } from '$lib/server/accounts/audiences.ts';
import { callerOf } from '$lib/server/accounts/caller.ts';
import { runtime } from '$lib/server/runtime.ts';
import { eventStream } from '$lib/server/sync/event-stream.ts';
import type { RequestHandler } from './$types';

const heartbeatMs = 15_000;

/** Server-sent pokes (sync 11). Whose session has ended hears nothing. */
export const GET: RequestHandler = async ({ locals }) => {
	const server = runtime();
	const caller = await locals.caller();
	if (caller.kind === 'ended') return new Response(null, { status: 401 });
	const actor = caller.kind === 'actor' ? caller.actor : null;
	const audiences = audiencesOf(actor);
	const mayStillHear = async (): Promise<boolean> => {
		if (caller.kind !== 'actor') return true;
		const still = await callerOf(server, caller.sessionId);
		return still.kind === 'actor' && audiencesOf(still.actor).join() === audiences.join();
	};
	const memberId = actor?.id ?? null;
	return new Response(eventStream({ hub: server.hub, audiences, memberId, heartbeatMs, mayStillHear }), {
		headers: {
			'content-type': 'text/event-stream',
			'cache-control': 'no-store',
			'x-accel-buffering': 'no'
		}
	});
};
