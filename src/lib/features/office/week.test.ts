import { describe, expect, test } from 'vitest';
import { startOfWeek, weekFigure } from './week.ts';
import { caseOf, hanh, now } from './test-world.ts';

const decided = (number: number, at: string, outcome: 'approved' | 'returned' | 'cancelled' = 'approved') =>
	caseOf(number, {
		state: outcome,
		decision: {
			by: { id: hanh.id, name: hanh.name },
			at,
			deviceTime: at,
			outcome,
			reasonCodes: [],
			note: ''
		}
	});
const open = (number: number, dueAt: string) => caseOf(number, { dueAt });

describe('the figure of the week', () => {
	test.each([
		['2026-11-23T00:00:00+07:00', '2026-11-22T17:00:00.000Z'],
		['2026-11-29T23:59:00+07:00', '2026-11-22T17:00:00.000Z'],
		['2026-11-22T23:59:00+07:00', '2026-11-15T17:00:00.000Z']
	])('%s belongs to the week from %s', (when, monday) => {
		expect(new Date(startOfWeek(Date.parse(when))).toISOString()).toBe(monday);
	});
	test('TG-10.2b answered in time, late, and in another week', () => {
		// caseOf falls due at 2026-11-23T17:00Z.
		const cases = [
			decided(1, '2026-11-23T02:00:00.000Z'),
			decided(2, '2026-11-23T03:00:00.000Z', 'returned'),
			decided(3, '2026-11-23T17:00:00.000Z'),
			decided(4, '2026-11-20T02:00:00.000Z')
		];
		expect(weekFigure(cases, Date.parse('2026-11-24T09:00:00+07:00'))).toEqual({
			answered: 3,
			onTime: 2,
			counted: 3
		});
	});
	test('TG-10.3b a term that ran out unanswered counts in the week it ended', () => {
		const cases = [
			open(1, '2026-11-23T10:00:00.000Z'),
			open(2, '2026-11-20T17:00:00.000Z'),
			open(3, '2026-11-30T17:00:00.000Z')
		];
		expect(weekFigure(cases, now)).toEqual({ answered: 0, onTime: 0, counted: 1 });
	});
	test('a withdrawn listing needed no answer', () => {
		expect(weekFigure([decided(1, '2026-11-23T02:00:00.000Z', 'cancelled')], now).counted).toBe(0);
	});
});
