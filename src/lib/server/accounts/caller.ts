import type { Runtime } from '$lib/server/runtime.ts';
import type { Caller } from '$lib/server/sync/session.ts';
import { actorOf } from './members.ts';
import { validateSession } from './sessions.ts';

const mostKnown = 20_000;
/** Whose each session is: that never changes, everything else about it is looked up every time. */
const ownerOf = new Map<string, string>();

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
	// Asked beside the session, since every request of a device waits for both; what the session says decides.
	const owner = ownerOf.get(sessionId);
	const ahead = owner === undefined ? null : actorOf(server.db, owner, server.now()).catch(() => null);
	const session = await validateSession(server.auth, sessionId);
	if (session.outcome === 'session') return { kind: 'ended', why: session.session };
	// Half open is not open: work waits, as with a session whose time is over.
	if (session.outcome === 'half') return { kind: 'ended', why: 'expired' };
	if (session.fresh) renew?.(sessionId, session.expiresAt);
	if (ownerOf.size >= mostKnown) ownerOf.clear();
	ownerOf.set(sessionId, session.accountId);
	const asked = await ahead;
	const actor =
		asked?.id === session.accountId ? asked : await actorOf(server.db, session.accountId, server.now());
	return { kind: 'actor', actor, sessionId, provenAt: session.provenAt };
}
