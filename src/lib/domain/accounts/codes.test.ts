import fc from 'fast-check';
import { expect, test } from 'vitest';
import { codeFault, mostTries, readCode, waitBeforeCode, writeCode } from './codes.ts';

const now = '2026-11-22T08:00:00.000Z';
const ago = (seconds: number) => new Date(Date.parse(now) - seconds * 1000).toISOString();

test('TG-8: every code is six digits and is read as it was written, however it is spaced', () => {
	fc.assert(
		fc.property(fc.nat(999_999), fc.constantFrom('', ' ', '-', '. '), (n, gap) => {
			const code = writeCode(n);
			expect(code).toMatch(/^\d{6}$/);
			expect(readCode(` ${code.slice(0, 3)}${gap}${code.slice(3)} `)).toBe(code);
		})
	);
	for (const typed of ['', '12345', '1234567', 'abcdef', '１２３４５６'])
		expect(readCode(typed), typed).toBe(null);
});

test('TG-8: the wait before the next code only grows with the codes of a day, and never asks for more than an hour', () => {
	const times = fc.array(fc.integer({ min: 0, max: 200_000 }), { maxLength: 12 });
	fc.assert(
		fc.property(times, fc.integer({ min: 0, max: 86_000 }), (earlier, more) => {
			const wait = waitBeforeCode(earlier.map(ago), now);
			expect(wait).toBeGreaterThanOrEqual(0);
			expect(wait).toBeLessThanOrEqual(3_600);
			expect(waitBeforeCode([...earlier, more].map(ago), now)).toBeGreaterThanOrEqual(wait);
			// Whoever waits as long as was asked is let through.
			const later = new Date(Date.parse(now) + wait * 1000).toISOString();
			expect(waitBeforeCode(earlier.map(ago), later)).toBe(0);
		})
	);
	expect(
		[0, 1, 2, 3, 4, 5, 9].map((sent) =>
			waitBeforeCode(
				Array.from({ length: sent }, () => now),
				now
			)
		)
	).toEqual([0, 60, 120, 300, 900, 3_600, 3_600]);
});

test('TG-8: used comes before expired, expired before spent, and the last second still counts', () => {
	const issued = { tries: 0, expiresAt: now, usedAt: null };
	expect(codeFault(issued, ago(1))).toBe(null);
	expect(codeFault(issued, now)).toBe('expired');
	expect(codeFault({ ...issued, tries: mostTries }, ago(1))).toBe('spent');
	expect(codeFault({ ...issued, tries: mostTries }, now)).toBe('expired');
	expect(codeFault({ ...issued, tries: mostTries, usedAt: now }, now)).toBe('used');
});
