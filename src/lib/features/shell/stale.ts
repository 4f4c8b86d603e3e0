import type { DeviceStatus } from '$lib/sync/app.svelte.ts';

const dayMs = 24 * 3_600_000;
/** Beyond this nobody counts days any more, and a wrong clock would say nonsense. */
export const manyDays = 60;

/**
 * Whole days since everything was last pulled, null below one. The server's word is compared with the device's clock
 * put right by the last known difference; a clock that was set back cannot hide what this page's own uptime has seen.
 */
export function staleDays(
	{ lastComplete, clockSkewMs }: Pick<DeviceStatus, 'lastComplete' | 'clockSkewMs'>,
	here: { readonly now: number; readonly uptimeMs: number }
): number | null {
	if (lastComplete === null) return null;
	const byClock = here.now - (clockSkewMs ?? 0) - Date.parse(lastComplete.at);
	const byUptime = lastComplete.uptimeMs === null ? 0 : here.uptimeMs - lastComplete.uptimeMs;
	const days = Math.floor(Math.max(byClock, byUptime) / dayMs);
	return days < 1 ? null : days;
}

/** Calm while nothing waits and it is not long; plainer when work waits or a week has passed. */
export const staleKind = (days: number, waiting: number): 'info' | 'warning' =>
	waiting > 0 || days >= 7 ? 'warning' : 'info';
