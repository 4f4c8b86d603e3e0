const vietnamMs = 7 * 3_600_000;

/** What a `datetime-local` field shows of an instant: the clock of Vietnam, whatever the device's. */
export const toLocalField = (instant: number): string =>
	new Date(instant + vietnamMs).toISOString().slice(0, 16);

/** The instant of what was typed there, ISO in UTC; null for nothing readable. */
export function fromLocalField(typed: string): string | null {
	const read = Date.parse(`${typed}Z`);
	return Number.isNaN(read) ? null : new Date(read - vietnamMs).toISOString();
}
