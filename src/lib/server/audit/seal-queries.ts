import type { Queryable, Tx } from '$lib/server/db/pool.ts';
import type { Head, RecordLine } from './record.ts';

const lockKey = 5_342_024;

/** One sealer at a time, whoever gets there first; ends with the transaction. */
export async function becomeSealer(tx: Tx): Promise<boolean> {
	const [row] = await tx<{ yes: boolean }[]>`select pg_try_advisory_xact_lock(${lockKey}) as yes`;
	return row?.yes ?? false;
}

const headColumns = (db: Queryable) => db`
	epoch, seq, encode(hash, 'hex') as hash, horizon, at, encode(prev, 'hex') as prev, key,
	encode(signature, 'base64') as signature64`;
type StoredHead = Omit<Head, 'signature'> & { readonly signature64: string; readonly n: number };
export type NumberedHead = Head & { readonly n: number };

const toHead = ({ signature64, ...head }: StoredHead): NumberedHead => ({
	...head,
	signature: Buffer.from(signature64, 'base64').toString('base64url')
});

export async function findLastHead(db: Queryable): Promise<NumberedHead | null> {
	const [row] = await db<StoredHead[]>`
		select n, ${headColumns(db)} from audit_heads order by n desc limit 1`;
	return row ? toHead(row) : null;
}

/** Heads after the `n`-th, in order. */
export async function listHeads(
	db: Queryable,
	after: number,
	limit: number,
	epoch: string | null = null
): Promise<NumberedHead[]> {
	const rows = await db<StoredHead[]>`
		select n, ${headColumns(db)} from audit_heads
		where n > ${after} and (${epoch === null} or epoch = ${epoch}) order by n limit ${limit}`;
	return rows.map(toHead);
}

/** The number of exactly this head, or null. */
export async function findHead(db: Queryable, head: Head): Promise<number | null> {
	const [row] = await db<{ n: number }[]>`
		select n from audit_heads
		where seq = ${head.seq} and epoch = ${head.epoch} and hash = decode(${head.hash}, 'hex')
			and prev = decode(${head.prev}, 'hex')`;
	return row?.n ?? null;
}

const moment = (db: Queryable) => db`to_char(a.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US')`;
const line = (db: Queryable) => db`
	a.id, a.xid, ${moment(db)} as at, a.actor, a.action, a.subject,
	a.clause, a.command_id::text as "commandId", a.data::text as data`;

export type Place = { readonly epoch: string; readonly horizon: number; readonly next: number };

/** The horizon and the next transaction id, of one snapshot. */
export async function readPlace(db: Queryable): Promise<Place> {
	const [row] = await db<Place[]>`
		select epoch, feed_horizon() as horizon, pg_snapshot_xmax(pg_current_snapshot())::text::bigint as next
		from exchange`;
	if (!row) throw new Error('the exchange has no row of its own');
	return row;
}

/** Lines without a seal, of transactions from `from` to below `horizon`. */
const unsealed = (tx: Tx, { from, horizon }: { from: number; horizon: number }) => tx`
	a.xid >= ${from} and a.xid < ${horizon}
	and not exists (select from audit_seals s where s.audit_id = a.id)`;

/**
 * After a restore: every line without a seal. Those whose transaction id has not been given out in this cluster come from
 * the one before.
 */
const unsealedOfAll = (tx: Tx, { horizon, next }: Place) => tx`
	(a.xid < ${horizon} or a.xid >= ${next})
	and not exists (select from audit_seals s where s.audit_id = a.id)`;

/**
 * How far a round may go that seals about `limit` lines: the horizon, or a transaction before it. A transaction's lines
 * stay together, so that what is below a head's horizon is sealed without exception.
 */
export async function endOfRound(
	tx: Tx,
	{ from, horizon, limit }: { from: number; horizon: number; limit: number }
): Promise<number> {
	// What was written since the last seal, looked up and not counted: usually that is far less.
	const [since] = await tx<{ about: number }[]>`
		select coalesce(max(id), 0) - coalesce((select audit_id from audit_seals order by seq desc limit 1), 0) as about
		from audit_log`;
	if (!since || since.about < limit) return horizon;
	const [found] = await tx<{ n: number; first: number; last: number }[]>`
		select count(*) as n, min(xid) as first, max(xid) as last from (
			select a.xid from audit_log a where ${unsealed(tx, { from, horizon })}
			order by a.xid, a.id limit ${limit}
		) found`;
	if (!found || found.n < limit) return horizon;
	return found.first < found.last ? found.last : found.last + 1;
}

export type LastSeal = { readonly seq: number; readonly hash: string };

/**
 * Seals what `lines` finds, in the order of the horizon, as `sealOf` does. Gives the last seal; null = there was no line.
 * Sorted once more, all are linked before the first is written: the transaction has an id, and holds every pull back,
 * only from there (sync 7).
 */
async function insertSeals(
	tx: Tx,
	after: LastSeal,
	lines: ReturnType<typeof unsealed>
): Promise<LastSeal | null> {
	const [last] = await tx<LastSeal[]>`
		with chained as (
			select ${after.seq}::bigint + row_number() over behind as seq, a.id, audit_chain(
				'[' || a.id || ',' || a.xid || ',"' || ${moment(tx)} || '",' || to_json(a.actor) || ','
				|| to_json(a.action) || ',' || to_json(a.subject) || ',' || coalesce(to_json(a.clause)::text, 'null') || ','
				|| coalesce(to_json(a.command_id)::text, 'null') || ',' || to_json(a.data::text) || ']',
				decode(${after.hash}, 'hex')) over behind as hash
			from audit_log a where ${lines}
			window behind as (order by a.xid, a.id rows unbounded preceding)
		), sealed as (
			insert into audit_seals (seq, audit_id, hash) select seq, id, hash from chained order by seq
			returning seq, hash
		)
		select seq, encode(hash, 'hex') as hash from sealed order by seq desc limit 1`;
	return last ?? null;
}

export const sealBetween = (
	tx: Tx,
	after: LastSeal,
	between: { from: number; horizon: number }
): Promise<LastSeal | null> => insertSeals(tx, after, unsealed(tx, between));

export const sealAllOf = (tx: Tx, after: LastSeal, place: Place): Promise<LastSeal | null> =>
	insertSeals(tx, after, unsealedOfAll(tx, place));

export async function insertHead(tx: Tx, head: Head): Promise<void> {
	await tx`
		insert into audit_heads (epoch, seq, hash, horizon, at, prev, key, signature)
		values (${head.epoch}, ${head.seq}, decode(${head.hash}, 'hex'), ${head.horizon}, ${head.at},
			decode(${head.prev}, 'hex'), ${head.key}, ${Buffer.from(head.signature, 'base64url')})`;
}

export async function insertRoot(tx: Tx, day: string, headN: number): Promise<void> {
	await tx`insert into audit_roots (day, head_n) values (${day}, ${headN}) on conflict (day) do nothing`;
}

/** The published roots, newest first. */
export async function listRoots(db: Queryable, limit: number): Promise<(NumberedHead & { day: string })[]> {
	const rows = await db<(StoredHead & { day: string })[]>`
		select r.day, h.* from audit_roots r
		cross join lateral (select n, ${headColumns(db)} from audit_heads where n = r.head_n) h
		order by r.day desc limit ${limit}`;
	return rows.map(({ day, ...row }) => ({ day, ...toHead(row) }));
}

/** A seal with the line it seals; `line` null = that line is gone. */
export type SealedLine = {
	readonly seq: number;
	readonly auditId: number;
	readonly hash: string;
	readonly line: RecordLine | null;
};

type SealedRow = RecordLine & Omit<SealedLine, 'line'> & { readonly there: boolean };
const sealColumns = (db: Queryable) => db`
	s.seq, s.audit_id as "auditId", encode(s.hash, 'hex') as hash, a.id is not null as there, ${line(db)}`;
const toSealed = ({ seq, auditId, hash, there, ...row }: SealedRow): SealedLine => ({
	seq,
	auditId,
	hash,
	line: there ? row : null
});

export async function listSealed(db: Queryable, after: number, limit: number): Promise<SealedLine[]> {
	const rows = await db<SealedRow[]>`
		select ${sealColumns(db)} from audit_seals s left join audit_log a on a.id = s.audit_id
		where s.seq > ${after} order by s.seq limit ${limit}`;
	return rows.map(toSealed);
}

/** Seals that no head covers: a round writes both, so there are none. */
export async function listUnsigned(db: Queryable): Promise<SealedLine[]> {
	const rows = await db<SealedRow[]>`
		select ${sealColumns(db)} from audit_seals s left join audit_log a on a.id = s.audit_id
		where s.seq > coalesce((select max(seq) from audit_heads), 0) order by s.seq limit 10`;
	return rows.map(toSealed);
}

/** Lines that should have been sealed by now: somebody put them in behind the sealer. At most a few, to be named. */
export async function listStrays(db: Queryable, horizon: number): Promise<number[]> {
	const rows = await db<{ id: number }[]>`
		select a.id from audit_log a
		where a.xid < ${horizon} and not exists (select from audit_seals s where s.audit_id = a.id)
		order by a.id limit 10`;
	return rows.map(({ id }) => id);
}

export async function countUnsealed(db: Queryable): Promise<number> {
	const [row] = await db<{ n: number }[]>`
		select count(*) as n from audit_log a
		where not exists (select from audit_seals s where s.audit_id = a.id)`;
	return row?.n ?? 0;
}

export type StepRow = {
	readonly id: number;
	readonly at: string;
	readonly action: string;
	readonly clause: string | null;
	readonly seq: number | null;
	readonly sealedAt: string | null;
};

/** The lines about a subject in their order, each with its seal and the first head that covers it. */
export const listSteps = (db: Queryable, subject: string): Promise<StepRow[]> => db<StepRow[]>`
	select a.id, a.at, a.action, a.clause, s.seq, h.at as "sealedAt"
	from audit_log a left join audit_seals s on s.audit_id = a.id
	left join lateral (select at from audit_heads where seq >= s.seq order by seq limit 1) h on true
	where a.subject = ${subject} order by a.id`;
