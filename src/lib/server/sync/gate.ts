import type { RetryAfter } from '$lib/sync/protocol/wire.ts';

/** So many questions of devices are under way at once; the pool answers them ten by ten, so the last waits under a second. */
const atOnce = 100;
/** So many of them are of one person at most: three devices with everything they ask beside each other. */
const perPerson = 12;
/** And so many of all who are not signed in, whom nobody can tell apart. */
const nobody = 80;
const soonestMs = 1_000;
const spreadMs = 4_000;

export type Gate = {
	/**
	 * Runs `work` for this person (null = nobody is signed in), or says at once when to come again: a queue without an
	 * end would answer nobody in time, and one person's many tabs and devices must leave the others their places.
	 */
	pass<T>(who: string | null, work: () => Promise<T>): Promise<T | RetryAfter>;
	readonly busy: number;
};

export type GateOptions = {
	readonly atOnce?: number;
	readonly perPerson?: number;
	readonly nobody?: number;
	readonly random?: () => number;
	readonly shed?: () => void;
};

/** Holds off what the process cannot take, each device for another while (sync 11). Nothing is lost: they ask again. */
export function createGate(options: GateOptions = {}): Gate {
	const { random = Math.random, shed = () => undefined } = options;
	let busy = 0;
	const taken = new Map<string | null, number>();
	const share = (who: string | null): number =>
		who === null ? (options.nobody ?? nobody) : (options.perPerson ?? perPerson);
	return {
		async pass(who, work) {
			const own = taken.get(who) ?? 0;
			if (busy >= (options.atOnce ?? atOnce) || own >= share(who)) {
				shed();
				return { outcome: 'retry', afterMs: Math.round(soonestMs + random() * spreadMs) };
			}
			busy += 1;
			taken.set(who, own + 1);
			try {
				return await work();
			} finally {
				busy -= 1;
				const left = (taken.get(who) ?? 1) - 1;
				if (left > 0) taken.set(who, left);
				else taken.delete(who);
			}
		},
		get busy() {
			return busy;
		}
	};
}
