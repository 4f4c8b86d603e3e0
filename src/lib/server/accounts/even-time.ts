import { setTimeout as sleep } from 'node:timers/promises';

/** Longer than the work takes, so that how long an answer took tells nobody whether a name is registered (TG-8). */
const leastMs = 500;

/** Runs `work` and answers no sooner than half a second after it was asked, also when it fails. */
export async function inEvenTime<T>(work: () => Promise<T>, ms: number = leastMs): Promise<T> {
	const [done] = await Promise.allSettled([work(), sleep(ms)]);
	if (done.status === 'rejected') throw done.reason;
	return done.value;
}
