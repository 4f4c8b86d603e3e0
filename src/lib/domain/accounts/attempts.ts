/**
 * TG-5: how often a password may be guessed. A budget belongs to one account and one known device, or to one account
 * and all unknown devices together: who guesses calls itself another device each time.
 */
export const attemptWindowSeconds = 15 * 60;
export const mostFailures = 10;
/** The first typing mistakes cost nothing. */
const freeFailures = 3;
const longestWaitSeconds = 60;

export type Attempts = {
	/** Failures of this budget within the window. */
	readonly failures: number;
	/** Seconds since the last of them, and since the oldest. */
	readonly sinceLast: number;
	readonly sinceOldest: number;
};

/** Whole seconds to wait before the next try; 0 = now. Doubles with each failure, then waits for the oldest to be over. */
export function waitBeforeTry({ failures, sinceLast, sinceOldest }: Attempts): number {
	if (failures >= mostFailures) return Math.max(1, Math.ceil(attemptWindowSeconds - sinceOldest));
	if (failures < freeFailures) return 0;
	const wait = Math.min(longestWaitSeconds, 2 ** (failures - freeFailures));
	return Math.max(0, Math.ceil(wait - sinceLast));
}

const calmFailures = 30;

/** Milliseconds an answer to this address is held back: a commune that shares it is slowed, never refused. */
export const slowBy = (failuresFromAddress: number): number =>
	Math.min(3_000, Math.max(0, failuresFromAddress - calmFailures) * 50);
