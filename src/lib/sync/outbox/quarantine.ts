import type { LocalDb } from '../store/local.ts';

/** So often the exchange may answer "not now" before a command is set apart and shown to the person (sync 2). */
export const triesBeforeQuarantine = 12;

const firstPauseMs = 500;
const longestPauseMs = 5 * 60_000;

/**
 * How long a subject is left alone after its command was not taken for the `tries`-th time: doubling, never less than
 * the exchange asked for, never in step with other devices. `random` is in 0…1.
 */
export function pauseAfter(tries: number, askedMs: number, random: number): number {
	const grown = Math.min(longestPauseMs, firstPauseMs * 2 ** (tries - 1));
	return Math.max(askedMs, grown) * (1 + random / 2);
}

/** The person sends a command that was set apart again, as it is and under its own id. False when it is not. */
export async function sendAgain(local: LocalDb, id: string): Promise<boolean> {
	const found = await local.outbox
		.where('id')
		.equals(id)
		.and((row) => row.state === 'quarantined')
		.modify({ state: 'waiting', tries: 0 });
	return found > 0;
}

/**
 * One more chance for everything set apart: at a new start, and when the person presses "send now". What is still not
 * taken is set apart again at once.
 */
export async function tryQuarantinedOnce(local: LocalDb): Promise<void> {
	await local.outbox
		.where('state')
		.equals('quarantined')
		.modify({ state: 'waiting', tries: triesBeforeQuarantine - 1 });
}
