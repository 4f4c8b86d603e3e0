import { expect, test } from 'vitest';
import { HorizonLag } from './lag.ts';

test('sync 7: the lag is as old as the oldest transaction that is still under way', () => {
	const lag = new HorizonLag();
	expect(lag.sample(0, 100, 100)).toBe(0);
	expect(lag.sample(5_000, 100, 105)).toBe(0);
	// 105 began after the last sample, and does not end.
	expect(lag.sample(10_000, 105, 120)).toBe(0);
	expect(lag.sample(15_000, 105, 140)).toBe(5_000);
	expect(lag.sample(30_000, 105, 180)).toBe(20_000);
	// It ended; another that began between the samples at 15 and 30 s goes on.
	expect(lag.sample(35_000, 150, 200)).toBe(5_000);
	expect(lag.sample(40_000, 210, 210)).toBe(0);
	expect(lag.ms).toBe(0);
});

test('sync 7: an exchange in which nothing happens has no lag', () => {
	const lag = new HorizonLag();
	for (let at = 0; at < 600_000; at += 5_000) expect(lag.sample(at, 100, 100)).toBe(0);
});
