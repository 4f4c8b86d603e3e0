import { expect, test } from 'vitest';
import { checkLookup, lookupWindowSeconds, mostLookups } from './limits.ts';

const now = '2026-11-23T02:00:00.000Z';
const before = (seconds: number) => new Date(Date.parse(now) - seconds * 1_000).toISOString();

test('an officer looks up as many codes as a busy desk needs', () => {
	expect(checkLookup({ count: 0, oldest: null }, now).ok).toBe(true);
	expect(checkLookup({ count: mostLookups - 1, oldest: before(1) }, now).ok).toBe(true);
});

test('TG-16.2: above that the wait is until the oldest is over, and at least a second', () => {
	const waits = (sinceOldest: number) =>
		checkLookup({ count: mostLookups, oldest: before(sinceOldest) }, now);
	expect(waits(60)).toMatchObject({
		refusal: { code: 'too_many_attempts', retry: true, facts: { seconds: lookupWindowSeconds - 60 } }
	});
	expect(waits(lookupWindowSeconds)).toMatchObject({ refusal: { facts: { seconds: 1 } } });
});
