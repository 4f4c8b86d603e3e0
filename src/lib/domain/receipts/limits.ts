import { no, ok, type Result } from '../kernel/refusal.ts';

/** So many codes one officer looks up in this time: more than a desk with a queue needs, too few to try codes out. */
export const mostLookups = 60;
export const lookupWindowSeconds = 10 * 60;

/** Lookups of one officer within the window before now. `oldest` null = there are none. */
export type Lookups = { readonly count: number; readonly oldest: string | null };

/** TG-16.2: whether one more may be looked up; `too_many_attempts` says how many seconds to wait. */
export function checkLookup({ count, oldest }: Lookups, now: string): Result<void> {
	if (count < mostLookups || oldest === null) return ok(undefined);
	const since = (Date.parse(now) - Date.parse(oldest)) / 1_000;
	const seconds = Math.max(1, Math.ceil(lookupWindowSeconds - since));
	return no('too_many_attempts', { clause: 'TG-16.2', retry: true, facts: { seconds } });
}
