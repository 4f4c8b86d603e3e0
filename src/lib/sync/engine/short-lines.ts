/** A line that lived so long is a good one. */
const goodAfterMs = 30_000;
const firstWaitMs = 2_000;
/** Half as long as the poll that covers it in any case. */
const longestWaitMs = 30_000;

/**
 * How long after a new line everything is asked for: at once, unless lines are cut again and again (a proxy that ends
 * streams, a bad network). Then it is asked less and less often, and still before the next poll, instead of with each
 * line; pokes that come while one holds are answered as ever (sync 11). Times in milliseconds of uptime.
 */
export class ShortLines {
	#since: number | null = null;
	#short = 0;

	/** A line was lost. */
	cut(now: number): void {
		if (this.#since === null) return;
		this.#short = now - this.#since < goodAfterMs ? this.#short + 1 : 0;
		this.#since = null;
	}

	/** A line stands; returns how long the question for everything may wait. */
	connected(now: number): number {
		this.#since = now;
		return this.#short < 2 ? 0 : Math.min(longestWaitMs, firstWaitMs * 2 ** (this.#short - 2));
	}
}
