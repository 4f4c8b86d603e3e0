import type { Calendar } from '../agencies/schema.ts';
import { addDays, countWorkingDays, isWorkingDay, startOfDay, vietnamDay } from './working-days.ts';
import type { CountedTerm, SkippedDay } from './working-days.ts';

/** How long a law gives: working days, or days as the calendar has them. */
export type TermLength = { readonly days: number; readonly unit: 'working' | 'calendar' };

const reasonOf = (day: string, calendar: Calendar): string =>
	calendar.off.find((one) => one.day === day)?.reason ??
	(new Date(`${day}T00:00:00Z`).getUTCDay() === 6 ? 'Thứ Bảy' : 'Chủ nhật');

/**
 * A term of either kind, counted so that anyone can check it. The day of receipt never counts; a term of calendar days that
 * would end on a day off ends with the next working day (Civil Code 2015, art. 147 and 148.5).
 */
export function countTerm(term: {
	/** The server's receipt. */
	readonly from: string;
	readonly length: TermLength;
	readonly calendar: Calendar;
}): CountedTerm {
	const { from, length, calendar } = term;
	if (length.unit === 'working') return countWorkingDays({ from, workingDays: length.days, calendar });
	if (!Number.isInteger(length.days) || length.days < 1)
		throw new RangeError(`A term has at least one day, not ${length.days}`);
	const first = vietnamDay(from);
	const counted = Array.from({ length: length.days }, (_, at) => addDays(first, at + 1));
	const skipped: SkippedDay[] = [];
	let lastDay = addDays(first, length.days);
	while (!isWorkingDay(lastDay, calendar)) {
		skipped.push({ day: lastDay, reason: reasonOf(lastDay, calendar) });
		lastDay = addDays(lastDay, 1);
	}
	if (skipped.length > 0) counted.push(...skipped.slice(1).map(({ day }) => day), lastDay);
	const years = new Set(calendar.off.map(({ day }) => day.slice(0, 4)));
	return {
		counted,
		lastDay,
		overdueFrom: startOfDay(addDays(lastDay, 1)),
		skipped,
		provisional: !years.has(first.slice(0, 4)) || !years.has(lastDay.slice(0, 4))
	};
}
