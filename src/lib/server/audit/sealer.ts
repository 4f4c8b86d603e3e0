import { vietnamDay } from '$lib/domain/calendar/working-days.ts';
import { transaction, type Sql, type Tx } from '$lib/server/db/pool.ts';
import { digestOf, firstHash, sealOf, type RecordLine, type Signer } from './record.ts';
import {
	becomeSealer,
	findLastHead,
	insertHead,
	insertRoot,
	insertSeals,
	listUnsealed,
	listUnsealedOfAll,
	readPlace
} from './seal-queries.ts';
import type { Witness } from './witness.ts';

const everyMs = 1_000;
/** Lines a round: what a busy second brings, and what a transaction may well hold. */
const atMost = 5_000;

export type SealerDeps = {
	readonly db: Sql;
	readonly signer: Signer;
	/** The copy of the heads outside the database. */
	readonly witness: Witness;
	readonly now: () => string;
	readonly log: { error(facts: object, message: string): void };
};

/**
 * One round: links what was committed below the horizon since the last head, and signs. Returns how many lines were
 * sealed; null when another process is at it.
 */
export async function sealRound(deps: Omit<SealerDeps, 'witness' | 'log'>): Promise<number | null> {
	return transaction(deps.db, 'system:audit', async (tx) => {
		if (!(await becomeSealer(tx))) return null;
		const place = await readPlace(tx);
		const last = await findLastHead(tx);
		const { lines, horizon } =
			last?.epoch === place.epoch
				? await nextLines(tx, last.horizon, place.horizon)
				: { lines: await listUnsealedOfAll(tx, place), horizon: place.horizon };
		if (lines.length === 0) return 0;
		let hash = last?.hash ?? firstHash;
		let seq = last?.seq ?? 0;
		const seals = lines.map((line) => {
			hash = sealOf(hash, line);
			seq += 1;
			return { seq, auditId: line.id, hash };
		});
		await insertSeals(tx, seals);
		const at = deps.now();
		const prev = last ? digestOf(last) : '';
		await insertHead(tx, deps.signer.sign({ epoch: place.epoch, seq, hash, horizon, at, prev }));
		// The last head of a day that is over is that day's root.
		if (last && vietnamDay(Date.parse(last.at)) < vietnamDay(Date.parse(at)))
			await insertRoot(tx, vietnamDay(Date.parse(last.at)), last.n);
		return lines.length;
	});
}

/** A transaction's lines stay together, so that what is below the head's horizon is sealed without exception. */
async function nextLines(
	tx: Tx,
	from: number,
	horizon: number
): Promise<{ lines: RecordLine[]; horizon: number }> {
	const lines = await listUnsealed(tx, { from, horizon, limit: atMost });
	const next = lines.at(-1)?.xid;
	if (lines.length < atMost || next === undefined) return { lines, horizon };
	const whole = lines.filter(({ xid }) => xid < next);
	if (whole.length > 0) return { lines: whole, horizon: next };
	return { lines: await listUnsealed(tx, { from, horizon: next + 1, limit: 1e9 }), horizon: next + 1 };
}

/**
 * Seals the record each second for as long as the program runs, in one of all processes, and keeps the copy of the heads
 * beside each. Returns how to stop, which seals what there is.
 */
export function startSealer(deps: SealerDeps): () => Promise<void> {
	let failing = false;
	let busy: Promise<void> | null = null;

	async function round(): Promise<void> {
		try {
			while (((await sealRound(deps)) ?? 0) >= atMost) continue;
			await deps.witness.follow(deps.db);
			failing = false;
		} catch (err) {
			if (!failing) deps.log.error({ err }, 'the record is not being sealed');
			failing = true;
		}
	}
	const timer = setInterval(() => {
		busy ??= round().finally(() => (busy = null));
	}, everyMs);
	timer.unref();
	return async () => {
		clearInterval(timer);
		await busy;
		await round();
	};
}
