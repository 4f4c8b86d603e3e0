import type { Queryable, Tx } from '$lib/server/db/pool.ts';
import type { Audience, CollectionName } from '$lib/sync/protocol/collections.ts';
import type { FeedRow, Position } from '$lib/sync/protocol/wire.ts';

export type FeedPage = {
	readonly rows: FeedRow[];
	readonly horizon: number;
	readonly epoch: string;
	readonly watermark: number | null;
	/** Audiences that were read from the beginning, because their tombstones are gone (sync 9). */
	readonly again: readonly Audience[];
};

type AskedPosition = { readonly audience: Audience; readonly position: Position };

/**
 * The one statement of a pull; apart so that its plan can be looked at. A lateral with a limit is carried out audience
 * by audience, each in its order: whatever the outer limit cuts off, what came of an audience is its beginning.
 */
const feedStatement = (
	db: Queryable,
	collection: CollectionName,
	positions: readonly AskedPosition[],
	limit: number
) => db`
		with here as materialized (select feed_horizon() as horizon, epoch, watermark from exchange)
		select here.horizon, here.epoch, here.watermark, page.audience, page.doc_id, page.version, page.doc,
			(select jsonb_object_agg(fl.audience, fl.floor) from sync_floors fl
				where fl.collection = ${collection} and fl.audience = any(${positions.map((p) => p.audience)})) as floors
		from here left join lateral (
			select row.*
			from unnest(
				${positions.map((p) => p.audience)}::text[],
				${positions.map((p) => p.position.version)}::bigint[],
				${positions.map((p) => p.position.id)}::text[]
			) as asked (audience, version, doc_id)
			cross join lateral (
				select f.audience, f.doc_id, f.version, f.doc from sync_feed f
				where f.audience = asked.audience and f.collection = ${collection}
					and (f.version, f.doc_id) > (asked.version, asked.doc_id)
					and f.version < here.horizon
				order by f.version, f.doc_id
				limit ${limit}
			) row
			limit ${limit}
		) page on true`;

/** How Postgres carries a pull out: `explain analyze` as JSON. */
export async function explainFeed(
	tx: Tx,
	collection: CollectionName,
	positions: readonly AskedPosition[],
	limit: number
): Promise<unknown> {
	const [row] = await tx<{ 'QUERY PLAN': unknown }[]>`
		explain (analyze, buffers, format json) ${feedStatement(tx, collection, positions, limit)}`;
	return row?.['QUERY PLAN'];
}

/**
 * One statement, one snapshot: the horizon and the rows below it belong together, which is what makes a skipped
 * row impossible (sync 7). Rows come audience by audience, each in (version, id) order, at most `limit` in all.
 * Who stands below a floor is read from the beginning instead, by a second statement: that is rare, and what a device
 * pays to hear that nothing is new is paid all day (sync 9).
 */
export async function readFeed(
	db: Queryable,
	collection: CollectionName,
	positions: readonly AskedPosition[],
	limit: number
): Promise<FeedPage> {
	const found = await db<
		{
			horizon: number;
			epoch: string;
			watermark: number | null;
			floors: Partial<Record<Audience, number>> | null;
			audience: Audience | null;
			doc_id: string;
			version: number;
			doc: unknown;
		}[]
	>`${feedStatement(db, collection, positions, limit)}`;
	const first = found[0];
	if (!first) throw new Error('the feed query always returns its horizon');
	const { horizon, epoch, watermark, floors } = first;
	const again =
		floors === null ? [] : positions.filter((asked) => isBelow(asked, floors)).map((p) => p.audience);
	if (again.length > 0) {
		const anew = positions.map((asked) =>
			again.includes(asked.audience) ? { ...asked, position: { version: 0, id: '' } } : asked
		);
		const page = await readFeed(db, collection, anew, limit);
		return { ...page, again: [...again, ...page.again] };
	}
	const rows: FeedRow[] = [];
	for (const row of found)
		if (row.audience !== null)
			rows.push({ audience: row.audience, id: row.doc_id, version: row.version, doc: row.doc });
	return { rows, horizon, epoch, watermark, again };
}

/** Whether something of these audiences lies at or above a horizon: nobody has read it yet (sync 7). */
export async function isAnyAbove(
	db: Queryable,
	collection: CollectionName,
	audiences: readonly Audience[],
	horizon: number
): Promise<boolean> {
	const [row] = await db<{ above: boolean }[]>`
		select exists (
			select from sync_feed where audience = any(${[...audiences]}::text[]) and collection = ${collection}
				and version >= ${horizon}) as above`;
	return row?.above ?? false;
}

/**
 * Tombstones it has not seen are gone. Who has read nothing yet has nothing to take away; after a restore one may have read
 * documents and stand at version 0 (sync 13).
 */
function isBelow({ audience, position }: AskedPosition, floors: Partial<Record<Audience, number>>): boolean {
	const floor = floors[audience];
	const hasRead = position.version > 0 || position.id !== '';
	return floor !== undefined && hasRead && floor >= Math.max(position.version, position.since ?? 0);
}

/**
 * Takes away tombstones older than `keep`, and raises the floor of their audiences (sync 9): a portion of
 * what is due, the oldest first. Returns how many; 0 = nothing is left.
 */
export async function compactFeed(tx: Tx, now: string, keep: string): Promise<number> {
	const [row] = await tx<{ n: number }[]>`select feed_compact(${now}, ${keep}::interval) as n`;
	return row?.n ?? 0;
}

export async function readHorizon(db: Queryable): Promise<number> {
	const [row] = await db<{ horizon: number }[]>`select feed_horizon() as horizon`;
	return row?.horizon ?? 0;
}

/** A NOTIFY that does not wait for the disk: who misses one looks by itself after a while (sync 11). */
export async function notify(db: Queryable, channel: string, payload: string): Promise<void> {
	await db`select set_config('synchronous_commit', 'off', true), pg_notify(${channel}, ${payload})`;
}

/** What every answer says of the exchange itself (sync 13). */
export type Announced = { readonly epoch: string; readonly watermark: number | null };

/** Whether devices may still be giving back what a restore has lost. */
export async function wasRestored(tx: Tx, within: string): Promise<boolean> {
	const [row] = await tx<{ yes: boolean }[]>`
		select coalesce(restored_at > now() - ${within}::interval, false) as yes from exchange`;
	return row?.yes ?? false;
}

export async function readAnnounced(db: Queryable): Promise<Announced> {
	const [row] = await db<Announced[]>`select epoch, watermark from exchange`;
	return row ?? { epoch: '', watermark: null };
}

/** How far the horizon lags behind the newest transaction id, in transactions. */
export async function readFeedLag(db: Queryable): Promise<number> {
	const [row] = await db<{ lag: number }[]>`
		select pg_snapshot_xmax(s)::text::bigint - pg_snapshot_xmin(s)::text::bigint as lag
		from pg_current_snapshot() s`;
	return row?.lag ?? 0;
}

export type LoggedCommand = {
	readonly actorId: string;
	readonly inputHash: string;
	readonly version: number | null;
	readonly receivedAt: string;
	readonly outcome: unknown;
};

/** Two copies of one command wait for each other here, so that the second finds what the first did (sync 1). */
export async function lockCommandIds(tx: Tx, ids: readonly string[]): Promise<void> {
	// In one order, or two copies of one batch would each wait for the other.
	await tx`
		select pg_advisory_xact_lock(hashtextextended(id, 0)) from unnest(${[...ids].sort()}::text[]) id`;
}

/** What became of a command of this actor; null when it is unknown, or somebody else's. */
export async function findLoggedCommand(tx: Tx, id: string): Promise<LoggedCommand | null> {
	const [row] = await tx<LoggedCommand[]>`
		select actor_id as "actorId", encode(input_hash, 'hex') as "inputHash", version,
			received_at as "receivedAt", outcome
		from command_log where id = ${id}`;
	return row ?? null;
}

export async function isAnyLogged(tx: Tx, ids: readonly string[]): Promise<boolean> {
	const [row] = await tx<{ any: boolean }[]>`
		select exists (select from command_log where id = any(${[...ids]}::uuid[])) as any`;
	return row?.any ?? false;
}

export type NewLoggedCommand = {
	readonly id: string;
	readonly actorId: string;
	readonly deviceId: string;
	readonly seq: number;
	readonly name: string;
	readonly inputHash: string;
	readonly inputSealed: string;
	readonly receivedAt: string;
	readonly deviceTime: string;
	readonly outcome: object;
};

/** Returns how many were written and their version: fewer when an id is taken by somebody whose row this actor may not see. */
export async function insertLoggedCommands(
	tx: Tx,
	commands: readonly NewLoggedCommand[]
): Promise<{ written: number; version: number }> {
	const rows = await tx<{ version: number }[]>`
		insert into command_log (id, actor_id, device_id, seq, name, input_hash, input_sealed, received_at,
			device_time, version, outcome)
		select id, "actorId", "deviceId", seq, name, decode("inputHash", 'hex'), "inputSealed", "receivedAt",
			"deviceTime", pg_current_xact_id()::text::bigint, outcome
		from jsonb_to_recordset(${JSON.stringify(commands)}::text::jsonb) as (
			id uuid, "actorId" uuid, "deviceId" uuid, seq bigint, name text, "inputHash" text, "inputSealed" text,
			"receivedAt" timestamptz, "deviceTime" timestamptz, outcome jsonb)
		on conflict (id) do nothing
		returning version`;
	return { written: rows.length, version: rows[0]?.version ?? 0 };
}

/** Of these earlier commands, those that were refused and those the server never saw. */
export async function outcomesOf(
	tx: Tx,
	ids: readonly string[]
): Promise<{ refused: string[]; missing: string[] }> {
	if (ids.length === 0) return { refused: [], missing: [] };
	const rows = await tx<{ id: string; refused: boolean }[]>`
		select id, outcome ->> 'outcome' = 'refused' as refused from command_log where id = any(${[...ids]}::uuid[])`;
	return {
		refused: rows.filter((row) => row.refused).map((row) => row.id),
		missing: ids.filter((id) => !rows.some((row) => row.id === id))
	};
}

/** Locks the account against being locked meanwhile, and says whether it may act. */
export async function accountStateForShare(
	tx: Tx,
	accountId: string
): Promise<'active' | 'locked' | 'closed' | null> {
	const [row] = await tx<{ state: 'active' | 'locked' | 'closed' }[]>`
		select state from accounts where id = ${accountId} for share`;
	return row?.state ?? null;
}
