const firstMs = 1_000;
const longestMs = 60_000;

/** What waiting needs of the engine: a clock that only grows, chance, and who hears of our own faults. */
export type Around = {
	readonly uptime: () => number;
	readonly random: () => number;
	readonly fault: (error: unknown) => void;
};

/** How long to wait before asking an unreachable server again: doubling, never in step with other devices. */
export class Backoff {
	readonly #random: () => number;
	#failures = 0;
	/** The wait now in force; 0 while the server answers. */
	pending = 0;

	constructor(random: () => number) {
		this.#random = random;
	}

	next(): number {
		const full = Math.min(longestMs, firstMs * 2 ** this.#failures);
		this.#failures += 1;
		this.pending = full * (0.5 + this.#random() / 2);
		return this.pending;
	}

	/** The server itself says how long to leave it alone, in milliseconds; never longer than an unreachable one. */
	hold(ms: number): void {
		this.pending = Math.min(longestMs, Math.max(0, ms));
	}

	reset(): void {
		this.#failures = 0;
		this.pending = 0;
	}
}
