import fc from 'fast-check';
import { expect, test } from 'vitest';
import { maskedName, misuseAnswer, waitingDays } from './misuse.ts';

test.each([
	['Nguyễn Thị Tư', 'N. T. Tư'],
	['Đỗ Hải Yến', 'Đ. H. Yến'],
	['Lan', 'Lan'],
	['  Trần   Lan ', 'T. Lan'],
	['', '']
])('TG-16.2 %s is shown as %s', (name, masked) => expect(maskedName(name)).toBe(masked));

test('TG-16.2 of a family name no more than its first letter is ever shown', () => {
	fc.assert(
		fc.property(fc.array(fc.string({ minLength: 2, unit: 'binary' }), { maxLength: 5 }), (words) => {
			const clean = words.map((word) => word.replaceAll(/\s/gu, 'x'));
			for (const part of maskedName(clean.join(' ')).split(' ').slice(0, -1))
				expect([...part].length).toBeLessThanOrEqual(2);
		})
	);
});

test('an answer says something', () => {
	const id = '00000000-0000-4000-8000-000000000001';
	expect(misuseAnswer.safeParse({ id, answer: '  Đã xem   ' }).success).toBe(false);
	expect(misuseAnswer.parse({ id, answer: ' Máy lạ đã bị đăng xuất. ' }).answer).toBe(
		'Máy lạ đã bị đăng xuất.'
	);
});

test.each([
	['2026-11-29T16:59:00.000Z', '2026-11-29T17:01:00.000Z', 1],
	['2026-11-29T17:00:00.000Z', '2026-11-30T16:59:00.000Z', 0],
	['2026-11-22T02:00:00.000Z', '2026-11-30T02:00:00.000Z', 8]
])('from %s to %s a report has waited %i days in Vietnam', (at, now, days) =>
	expect(waitingDays(at, now)).toBe(days)
);
