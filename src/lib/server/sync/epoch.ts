import { audit } from '$lib/server/audit/audit.ts';
import { forgetPacks } from '$lib/server/catalogue/service.ts';
import type { Queryable, Sql } from '$lib/server/db/pool.ts';
import { write } from './write.ts';

/** Where the numbers in codes come from that people read out: of orders, cases, measures, data requests, breaches, proposals, reports of misuse. */
export const numberSequences = [
	'case_numbers',
	'order_numbers',
	'measure_numbers',
	'data_request_numbers',
	'data_breach_numbers',
	'proposal_numbers',
	'misuse_reports_number_seq'
] as const;

/** The last number each has given out. */
export type LastNumbers = Readonly<Record<string, number>>;

/** Where the database stands: what it may never go back behind without a new epoch (sync 13). */
export type Place = {
	readonly epoch: string;
	/** The next transaction id: every version given so far is below it. */
	readonly xid: number;
	/** Rises whenever Postgres recovers to a point in the past, or a standby takes over. */
	readonly timeline: number;
	/** When the epoch began; null = it is the first. */
	readonly begunAt: string | null;
	readonly numbers: LastNumbers;
};

export async function readPlace(db: Queryable): Promise<Place> {
	const [row] = await db<Place[]>`
		select epoch, pg_snapshot_xmax(pg_current_snapshot())::text::bigint as xid,
			('x' || substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8))::bit(32)::int as timeline,
			restored_at as "begunAt", (
				select coalesce(jsonb_object_agg(sequencename, last_value), '{}') from pg_sequences
				where schemaname = 'public' and sequencename = any(${[...numberSequences]}::text[])
					and last_value is not null) as numbers
		from exchange`;
	if (!row) throw new Error('the exchange has no row of its own');
	return row;
}

/**
 * Whether the database has lost what it once had, and nobody has dealt with it: an older state of the same epoch, or one
 * of an epoch before. A newer epoch says that somebody has.
 */
export const wentBack = (before: Place, now: Place): boolean =>
	(now.xid < before.xid || now.timeline !== before.timeline) &&
	(before.epoch === now.epoch || begunMs(now) <= begunMs(before));

const begunMs = ({ begunAt }: Place): number => (begunAt === null ? 0 : Date.parse(begunAt));

/** More than was given out in any lost stretch, and one figure more in a code at most. */
const numbersSkipped = 10_000;

/**
 * After a restore: every device reads everything again and offers what it kept (sync 13). Versions begin at 0, since
 * those of the past may lie above the horizon of this cluster; so do the marks and floors that speak of them. Codes that somebody
 * may have been told in the lost stretch are not given to anything else. Where
 * backups are kept devices keep everything until the first one of this epoch is complete.
 * `from` is the epoch that was found wanting: of several processes that notice it, one changes it. `numbers` is what was written
 * down beside the database: the same copy may have been put back before. Acts as the owner.
 * Returns the epoch now in force.
 */
export async function beginEpoch(
	owner: Sql,
	options: { from: string; now: string; why: string; endSessions?: boolean; numbers?: LastNumbers }
): Promise<string> {
	const { from, now, why, endSessions = false, numbers = {} } = options;
	return write(owner, { actorId: 'system:restore', now }, async (ctx) => {
		const { tx } = ctx;
		const [changed] = await tx<{ epoch: string }[]>`
			update exchange set epoch = gen_random_uuid(),
				watermark = case when watermark is not null then 0 end, watermark_at = null, restored_at = now()
			where epoch = ${from} returning epoch`;
		if (!changed) return (await readPlace(tx)).epoch;
		await tx`update sync_feed set version = 0 where version <> 0`;
		await tx`
			update command_log set version = 0
			where version >= pg_snapshot_xmin(pg_current_snapshot())::text::bigint`;
		await tx`delete from sync_floors`;
		await tx`delete from sync_marks`;
		await forgetPacks(tx);
		for (const name of numberSequences)
			await tx`
				select setval(${name}::regclass,
					greatest(last_value, ${numbers[name] ?? 0}::bigint) + ${numbersSkipped}) from ${tx(name)}`;
		if (endSessions) await tx`delete from sessions`;
		const subject = `exchange:${changed.epoch}`;
		await audit(ctx, { action: 'exchange.restored', subject, data: { from, why, endSessions } });
		return changed.epoch;
	});
}

/** Backups are to be kept, and nothing is in one yet: devices keep everything. Acts as the owner. */
export const expectBackups = async (owner: Sql): Promise<void> =>
	void (await owner`update exchange set watermark = 0 where watermark is null`);

/** Says that every version below `watermark` is in a backup; null = none are kept. Acts as the owner. */
export const announceWatermark = async (owner: Sql, watermark: number | null): Promise<void> =>
	void (await owner`
		update exchange set watermark = ${watermark},
			watermark_at = case when ${watermark}::bigint is null then null else now() end
		where watermark is distinct from ${watermark}`);
