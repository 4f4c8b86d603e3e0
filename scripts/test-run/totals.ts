import { z } from 'zod';

/** What one step of the run adds to the totals. */
export type Totals = { readonly passed: number; readonly failed: number };

const vitestReport = z.object({ numPassedTests: z.int(), numFailedTests: z.int() });
const playwrightReport = z.object({
	stats: z.object({ expected: z.int(), unexpected: z.int(), flaky: z.int() }),
	errors: z.array(z.unknown()).default([])
});

/**
 * Reads a runner's own JSON report. A runner that failed without counting a failed test (a crash, an error between
 * tests, a report that is missing) counts as one failure, so that it can never look green.
 */
export function totalsOf(report: unknown, runnerSucceeded: boolean): Totals {
	const counted = count(report);
	return counted.failed === 0 && !runnerSucceeded ? { ...counted, failed: 1 } : counted;
}

function count(report: unknown): Totals {
	const vitest = vitestReport.safeParse(report);
	if (vitest.success) return { passed: vitest.data.numPassedTests, failed: vitest.data.numFailedTests };
	const playwright = playwrightReport.safeParse(report);
	if (!playwright.success) return { passed: 0, failed: 0 };
	const { expected, unexpected, flaky } = playwright.data.stats;
	// A test that passes at the second try has failed once too often.
	return { passed: expected, failed: unexpected + flaky };
}

export const sum = (all: readonly Totals[]): Totals => ({
	passed: all.reduce((total, one) => total + one.passed, 0),
	failed: all.reduce((total, one) => total + one.failed, 0)
});

/** The last line of a run. */
export const totalsLine = ({ passed, failed }: Totals): string => `${passed} passed, ${failed} failed`;
