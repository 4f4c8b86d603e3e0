import type { Here } from '../outbox/drafts.ts';
import type { CollectionName } from '../protocol/collections.ts';
import type { OutboxRow } from '../store/local.ts';
import type { Store } from '../store/store.ts';
import { forgetKept, setAside } from './kept.ts';
import { rebaseDrafts, releaseAcknowledged } from './release.ts';

const releasedKeptMs = 10_000;

/** What a pull means for what is in the outbox, and for what is kept of it. */
export class OutboxSettling {
	readonly #store: Store;
	readonly #here: Here;
	readonly #releasedAt = new Map<number, number>();

	constructor(store: Store, here: Here) {
		this.#store = store;
		this.#here = here;
	}

	/**
	 * Read once, and mostly nothing. `now`: milliseconds that only ever grow. Returns the collections that acknowledged commands
	 * still wait for.
	 */
	async settle(now: number): Promise<CollectionName[]> {
		const { local } = this.#store;
		const [rows, kept] = await local.transaction('r', local.outbox, local.kept, () =>
			Promise.all([local.outbox.toArray(), local.kept.count()])
		);
		await this.#forgetReleased(rows, now);
		if (kept > 0) await forgetKept(this.#store);
		await rebaseDrafts(this.#store, this.#here, rows);
		return releaseAcknowledged(this.#store, this.#here, rows);
	}

	/**
	 * Released commands leave the outbox a little later: another tab may still hold documents read before the
	 * pull, and would show the order gone for a moment (sync 3).
	 */
	async #forgetReleased(rows: readonly OutboxRow[], now: number): Promise<void> {
		for (const { seq } of rows.filter((row) => row.released)) {
			const since = this.#releasedAt.get(seq) ?? now;
			this.#releasedAt.set(seq, since);
			if (now - since < releasedKeptMs) continue;
			await setAside(this.#store, seq);
			this.#releasedAt.delete(seq);
		}
	}
}
