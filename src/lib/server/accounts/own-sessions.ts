import { createHash } from 'node:crypto';
import { deviceName } from '$lib/domain/accounts/devices.ts';
import type { OwnSession } from '$lib/domain/accounts/members.ts';
import { no, ok, type Result } from '$lib/domain/kernel/refusal.ts';
import { audit } from '$lib/server/audit/audit.ts';
import type { Sql } from '$lib/server/db/pool.ts';
import type { Caller } from '$lib/server/sync/session.ts';
import { write } from '$lib/server/sync/write.ts';
import { listSessions, revokeOthers, upsertTrace } from './member-queries.ts';
import { endSession } from './sessions.ts';
import { asSignInRole } from './sign-in-queries.ts';

/** How a session is named outside: it says which one, and opens nothing. */
export const sessionRef = (id: string): string => createHash('sha256').update(id).digest('hex');

/**
 * Ends the session a device signs out of: the caller's own, or the one of that name when the cookie has become another's
 * meanwhile. True when the cookie goes too.
 */
export async function signOut(
	server: { readonly db: Sql; readonly auth: Sql },
	caller: Caller,
	ref: string | null,
	now: string
): Promise<boolean> {
	if (caller.kind !== 'actor') return true;
	const own = ref === null || ref === sessionRef(caller.sessionId);
	if (own) await endSession(server.auth, caller.sessionId, 'ended');
	else await endOwnSession(server.db, caller.actor.id, ref, now);
	return own;
}

/** Every session of a member that is open now, this one first, then the last used. */
export async function ownSessions(
	auth: Sql,
	accountId: string,
	currentId: string,
	now: string
): Promise<OwnSession[]> {
	const rows = await listSessions(auth, accountId, currentId, now);
	return rows.map((row) => ({ ...row, deviceName: row.deviceName ?? '' }));
}

/** Ends one session of the member, on whatever device it is; `not_found` when it is gone already. */
export const endOwnSession = (db: Sql, accountId: string, ref: string, now: string): Promise<Result<void>> =>
	write(db, { actorId: accountId, now }, async (ctx) => {
		const ended = await asSignInRole(ctx.tx, () => revokeOthers(ctx.tx, accountId, { ref }));
		if (ended === 0) return no('not_found');
		await audit(ctx, { action: 'sessions.ended', subject: `account:${accountId}`, data: { count: ended } });
		return ok(undefined);
	});

/** Ends every session of the member but the one that asks; says how many. */
export const endOtherSessions = (
	db: Sql,
	accountId: string,
	currentId: string,
	now: string
): Promise<Result<{ sessionsEnded: number }>> =>
	write(db, { actorId: accountId, now }, async (ctx) => {
		const ended = await asSignInRole(ctx.tx, () => revokeOthers(ctx.tx, accountId, { except: currentId }));
		await audit(ctx, { action: 'sessions.ended', subject: `account:${accountId}`, data: { count: ended } });
		return ok({ sessionsEnded: ended });
	});

const noteEveryMs = 10 * 60_000;
const mostNoted = 20_000;
/** When this process last noted each session. Several processes each note it: the latest stands. */
const noted = new Map<string, number>();

/**
 * Notes that a session was here, at most every ten minutes, beside the request and never in its way. `failed` hears of
 * a database that was not there: the next request notes it again.
 */
export function noteSession(
	auth: Sql,
	session: { readonly id: string; readonly userAgent: string; readonly now: string },
	failed: (error: unknown) => void
): void {
	const at = Date.parse(session.now);
	if (at - (noted.get(session.id) ?? -Infinity) < noteEveryMs) return;
	if (noted.size >= mostNoted) noted.clear();
	noted.set(session.id, at);
	upsertTrace(auth, {
		sessionId: session.id,
		deviceName: deviceName(session.userAgent),
		now: session.now
	}).catch((error: unknown) => {
		noted.delete(session.id);
		failed(error);
	});
}
