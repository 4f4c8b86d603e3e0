import { expect, test } from 'vitest';
import { ShortLines } from './short-lines.ts';

test('sync 11: after a cut everything is asked for at once; lines cut again and again are asked ever less', () => {
	const lines = new ShortLines();
	let now = 0;
	const wait = (livedMs: number): number => {
		lines.cut((now += livedMs));
		// The browser may tell of one cut more than once while it tries.
		lines.cut((now += 10));
		return lines.connected((now += 5_000));
	};
	expect(lines.connected(now)).toBe(0);
	expect([wait(600_000), wait(10_000)]).toEqual([0, 0]);
	expect([10, 10, 10, 10, 10, 10, 10, 10].map((seconds) => wait(seconds * 1_000))).toEqual([
		2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000, 30_000
	]);
	expect([wait(31_000), wait(1_000)]).toEqual([0, 0]);
});
