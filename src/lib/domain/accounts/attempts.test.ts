import fc from 'fast-check';
import { expect, test } from 'vitest';
import { attemptWindowSeconds, mostFailures, slowBy, waitBeforeTry } from './attempts.ts';

test('TG-5: the first mistakes cost nothing, each further one doubles the wait', () => {
	const waits = Array.from({ length: mostFailures }, (_, failures) =>
		waitBeforeTry({ failures, sinceLast: 0, sinceOldest: 0 })
	);
	expect(waits).toEqual([0, 0, 0, 1, 2, 4, 8, 16, 32, 60]);
});

test('TG-5: after ten failures one waits until the oldest is over', () => {
	expect(waitBeforeTry({ failures: 10, sinceLast: 800, sinceOldest: 840 })).toBe(60);
	expect(waitBeforeTry({ failures: 10, sinceLast: 899.9, sinceOldest: 899.9 })).toBe(1);
});

test('TG-5: no series of tries makes more than ten failures in fifteen minutes', () => {
	fc.assert(
		fc.property(fc.array(fc.integer({ min: 0, max: 200 }), { maxLength: 200 }), (pauses) => {
			let now = 0;
			const failed: number[] = [];
			for (const pause of pauses) {
				now += pause;
				const recent = failed.filter((at) => at > now - attemptWindowSeconds);
				const [oldest] = recent;
				const last = recent.at(-1);
				const wait = waitBeforeTry({
					failures: recent.length,
					sinceLast: now - (last ?? now),
					sinceOldest: now - (oldest ?? now)
				});
				if (wait === 0) failed.push(now);
				expect(failed.filter((at) => at > now - attemptWindowSeconds).length).toBeLessThanOrEqual(
					mostFailures
				);
			}
		})
	);
});

test('an address that many share is slowed and never stopped', () => {
	expect([0, 30, 31, 50, 90, 10_000].map(slowBy)).toEqual([0, 0, 50, 1_000, 3_000, 3_000]);
});
