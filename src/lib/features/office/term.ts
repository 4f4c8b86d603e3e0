import { compareCodes } from '$lib/domain/kernel/order.ts';
import { vietnamDay } from '$lib/domain/calendar/working-days.ts';
import type { CaseDoc } from '$lib/domain/moderation/schema.ts';

/** One day of a term as it was counted. */
export type TermDay = {
	readonly day: string;
	readonly kind: 'received' | 'counted' | 'off';
	/** 1 = first counted day. */
	readonly number: number | null;
	readonly reason: string | null;
	readonly last: boolean;
	readonly today: boolean;
};

/**
 * TG-10.2b: the days of a term in their order, from the server's receipt (never counted itself) to the last
 * day. A receipt on a day off is shown once, as the day of receipt.
 */
export function termDays(
	moderationCase: Pick<CaseDoc, 'receivedAt' | 'countedDays' | 'skippedDays' | 'lastDay'>,
	now: number
): TermDay[] {
	const received = vietnamDay(moderationCase.receivedAt);
	const today = vietnamDay(now);
	const rest = [
		...moderationCase.countedDays.map((day, index) => ({
			day,
			kind: 'counted' as const,
			number: index + 1,
			reason: null
		})),
		...moderationCase.skippedDays
			.filter((skipped) => skipped.day > received)
			.map(({ day, reason }) => ({ day, kind: 'off' as const, number: null, reason }))
	].toSorted((a, b) => compareCodes(a.day, b.day));
	return [{ day: received, kind: 'received' as const, number: null, reason: null }, ...rest].map((day) => ({
		...day,
		last: day.day === moderationCase.lastDay,
		today: day.day === today
	}));
}

/** Days off that still lie between today and the last day and are no weekend: worth a word in the list. */
export function holidaysAhead(
	moderationCase: Pick<CaseDoc, 'skippedDays' | 'lastDay'>,
	now: number
): readonly { day: string; reason: string }[] {
	const today = vietnamDay(now);
	return moderationCase.skippedDays.filter(({ day }) => {
		const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
		return day >= today && day < moderationCase.lastDay && weekday !== 0 && weekday !== 6;
	});
}

/** The device's clock is worth showing when it and the server's receipt lie more than this apart. */
const worthShowing = 5 * 60_000;

/** True when the device's time of an act says something the server's receipt does not. */
export const deviceTimeDiffers = (serverTime: string, deviceTime: string): boolean =>
	Math.abs(Date.parse(serverTime) - Date.parse(deviceTime)) > worthShowing;
