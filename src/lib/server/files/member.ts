import type { Actor } from '$lib/domain/accounts/permissions.ts';
import type { Caller } from '$lib/server/sync/session.ts';
import type { SessionEnd, WrongUser } from '$lib/sync/protocol/wire.ts';

/** Whose work a device sends. On a shared phone the next member may be signed in by now (sync 6). */
export const actorHeader = 'x-san-actor';

const noStore = { 'cache-control': 'no-store' } as const;

/** The member behind a request for files, or the answer that tells the device why there is none. */
export async function memberOf(
	request: Request,
	caller: Promise<Caller>
): Promise<{ readonly actor: Actor } | { readonly answer: Response }> {
	const known = await caller;
	if (known.kind !== 'actor') {
		const body: SessionEnd = {
			outcome: 'session',
			session: known.kind === 'ended' ? known.why : 'expired'
		};
		return { answer: Response.json(body, { status: 401, headers: noStore }) };
	}
	const meant = request.headers.get(actorHeader);
	if (meant !== null && meant !== known.actor.id) {
		const body: WrongUser = { outcome: 'wrong_user' };
		return { answer: Response.json(body, { status: 403, headers: noStore }) };
	}
	return { actor: known.actor };
}
