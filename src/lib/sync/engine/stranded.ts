import { markWaiting } from '../outbox/outbox.ts';
import type { LocalDb } from '../store/local.ts';

const strandedAfterMs = 60_000;

/**
 * Commands that another tab has under way. One that sent by hand beside this one and was closed leaves them to nobody:
 * whatever stays so for long goes out again under its id (sync 1).
 */
export class Stranded {
	readonly #local: LocalDb;
	/** By their place in the outbox, with when this tab saw it first. */
	readonly #since = new Map<number, number>();

	constructor(local: LocalDb) {
		this.#local = local;
	}

	/** `now`: milliseconds that only ever grow. */
	async takeBack(now: number, term: number): Promise<void> {
		const sending = await this.#local.outbox.where('state').equals('sending').primaryKeys();
		for (const seq of this.#since.keys()) if (!sending.includes(seq)) this.#since.delete(seq);
		for (const seq of sending) if (!this.#since.has(seq)) this.#since.set(seq, now);
		const stranded = sending.filter((seq) => now - (this.#since.get(seq) ?? now) >= strandedAfterMs);
		if (stranded.length > 0) await markWaiting(this.#local, stranded, term);
	}

	/** Nothing is under way. */
	clear(): void {
		this.#since.clear();
	}
}
