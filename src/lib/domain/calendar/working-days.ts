import type { Calendar } from '../agencies/schema.ts';

/** A day left out of a term, with the reason people are shown. */
export type SkippedDay = { readonly day: string; readonly reason: string };

/** A term in working days, counted so that anyone can check it. */
export type CountedTerm = {
	/** The working days of the term in order, `YYYY-MM-DD` in Vietnam. */
	readonly counted: readonly string[];
	readonly lastDay: string;
	/** The first instant that is too late: the end (24:00) of the last day, in UTC. */
	readonly overdueFrom: string;
	/** Days after the first one that did not count. */
	readonly skipped: readonly SkippedDay[];
	/** True when the term reaches a year whose holidays the calendar does not hold: the end may still move. */
	readonly provisional: boolean;
};

const dayMs = 86_400_000;
/** Vietnam has had +07:00 without daylight saving since 1975, so no time zone database is needed. */
const vietnamMs = 7 * 3_600_000;

/** The day an instant falls on in Vietnam. */
export const vietnamDay = (instant: string | number): string =>
	new Date(new Date(instant).getTime() + vietnamMs).toISOString().slice(0, 10);

/** The first instant of a day in Vietnam. */
export const startOfDay = (day: string): string =>
	new Date(Date.parse(`${day}T00:00:00Z`) - vietnamMs).toISOString();

/** The day so many days later. */
export const addDays = (day: string, days: number): string =>
	new Date(Date.parse(`${day}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10);

/**
 * TG-10.2b: counts a term of working days. The day of receipt never counts, weekends and days off are left out,
 * Saturdays that make up for a swapped day count, and the term ends with its last day (Civil Code 2015,
 * art. 147 and 148).
 */
export function countWorkingDays(term: {
	/** The server's receipt. */
	readonly from: string;
	readonly workingDays: number;
	readonly calendar: Calendar;
}): CountedTerm {
	if (!Number.isInteger(term.workingDays) || term.workingDays < 1)
		throw new RangeError(`A term has at least one working day, not ${term.workingDays}`);
	const reasonToRest = restReasons(term.calendar);
	const counted: string[] = [];
	const skipped: SkippedDay[] = [];
	const first = vietnamDay(term.from);
	let lastDay = first;
	while (counted.length < term.workingDays) {
		lastDay = addDays(lastDay, 1);
		const reason = reasonToRest(lastDay);
		if (reason === null) counted.push(lastDay);
		else skipped.push({ day: lastDay, reason });
	}
	return {
		counted,
		lastDay,
		overdueFrom: startOfDay(addDays(lastDay, 1)),
		skipped,
		provisional: !holdsYears(term.calendar, first, lastDay)
	};
}

/** Whether a day is worked in a state office. */
export const isWorkingDay = (day: string, calendar: Calendar): boolean => restReasons(calendar)(day) === null;

function restReasons(calendar: Calendar): (day: string) => string | null {
	const off = new Map(calendar.off.map(({ day, reason }) => [day, reason]));
	const made = new Set(calendar.workingSaturdays);
	return (day) => {
		const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
		const weekend = weekday === 6 ? 'Thứ Bảy' : weekday === 0 ? 'Chủ nhật' : null;
		return off.get(day) ?? (made.has(day) ? null : weekend);
	};
}

function holdsYears(calendar: Calendar, first: string, last: string): boolean {
	const known = new Set(calendar.off.map(({ day }) => day.slice(0, 4)));
	return known.has(first.slice(0, 4)) && known.has(last.slice(0, 4));
}
