import type { PushRequest } from '../protocol/wire.ts';
import { Unreachable } from './session.ts';

/** The push without a client library: the service worker has no room for one. The answer is not read. */
export async function plainPush(request: PushRequest): Promise<void> {
	const response = await fetch('/api/trpc/sync.push', {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify(request),
		cache: 'no-store'
	}).catch((cause: unknown) => {
		throw new Unreachable('the server did not answer', { cause });
	});
	if (!response.ok) throw new Unreachable(`the server answered ${response.status}`);
}
