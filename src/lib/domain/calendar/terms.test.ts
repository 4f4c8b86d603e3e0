import fc from 'fast-check';
import { expect, test } from 'vitest';
import facts from './data/vectors.json' with { type: 'json' };
import { countTerm } from './terms.ts';
import { addDays, countWorkingDays, isWorkingDay, vietnamDay } from './working-days.ts';

const { calendar } = facts;
const count = (from: string, days: number, unit: 'working' | 'calendar') =>
	countTerm({ from, length: { days, unit }, calendar });

test.each([
	// Friday 20/11/2026; 24/11 is a holiday.
	['2026-11-20T15:00:00+07:00', 10, '2026-11-30', '2026-11-30T17:00:00.000Z'],
	['2026-11-20T23:59:00+07:00', 3, '2026-11-23', '2026-11-23T17:00:00.000Z'],
	['2026-11-21T00:00:00+07:00', 3, '2026-11-25', '2026-11-25T17:00:00.000Z'],
	['2026-11-20T15:00:00+07:00', 8, '2026-11-30', '2026-11-30T17:00:00.000Z'],
	['2026-11-20T15:00:00+07:00', 15, '2026-12-07', '2026-12-07T17:00:00.000Z'],
	['2026-11-20T15:00:00+07:00', 20, '2026-12-10', '2026-12-10T17:00:00.000Z']
])('LAW-data-subject received %s, %i days end with %s', (from, days, lastDay, overdueFrom) => {
	expect(count(from, days, 'calendar')).toMatchObject({ lastDay, overdueFrom, provisional: false });
});

test('LAW-data-subject a last day that is a day off moves on, and says why', () => {
	expect(count('2026-11-20T15:00:00+07:00', 8, 'calendar').skipped).toEqual([
		{ day: '2026-11-28', reason: 'Thứ Bảy' },
		{ day: '2026-11-29', reason: 'Chủ nhật' }
	]);
	expect(count('2026-11-21T00:00:00+07:00', 3, 'calendar').skipped).toEqual([
		{ day: '2026-11-24', reason: 'Nghỉ lễ' }
	]);
});

test('LAW-data-subject any term ends on a working day, never before its days are over, and lists what it counts', () => {
	const from = fc
		.date({ min: new Date('2025-01-01'), max: new Date('2026-11-01'), noInvalidDate: true })
		.map((date) => date.toISOString());
	fc.assert(
		fc.property(from, fc.integer({ min: 1, max: 40 }), (from, days) => {
			const term = count(from, days, 'calendar');
			expect(isWorkingDay(term.lastDay, calendar)).toBe(true);
			expect(term.lastDay >= addDays(vietnamDay(from), days)).toBe(true);
			expect(term.counted.at(-1)).toBe(term.lastDay);
			expect(term.counted.length).toBe(days + term.skipped.length);
			expect(new Set(term.counted).size).toBe(term.counted.length);
			expect(count(from, days, 'working')).toEqual(countWorkingDays({ from, workingDays: days, calendar }));
		})
	);
});

test('LAW-data-subject a term of no days is a fault', () => {
	for (const days of [0, -1, 1.5])
		expect(() => count('2026-11-20T15:00:00Z', days, 'calendar')).toThrow(RangeError);
});
