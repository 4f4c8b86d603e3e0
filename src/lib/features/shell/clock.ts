/** From here on the device's clock is worth a word (sync 12): below it nobody would notice. */
const worthSaying = 2 * 60_000;

export type Far = { readonly unit: 'minutes' | 'hours' | 'days'; readonly count: number };

/** How far the device's clock is off, in the unit people would say, or null when it is near enough. */
export function clockFar(skewMs: number | null): Far | null {
	if (skewMs === null || Math.abs(skewMs) < worthSaying) return null;
	const minutes = Math.round(Math.abs(skewMs) / 60_000);
	if (minutes < 90) return { unit: 'minutes', count: minutes };
	const hours = Math.round(minutes / 60);
	return hours < 48 ? { unit: 'hours', count: hours } : { unit: 'days', count: Math.round(hours / 24) };
}
