import type { PushRequest } from '../protocol/wire.ts';
import { Unreachable } from './session.ts';

/** The worker holds the lead meanwhile, and a new version of it waits: on a line that hangs it gives up. */
const answerWithinMs = 20_000;

/** The push without a client library: the service worker has no room for one. The answer is not read. */
export async function plainPush(request: PushRequest): Promise<void> {
	const response = await fetch('/api/trpc/sync.push', {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify(request),
		cache: 'no-store',
		signal: AbortSignal.timeout(answerWithinMs)
	}).catch((cause: unknown) => {
		throw new Unreachable('the server did not answer', { cause });
	});
	if (!response.ok) throw new Unreachable(`the server answered ${response.status}`);
}
