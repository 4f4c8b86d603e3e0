import type { Runtime } from '$lib/server/runtime.ts';
import type { Caller } from '$lib/server/sync/session.ts';
import { actorOf } from './members.ts';
import { validateSession } from './sessions.ts';

/**
 * Looks a session up and makes the actor of this moment: roles, posts and business as they are now. `renew` is
 * called when the session's end was moved, so that the cookie moves with it.
 */
export async function callerOf(
	server: Pick<Runtime, 'db' | 'auth' | 'now'>,
	sessionId: string | undefined,
	renew?: (sessionId: string, expiresAt: string) => void
): Promise<Caller> {
	if (!sessionId) return { kind: 'nobody' };
	const session = await validateSession(server.auth, sessionId);
	if (session.outcome === 'session') return { kind: 'ended', why: session.session };
	// Half open is not open: work waits, as with a session whose time is over.
	if (session.outcome === 'half') return { kind: 'ended', why: 'expired' };
	if (session.fresh) renew?.(sessionId, session.expiresAt);
	const actor = await actorOf(server.db, session.accountId, server.now());
	return { kind: 'actor', actor, sessionId, provenAt: session.provenAt };
}
