import { vietnamDay } from '$lib/domain/calendar/working-days.ts';
import { transaction, type Sql } from '$lib/server/db/pool.ts';
import { digestOf, firstHash, type Signer } from './record.ts';
import {
	becomeSealer,
	endOfRound,
	findLastHead,
	insertHead,
	insertRoot,
	readPlace,
	sealAllOf,
	sealBetween
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
		const before = { seq: last?.seq ?? 0, hash: last?.hash ?? firstHash };
		const from = last?.epoch === place.epoch ? last.horizon : null;
		const horizon =
			from === null ? place.horizon : await endOfRound(tx, { from, horizon: place.horizon, limit: atMost });
		const sealed =
			from === null ? await sealAllOf(tx, before, place) : await sealBetween(tx, before, { from, horizon });
		if (!sealed) return 0;
		const at = deps.now();
		const prev = last ? digestOf(last) : '';
		await insertHead(tx, deps.signer.sign({ epoch: place.epoch, ...sealed, horizon, at, prev }));
		// The last head of a day that is over is that day's root.
		if (last && vietnamDay(Date.parse(last.at)) < vietnamDay(Date.parse(at)))
			await insertRoot(tx, vietnamDay(Date.parse(last.at)), last.n);
		return sealed.seq - before.seq;
	});
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
