const minute = 60_000;
const waits = [0.5, 2, 10, 30, 60, 120, 240, 480, 720].map((minutes) => minutes * minute);

/**
 * When a message is tried again after its `attempts`-th failure, ISO; null = given up, a day and some after the first.
 * The waits grow: a mail server that is away is asked often at first and seldom later.
 */
export function nextTry(attempts: number, now: string): string | null {
	const wait = waits[attempts - 1];
	return wait === undefined ? null : new Date(Date.parse(now) + wait).toISOString();
}

/** More than this only happens to one with which the program ended again and again. */
export const mostAttempts = waits.length + 3;

/** A message that says it is being sent for so long belongs to a program that is gone. It is sent once more. */
export const sendingAtMostMs = 5 * minute;
