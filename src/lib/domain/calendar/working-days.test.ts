import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import facts from './data/vectors.json' with { type: 'json' };
import { addDays, countWorkingDays, isWorkingDay, startOfDay, vietnamDay } from './working-days.ts';

const { calendar, vectors, provisional, tet2027 } = facts;
const with2027 = (days: readonly string[]) => ({
	...calendar,
	off: [...calendar.off, ...days.map((day) => ({ day, reason: 'dự kiến' }))]
});

describe('vectors of the published calendars', () => {
	test.each(vectors)('TG-10.2b $why', (vector) => {
		const term = countWorkingDays({ from: vector.submittedAt, workingDays: vector.workingDays, calendar });
		expect(term).toMatchObject({
			counted: vector.countedDays,
			lastDay: vector.lastDay,
			overdueFrom: vector.overdueFrom,
			provisional: false
		});
	});

	test.each([
		[provisional[0], tet2027.option1],
		[provisional[1], tet2027.option2]
	])('TG-10.2b Tết 2027, as proposed: %#', (vector, days) => {
		const term = countWorkingDays({
			from: vector?.submittedAt ?? '',
			workingDays: vector?.workingDays ?? 0,
			calendar: with2027(days)
		});
		expect(term).toMatchObject({ counted: vector?.countedDays, overdueFrom: vector?.overdueFrom });
	});
});

test('TG-10.2b every day left out is named with its reason', () => {
	const term = countWorkingDays({ from: '2026-11-20T15:00:00+07:00', workingDays: 3, calendar });
	expect(term.skipped).toEqual([
		{ day: '2026-11-21', reason: 'Thứ Bảy' },
		{ day: '2026-11-22', reason: 'Chủ nhật' },
		{ day: '2026-11-24', reason: 'Nghỉ lễ' }
	]);
});

test('TG-10.2b a year without holidays in the calendar is answered provisionally', () => {
	const into2027 = countWorkingDays({ from: '2026-12-31T09:00:00+07:00', workingDays: 1, calendar });
	expect(into2027).toMatchObject({ lastDay: '2027-01-01', provisional: true });
	const within2026 = countWorkingDays({ from: '2026-12-30T09:00:00+07:00', workingDays: 1, calendar });
	expect(within2026).toMatchObject({ lastDay: '2026-12-31', provisional: false });
});

test('TG-10.2b a term of no days is a fault', () => {
	for (const workingDays of [0, -1, 1.5])
		expect(() => countWorkingDays({ from: '2026-11-20T15:00:00Z', workingDays, calendar })).toThrow(
			RangeError
		);
});

describe('properties', () => {
	const instant = fc
		.date({
			min: new Date('2020-01-01T00:00:00Z'),
			max: new Date('2026-11-01T00:00:00Z'),
			noInvalidDate: true
		})
		.map((date) => date.toISOString());
	const term = fc.record({ from: instant, workingDays: fc.integer({ min: 1, max: 30 }) });

	test('TG-10.2b counts exactly the working days between receipt and the end', () => {
		fc.assert(
			fc.property(term, ({ from, workingDays }) => {
				const { counted, lastDay, skipped } = countWorkingDays({ from, workingDays, calendar });
				const walked: string[] = [];
				for (let day = addDays(vietnamDay(from), 1); day <= lastDay; day = addDays(day, 1)) walked.push(day);
				expect(counted).toHaveLength(workingDays);
				expect(counted.every((day) => isWorkingDay(day, calendar))).toBe(true);
				expect(counted.at(-1)).toBe(lastDay);
				expect([...counted, ...skipped.map(({ day }) => day)].sort()).toEqual(walked);
			})
		);
	});

	test('TG-10.2b is overdue 24 hours after the last day began, whatever the hour of receipt', () => {
		fc.assert(
			fc.property(term, fc.integer({ min: 0, max: 86_399 }), ({ from, workingDays }, second) => {
				const { overdueFrom, lastDay } = countWorkingDays({ from, workingDays, calendar });
				expect(Date.parse(overdueFrom) - Date.parse(startOfDay(lastDay))).toBe(86_400_000);
				const sameDay = new Date(Date.parse(startOfDay(vietnamDay(from))) + second * 1000).toISOString();
				expect(countWorkingDays({ from: sameDay, workingDays, calendar }).overdueFrom).toBe(overdueFrom);
			})
		);
	});

	test('TG-10.2b never ends sooner for a later receipt or a longer term', () => {
		fc.assert(
			fc.property(term, instant, ({ from, workingDays }, other) => {
				const [early = from, late = other] = [from, other].sort();
				const end = (at: string, days: number) =>
					countWorkingDays({ from: at, workingDays: days, calendar }).overdueFrom;
				expect(end(early, workingDays) <= end(late, workingDays)).toBe(true);
				expect(end(from, workingDays) < end(from, workingDays + 1)).toBe(true);
			})
		);
	});

	test('TG-10.2b depends on the instant and not on how its offset is written', () => {
		fc.assert(
			fc.property(term, fc.integer({ min: -12, max: 14 }), ({ from, workingDays }, hours) => {
				const shifted = new Date(Date.parse(from) + hours * 3_600_000).toISOString().slice(0, -1);
				const sign = hours < 0 ? '-' : '+';
				const written = `${shifted}${sign}${String(Math.abs(hours)).padStart(2, '0')}:00`;
				expect(countWorkingDays({ from: written, workingDays, calendar })).toEqual(
					countWorkingDays({ from, workingDays, calendar })
				);
			})
		);
	});
});
