import { lockedPerson } from '$lib/server/accounts/lock-sessions.ts';
import type { Sql } from '$lib/server/db/pool.ts';
import type { Caller } from '$lib/server/sync/session.ts';

/** Who asks about measures against oneself. */
export type Person = { readonly accountId: string; readonly who: 'member' | 'locked' | 'unlocked' };

/** Somebody signed in, or somebody locked who showed the password; null for everybody else. */
export async function personBehind(
	auth: Sql,
	caller: Caller,
	lockToken: string | undefined,
	now: string
): Promise<Person | null> {
	if (caller.kind === 'actor') return { accountId: caller.actor.id, who: 'member' };
	const person = await lockedPerson(auth, lockToken, now);
	return person && { accountId: person.accountId, who: person.locked ? 'locked' : 'unlocked' };
}
