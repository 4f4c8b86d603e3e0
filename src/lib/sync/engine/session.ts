import type { SessionAnswer, SessionEnd } from '../protocol/wire.ts';
import type { PullRow, StateRow } from '../store/local.ts';
import type { Store } from '../store/store.ts';
import type { SessionState } from '../store/types.ts';

/** Sessions with which nothing may be asked or sent until the person signs in again. */
export const mayNotAsk: readonly SessionState[] = ['expired', 'ended', 'locked', 'revoked', 'wrong_user'];

const personalDocumentsKeptMs = 7 * 24 * 3_600_000;

/**
 * What a dead session means for the store (sync 6): `expired` keeps everything and waits for a sign-in;
 * `ended | locked | revoked` takes the server's data away and leaves the person's own work. It is an answer, so there is a
 * network: who is only told to wait for one would not sign in.
 */
export async function applySessionEnd(
	store: Store,
	session: SessionEnd['session'],
	now: number
): Promise<void> {
	if (session === 'expired') {
		const { expiredSince } = await store.readState();
		await store.changeState({
			session,
			reachable: true,
			expiredSince: expiredSince ?? new Date(now).toISOString()
		});
		return;
	}
	await store.changeState({ session, reachable: true, expiredSince: null });
	await store.wipeServerData();
}

/** A wipe that was cut short, by a kill at that moment, goes on; nobody may ask the server for it any more (sync 6). */
export async function finishWipe(store: Store, session: SessionState): Promise<void> {
	if (session !== 'ended' && session !== 'locked' && session !== 'revoked') return;
	const { pulls, manifest, files } = store.local;
	const unwiped = (row: PullRow): boolean => row.purging || Object.keys(row.positions).length > 0;
	const left = (await pulls.filter(unwiped).count()) + (await manifest.count()) + (await files.count());
	const { knownBusiness = null } = await store.readState();
	if (left > 0 || knownBusiness !== null) await store.wipeServerData();
}

/** Takes personal documents away once the session has been expired for 7 days. Work stays whatever its age. */
export async function forgetAfterLongExpiry(store: Store, now: number): Promise<void> {
	const { session, expiredSince } = await store.readState();
	if (session !== 'expired' || expiredSince === null) return;
	if (now - Date.parse(expiredSince) > personalDocumentsKeptMs) await store.wipePersonalDocuments();
}

/** Writes down who the server says is signed in. True when this store's owner may sync. */
export async function applySession(store: Store, answer: SessionAnswer, now: number): Promise<boolean> {
	switch (answer.outcome) {
		case 'actor': {
			const own = answer.actor.id === store.userId;
			await store.changeState(
				own ? { session: 'signed_in', expiredSince: null } : { session: 'wrong_user', reachable: true }
			);
			return own;
		}
		case 'session':
			if (store.userId !== null) await applySessionEnd(store, answer.session, now);
			return store.userId === null;
		case 'nobody':
			// The cookie is gone, nobody said why: the same as expired, work waits.
			if (store.userId !== null) await applySessionEnd(store, 'expired', now);
			else await store.changeState({ session: 'nobody' });
			return store.userId === null;
	}
}

/** The server's clock is the one that counts; the difference is only shown (sync 12). `now`: the device's, in milliseconds. */
export function heardClock(
	{ clockSkewMs }: StateRow,
	serverTime: string,
	now: number
): Pick<StateRow, 'clockSkewMs'> {
	const skew = now - Date.parse(serverTime);
	const moved = clockSkewMs === null || Math.abs(clockSkewMs - skew) > 2_000;
	return { clockSkewMs: moved ? skew : clockSkewMs };
}
