import type { Actor } from '$lib/domain/accounts/permissions.ts';
import { audiencesOf } from '$lib/server/accounts/audiences.ts';
import { unsealFor } from '$lib/server/accounts/sealing.ts';
import type { Sql } from '$lib/server/db/pool.ts';
import { projectionFor, sealedFields, type CollectionName } from '$lib/sync/protocol/collections.ts';
import { oldestServedProtocol, protocolVersion } from '$lib/sync/protocol/version.ts';
import type { FeedRow, Position, PullAnswer, PullPage, PullRequest } from '$lib/sync/protocol/wire.ts';
import { observePositionAhead } from '$lib/server/metrics/sync.ts';
import { forProtocol } from './older-protocols.ts';
import { isAnyAbove, readFeed, type FeedPage } from './queries.ts';
import type { Caller } from './session.ts';

const start: Position = { version: 0, id: '' };

/**
 * Brings a device what it may see and has not seen yet. Audiences are the caller's of this moment, never the
 * request's: one that the request does not name starts at zero, one that the caller lost is not answered, and
 * the device purges it (sync 7, 8). One whose tombstones the device missed is read again (sync 9).
 */
export async function pull(db: Sql, caller: Caller, request: PullRequest, now: string): Promise<PullAnswer> {
	if (request.protocol < oldestServedProtocol || request.protocol > protocolVersion)
		return { outcome: 'upgrade' };
	if (caller.kind === 'ended' && request.actorId !== null) return { outcome: 'session', session: caller.why };
	const actor: Actor | null = caller.kind === 'actor' ? caller.actor : null;
	if (request.actorId !== null && actor === null) return { outcome: 'session', session: 'expired' };
	if (request.actorId !== null && actor?.id !== request.actorId) return { outcome: 'wrong_user' };

	const held = request.actorId === null ? (['public'] as const) : audiencesOf(actor);
	// `publish` lets nothing else into the feed, and most collections speak to one audience of the four or more a person has.
	const audiences = held.filter((audience) => projectionFor(request.collection, audience));
	const positions = audiences.map((audience) => ({
		audience,
		position: request.positions[audience] ?? start
	}));
	// The feed has no row policies: one statement needs no transaction around it, which is half of what a pull costs.
	const page = await readFeed(db, request.collection, positions, request.limit);
	if (positions.some(({ position }) => isAhead(position, page.horizon))) {
		observePositionAhead(page.horizon);
		return startOver(page, now);
	}
	const more = page.rows.length === request.limit;
	const reached: Record<string, Position> = {};
	for (const { audience, position } of positions) {
		const begins = position === start || page.again.includes(audience);
		// Complete, or begun now: nothing older than the horizon can have been missed (sync 9).
		const since = begins || !more ? page.horizon : (position.since ?? 0);
		reached[audience] = { ...(begins ? start : position), since };
	}
	for (const row of page.rows)
		reached[row.audience] = { ...reached[row.audience], version: row.version, id: row.id };
	// Asked after the page: what was changed behind it by then has its row above its horizon, or still the old one below.
	const sweeps = !more && (request.sweeps === true || page.again.length > 0);
	const late = sweeps && (await isAnyAbove(db, request.collection, audiences, page.horizon));
	const rows = await openSealed(db, actor?.id ?? 'anonymous', request.collection, page.rows);
	return {
		outcome: 'page',
		rows: forProtocol(request.protocol, request.collection, rows),
		positions: reached,
		again: page.again,
		more,
		...(sweeps && { late }),
		horizon: page.horizon,
		epoch: page.epoch,
		watermark: page.watermark,
		serverTime: now
	};
}

/** No device can have read what lies at or above the horizon: this exchange stands further back than the one it knew. */
const isAhead = (position: Position, horizon: number): boolean =>
	position.version >= horizon || (position.since ?? 0) > horizon;

/**
 * Makes this one device begin anew and offer what it kept, in words every version understands: an epoch that is not
 * ours. One request can be forged, so nobody else is asked to (sync 13).
 */
const startOver = (page: FeedPage, now: string): PullPage => ({
	outcome: 'page',
	rows: [],
	positions: {},
	more: true,
	horizon: page.horizon,
	epoch: `ahead of ${page.epoch}`,
	// Null would say that nothing is kept anywhere, and the device would let go of what it keeps.
	watermark: page.watermark,
	serverTime: now
});

/** Opens the sealed fields for this reader, who is entitled to every row of an own audience. */
async function openSealed(
	db: Sql,
	actorId: string,
	collection: CollectionName,
	rows: readonly FeedRow[]
): Promise<FeedRow[]> {
	const fields = Object.entries(sealedFields[collection]);
	if (fields.length === 0) return [...rows];
	const places: { doc: Record<string, unknown>; field: string; kind: 'json' | 'text'; sealed: string }[] = [];
	const opened = rows.map((row) => {
		if (typeof row.doc !== 'object' || row.doc === null) return row;
		const doc: Record<string, unknown> = { ...row.doc };
		for (const [field, kind] of fields) {
			const sealed = doc[field];
			if (kind && typeof sealed === 'string') places.push({ doc, field, kind, sealed });
		}
		return { ...row, doc };
	});
	if (places.length === 0) return opened;
	const sealed = places.map((place) => place.sealed);
	const plain = await unsealFor(db, actorId, sealed);
	places.forEach((place, at) => {
		const text = plain[at] ?? null;
		place.doc[place.field] = text !== null && place.kind === 'json' ? JSON.parse(text) : text;
	});
	return opened;
}
