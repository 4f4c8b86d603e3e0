import { expect, test } from 'vitest';
import { maskedName, misuseAnswer, waitingDays } from './misuse.ts';

test.each([
	['Nguyễn Thị Tư', 'N. T. Tư'],
	['Đỗ Hải Yến', 'Đ. H. Yến'],
	['Lan', 'Lan'],
	['Công Tằng Tôn Nữ Thị Hồng', 'C. T. T. N. T. Hồng'],
	['  Trần   Lan ', 'T. Lan'],
	['', '']
])('TG-16.2 %s is shown as %s', (name, masked) => expect(maskedName(name)).toBe(masked));

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
