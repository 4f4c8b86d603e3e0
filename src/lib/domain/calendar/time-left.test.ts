import { expect, test } from 'vitest';
import { timeLeft, workingDaysLeft } from './time-left.ts';

/** Received Friday 20/11/2026, 24/11 is a holiday. */
const term = {
	dueAt: '2026-11-26T17:00:00.000Z',
	countedDays: ['2026-11-23', '2026-11-25', '2026-11-26']
};
const at = (vietnamTime: string) => Date.parse(`${vietnamTime}+07:00`);

test.each([
	['2026-11-20T15:00', '3 ngày', '3 days'],
	['2026-11-22T09:00', '3 ngày', '3 days'],
	['2026-11-23T09:00', '2 ngày', '2 days'],
	['2026-11-24T09:00', '2 ngày', '2 days'],
	['2026-11-25T23:59', '1 ngày', '1 day'],
	['2026-11-26T00:00', 'Hôm nay', 'Today'],
	['2026-11-26T19:59', 'Hôm nay', 'Today'],
	['2026-11-26T20:00', 'Còn 4 giờ', '4 hours left'],
	['2026-11-26T21:50', 'Còn 2 giờ 10 phút', '2 hours 10 minutes left'],
	['2026-11-26T23:59', 'Còn 1 phút', '1 minute left'],
	['2026-11-26T23:59:30', 'Còn dưới 1 phút', 'under 1 minute left'],
	['2026-11-27T00:00', 'Quá hạn dưới 1 phút', 'Overdue by under 1 minute'],
	['2026-11-27T03:05', 'Quá hạn 3 giờ 5 phút', 'Overdue by 3 hours 5 minutes'],
	['2026-11-29T12:00', 'Quá hạn 2 ngày', 'Overdue by 2 days']
])('TG-10.2b at %s an officer reads "%s"', (now, vi, en) => {
	expect(timeLeft(term, at(now))).toBe(vi);
	expect(timeLeft(term, at(now), 'en')).toBe(en);
});

test('TG-10.2b a holiday inside the term is not a day left to work', () => {
	expect(workingDaysLeft(term, at('2026-11-23T12:00'))).toBe(2);
});
