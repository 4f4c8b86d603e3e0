import type { RetryAfter } from '$lib/sync/protocol/wire.ts';

/** So many questions of devices are under way at once; the pool answers them ten by ten, so the last waits under a second. */
const atOnce = 100;
const soonestMs = 1_000;
const spreadMs = 4_000;

export type Gate = {
	/** Runs `work`, or says at once when to come again: a queue without an end would answer nobody in time. */
	pass<T>(work: () => Promise<T>): Promise<T | RetryAfter>;
	readonly busy: number;
};

/** Holds off what the process cannot take, each device for another while (sync 11). Nothing is lost: they ask again. */
export function createGate(
	options: { atOnce?: number; random?: () => number; shed?: () => void } = {}
): Gate {
	const { random = Math.random, shed = () => undefined } = options;
	let busy = 0;
	return {
		async pass(work) {
			if (busy >= (options.atOnce ?? atOnce)) {
				shed();
				return { outcome: 'retry', afterMs: Math.round(soonestMs + random() * spreadMs) };
			}
			busy += 1;
			try {
				return await work();
			} finally {
				busy -= 1;
			}
		},
		get busy() {
			return busy;
		}
	};
}
