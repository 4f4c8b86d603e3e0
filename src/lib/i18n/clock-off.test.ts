import { expect, test } from 'vitest';
import { clockOff } from './clock-off.ts';

test('sync 12: a clock that is off is named in the unit people would say', () => {
	expect(clockOff(null, 'vi')).toBe(null);
	expect(clockOff(90_000, 'vi')).toBe(null);
	expect(clockOff(-5 * 60_000, 'vi')).toBe('5 phút');
	expect(clockOff(2 * 3_600_000, 'vi')).toBe('2 giờ');
	expect(clockOff(3 * 3_600_000, 'en')).toBe('3 h');
	expect(clockOff(-10 * 365 * 86_400_000, 'vi')).toBe('3650 ngày');
});
