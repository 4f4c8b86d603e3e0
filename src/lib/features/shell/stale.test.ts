import { expect, test } from 'vitest';
import { staleDays, staleKind } from './stale.ts';

const at = '2026-11-20T02:00:00.000Z';
const day = 24 * 3_600_000;
const pulled = Date.parse(at);
const told = (after: number, skew: number | null = 0) =>
	staleDays(
		{ lastComplete: { at, uptimeMs: null }, clockSkewMs: skew },
		{ now: pulled + after + (skew ?? 0), uptimeMs: 0 }
	);

test.each([
	[day - 1, null],
	[day, 1],
	[3.9 * day, 3]
])(
	'sync 12: days since the last complete pull are counted in the time of the exchange (%d ms)',
	(after, days) => {
		expect(told(after)).toBe(days);
		// A clock that is ten years off, by a known difference, counts the same.
		expect(told(after, 3650 * day)).toBe(days);
		expect(told(after, -3650 * day)).toBe(days);
	}
);

test('sync 12: a clock set back does not hide what this page has lived through', () => {
	const status = { lastComplete: { at, uptimeMs: 1_000 }, clockSkewMs: 0 };
	expect(staleDays(status, { now: pulled - 400 * day, uptimeMs: 1_000 + 2 * day })).toBe(2);
	expect(staleDays(status, { now: pulled - 400 * day, uptimeMs: 2_000 })).toBeNull();
});

test('what was never pulled is not stale', () => {
	expect(staleDays({ lastComplete: null, clockSkewMs: null }, { now: 0, uptimeMs: 0 })).toBeNull();
});

test('calm while nothing waits, plainer with work or after a week', () => {
	expect([staleKind(1, 0), staleKind(1, 2), staleKind(7, 0)]).toEqual(['info', 'warning', 'warning']);
});
