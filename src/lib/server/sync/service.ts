import { inPortions } from '$lib/server/db/portions.ts';
import { sessionRef } from '$lib/server/accounts/own-sessions.ts';
import { transaction, type Sql } from '$lib/server/db/pool.ts';
import type { SessionAnswer } from '$lib/sync/protocol/wire.ts';
import { compactFeed, readAnnounced, wasRestored } from './queries.ts';
import type { Caller } from './session.ts';

/** Who stands behind a request, as the device remembers it and opens offline with. */
export async function describeSession(db: Sql, caller: Caller, now: string): Promise<SessionAnswer> {
	switch (caller.kind) {
		case 'actor':
			return {
				outcome: 'actor',
				actor: caller.actor,
				session: sessionRef(caller.sessionId),
				serverTime: now,
				epoch: (await readAnnounced(db)).epoch
			};
		case 'ended':
			return { outcome: 'session', session: caller.why };
		case 'nobody':
			return { outcome: 'nobody', serverTime: now };
	}
}

/** Whether the exchange went back to a backup within this time (an interval of Postgres). */
export const isBackSince = (db: Sql, within: string): Promise<boolean> =>
	transaction(db, 'system:restore', (tx) => wasRestored(tx, within));

/** A device that was away for longer reads again what it may see: cheaper than keeping every tombstone (sync 9). */
export const forgetTombstones = (db: Sql, now: string): Promise<number> =>
	inPortions(() => transaction(db, 'system:retention', (tx) => compactFeed(tx, now, '60 days')));
