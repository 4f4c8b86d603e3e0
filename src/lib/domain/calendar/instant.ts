const vietnamMs = 7 * 3_600_000;

/** A day (`YYYY-MM-DD`) as it is written in letters, "22/11/2026". */
export const writtenDay = (day: string): string => day.split('-').reverse().join('/');

/** An instant as it is written in letters, "14:05 22/11/2026", on the clock of Vietnam. */
export function writtenInstant(instant: string): string {
	const here = new Date(Date.parse(instant) + vietnamMs).toISOString();
	const [year, month, day] = here.slice(0, 10).split('-');
	return `${here.slice(11, 16)} ${day}/${month}/${year}`;
}
