import { expect, test } from 'vitest';
import { clockFar } from './clock.ts';

test('sync 12: a clock that is off is named in the unit people would say', () => {
	expect(clockFar(null)).toBe(null);
	expect(clockFar(90_000)).toBe(null);
	expect(clockFar(-5 * 60_000)).toEqual({ unit: 'minutes', count: 5 });
	expect(clockFar(3 * 3_600_000)).toEqual({ unit: 'hours', count: 3 });
	expect(clockFar(-10 * 365 * 86_400_000)).toEqual({ unit: 'days', count: 3650 });
});
