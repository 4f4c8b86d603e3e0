import { expect, test } from 'vitest';
import { sum, totalsLine, totalsOf } from './totals.ts';

const vitest = { numTotalTests: 9, numPassedTests: 7, numFailedTests: 2, success: false };
const playwright = { stats: { expected: 3, unexpected: 1, flaky: 1, skipped: 0 }, errors: [] };

test('counts the tests of every runner', () => {
	expect(totalsOf(vitest, false)).toEqual({ passed: 7, failed: 2 });
	expect(totalsOf(playwright, false)).toEqual({ passed: 3, failed: 2 });
	expect(totalsLine(sum([totalsOf(vitest, false), totalsOf(playwright, false)]))).toBe('10 passed, 4 failed');
});

test('a runner that ends badly without a failed test is a failure', () => {
	expect(totalsOf({ ...vitest, numFailedTests: 0 }, false)).toEqual({ passed: 7, failed: 1 });
	expect(totalsOf(undefined, false)).toEqual({ passed: 0, failed: 1 });
});
