import type { Calendar } from '$lib/domain/agencies/schema.ts';
import { addDays, countWorkingDays, startOfDay, vietnamDay } from '$lib/domain/calendar/working-days.ts';
import type { Random } from './random.ts';

const minuteMs = 60_000;

/** An instant on a day in Vietnam, by its clock. */
export const at = (day: string, hour: number, minute = 0): string =>
	new Date(Date.parse(startOfDay(day)) + (hour * 60 + minute) * minuteMs).toISOString();

export const later = (instant: string, minutes: number): string =>
	new Date(Date.parse(instant) + minutes * minuteMs).toISOString();

export const daysBefore = (instant: string, days: number): string => addDays(vietnamDay(instant), -days);

const vietnamHour = (instant: string): number =>
	new Date(Date.parse(instant) + 7 * 60 * minuteMs).getUTCHours();

/** The same instant by day, or the evening before it: people order until ten. */
export const beforeBedtime = (instant: string): string => {
	const hour = vietnamHour(instant);
	if (hour >= 6 && hour < 22) return instant;
	return later(instant, -60 * (hour < 6 ? hour + 4 : hour - 20));
};

/** The same instant by day, or the next morning: nobody hands goods over at night. */
export const afterBreakfast = (instant: string): string => {
	const hour = vietnamHour(instant);
	if (hour >= 6 && hour < 20) return instant;
	return later(instant, 60 * (hour < 6 ? 7 - hour : 31 - hour));
};

/** When an officer answers: in office hours of one of the working days of the term, mostly the first. */
export function answerTime(
	received: string,
	workingDays: number,
	calendar: Calendar,
	random: Random
): string {
	const { counted } = countWorkingDays({ from: received, workingDays, calendar });
	const day = counted[random.pick([0, 0, 0, 1, Math.min(2, workingDays - 1)])] ?? counted[0];
	return at(day ?? vietnamDay(received), random.pick([8, 9, 10, 14, 15, 16]), random.int(0, 55));
}

/** The morning after the term, when somebody found the forgotten case. */
export function lateAnswerTime(received: string, workingDays: number, calendar: Calendar): string {
	const { lastDay } = countWorkingDays({ from: received, workingDays: workingDays + 1, calendar });
	return at(lastDay, 8, 40);
}

export type Slot = { readonly received: string; readonly dueAt: string; readonly left: number };

/**
 * Instants of the last three weeks at which something could have been sent in, each with the end of its term: so
 * that a queue can be laid out as due soon, on time and overdue on whatever day the demo is started.
 */
export function receiptSlots(now: string, workingDays: number, calendar: Calendar): Slot[] {
	const slots: Slot[] = [];
	for (let back = 0; back <= 21; back++)
		for (const [hour, minute] of [
			[7, 40],
			[9, 15],
			[10, 50],
			[13, 30],
			[15, 20],
			[17, 5],
			[20, 45]
		] as const) {
			const received = at(daysBefore(now, back), hour, minute);
			if (received >= now) continue;
			const dueAt = countWorkingDays({ from: received, workingDays, calendar }).overdueFrom;
			slots.push({ received, dueAt, left: Date.parse(dueAt) - Date.parse(now) });
		}
	return slots;
}
