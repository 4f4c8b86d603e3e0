import type { Sql } from '$lib/server/db/pool.ts';

const everyMs = 5_000;
/** Above it somebody is told: the app's own transactions are ended before (`transaction_timeout`). */
export const lagAlertMs = 20_000;
const saidEveryMs = 60_000;

/**
 * How long the horizon has been held back, whoever holds it: the age of the oldest sample that has not been passed. Only
 * samples of the transaction counter are needed, and no right to look at other sessions (sync 7).
 */
export class HorizonLag {
	readonly #samples: { at: number; next: number }[] = [];
	#ms = 0;

	/** `horizon` = the oldest transaction under way, `next` = the next one to begin. Returns the lag in milliseconds. */
	sample(at: number, horizon: number, next: number): number {
		this.#samples.push({ at, next });
		while (this.#samples[0] && this.#samples[0].next <= horizon) this.#samples.shift();
		this.#ms = at - (this.#samples[0]?.at ?? at);
		return this.#ms;
	}

	get ms(): number {
		return this.#ms;
	}
}

export type LagWatch = { readonly lag: HorizonLag; stop(): void };

/** Samples the horizon for as long as the program runs, and tells the log while it is held for long, once a minute. */
export function watchLag(
	db: Sql,
	log: { warn(facts: object, message: string): void },
	uptime: () => number = () => performance.now()
): LagWatch {
	const lag = new HorizonLag();
	let saidAt = -Infinity;
	let asking = false;
	async function look(): Promise<void> {
		const [row] = await db<{ horizon: number; next: number }[]>`
			select pg_snapshot_xmin(s)::text::bigint as horizon, pg_snapshot_xmax(s)::text::bigint as next
			from pg_current_snapshot() s`;
		if (!row) return;
		const ms = lag.sample(uptime(), row.horizon, row.next);
		if (ms < lagAlertMs || uptime() - saidAt < saidEveryMs) return;
		saidAt = uptime();
		const held = row.next - row.horizon;
		log.warn({ seconds: Math.round(ms / 1000), held }, 'the feed is held back: a transaction does not end');
	}
	const timer = setInterval(() => {
		if (asking) return;
		asking = true;
		// The database being away is told by others.
		look()
			.catch(() => undefined)
			.finally(() => (asking = false));
	}, everyMs);
	timer.unref();
	return { lag, stop: () => clearInterval(timer) };
}
