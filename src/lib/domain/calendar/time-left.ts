import { vietnamDay } from './working-days.ts';

/** From here on hours and minutes say more than "today". */
const urgentMs = 4 * 3_600_000;
const minuteMs = 60_000;

type Words = {
	today: string;
	left: (span: string) => string;
	over: (span: string) => string;
	days: (n: number) => string;
	hours: (n: number) => string;
	minutes: (n: number) => string;
};

const words: Readonly<Record<'vi' | 'en', Words>> = {
	vi: {
		today: 'Hôm nay',
		left: (span) => `Còn ${span}`,
		over: (span) => `Quá hạn ${span}`,
		days: (n) => `${n} ngày`,
		hours: (n) => `${n} giờ`,
		minutes: (n) => (n === 0 ? 'dưới 1 phút' : `${n} phút`)
	},
	en: {
		today: 'Today',
		left: (span) => `${span} left`,
		over: (span) => `Overdue by ${span}`,
		days: (n) => (n === 1 ? '1 day' : `${n} days`),
		hours: (n) => (n === 1 ? '1 hour' : `${n} hours`),
		minutes: (n) => (n === 0 ? 'under 1 minute' : n === 1 ? '1 minute' : `${n} minutes`)
	}
};

/** What `timeLeft` needs of a term: a case has it. */
export type OpenTerm = { readonly dueAt: string; readonly countedDays: readonly string[] };

/** The counted days that still lie wholly ahead; today is not one of them. */
export function workingDaysLeft(term: OpenTerm, now: number): number {
	const today = vietnamDay(now);
	return term.countedDays.filter((day) => day > today).length;
}

/**
 * TG-10.2b: the time left as an officer reads it: working days, then "today", then hours and minutes, then how far it
 * is overdue.
 */
export function timeLeft(term: OpenTerm, now: number, locale: 'vi' | 'en' = 'vi'): string {
	const say = words[locale];
	const left = Date.parse(term.dueAt) - now;
	if (left <= 0) return say.over(longSpan(-left, say));
	if (left <= urgentMs) return say.left(shortSpan(left, say));
	const days = workingDaysLeft(term, now);
	return days === 0 ? say.today : say.days(days);
}

/** Rounded down, so that nobody is promised a minute that is not there. */
function shortSpan(ms: number, say: Words): string {
	const minutes = Math.floor(ms / minuteMs);
	const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
	if (hours === 0) return say.minutes(rest);
	return rest === 0 ? say.hours(hours) : `${say.hours(hours)} ${say.minutes(rest)}`;
}

function longSpan(ms: number, say: Words): string {
	const days = Math.floor(ms / 86_400_000);
	return days > 0 ? say.days(days) : shortSpan(ms, say);
}
