import { describe, expect, test } from 'vitest';
import { deviceTimeDiffers, holidaysAhead, termDays } from './term.ts';

// A listing sent on Thursday 19/11/2026; Tuesday 24/11 is the Day of Vietnamese Culture.
const term = {
	receivedAt: '2026-11-19T01:12:00.000Z',
	countedDays: ['2026-11-20', '2026-11-23', '2026-11-25'],
	skippedDays: [
		{ day: '2026-11-21', reason: 'Thứ Bảy' },
		{ day: '2026-11-22', reason: 'Chủ nhật' },
		{ day: '2026-11-24', reason: 'Ngày Văn hóa Việt Nam' }
	],
	lastDay: '2026-11-25'
};
const at = (vietnam: string) => Date.parse(`${vietnam}+07:00`);

describe('how a term was counted', () => {
	test('TG-10.2b the day of receipt never counts, days off are skipped with their reason', () => {
		const days = termDays(term, at('2026-11-23T09:00'));
		expect(days.map((day) => [day.day.slice(8), day.kind, day.number, day.reason])).toEqual([
			['19', 'received', null, null],
			['20', 'counted', 1, null],
			['21', 'off', null, 'Thứ Bảy'],
			['22', 'off', null, 'Chủ nhật'],
			['23', 'counted', 2, null],
			['24', 'off', null, 'Ngày Văn hóa Việt Nam'],
			['25', 'counted', 3, null]
		]);
		expect(days.filter((day) => day.last).map((day) => day.day)).toEqual(['2026-11-25']);
		expect(days.filter((day) => day.today).map((day) => day.day)).toEqual(['2026-11-23']);
	});

	test('TG-10.2b a receipt just after midnight in Vietnam belongs to the new day', () => {
		const days = termDays({ ...term, receivedAt: '2026-11-18T17:05:00.000Z' }, at('2026-11-19T01:00'));
		expect(days[0]).toMatchObject({ day: '2026-11-19', kind: 'received', today: true });
	});

	test('a receipt on a day off is shown once', () => {
		const days = termDays({ ...term, receivedAt: '2026-11-21T02:00:00.000Z' }, at('2026-11-21T10:00'));
		expect(days.filter((day) => day.day === '2026-11-21')).toHaveLength(1);
	});

	test('a holiday still ahead is named in the list, weekends and past days are not', () => {
		expect(holidaysAhead(term, at('2026-11-20T09:00')).map((skipped) => skipped.day)).toEqual(['2026-11-24']);
		expect(holidaysAhead(term, at('2026-11-25T09:00'))).toEqual([]);
	});

	test('sync 12: the time of the device is shown when it says something else', () => {
		expect(deviceTimeDiffers('2026-11-19T01:12:00Z', '2026-11-19T01:11:20Z')).toBe(false);
		expect(deviceTimeDiffers('2026-11-19T01:12:00Z', '2026-11-18T22:40:00Z')).toBe(true);
		expect(deviceTimeDiffers('2026-11-19T01:12:00Z', '2036-11-19T01:12:00Z')).toBe(true);
	});
});
