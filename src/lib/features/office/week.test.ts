import { describe, expect, test } from 'vitest';
import { weekFigure } from './week.ts';
import { caseOf, hanh } from './test-world.ts';

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
const now = Date.parse('2026-11-24T09:00:00+07:00');

describe('the figure of the last seven days', () => {
	test('TG-10.2b answered in time, at the end of the term, and longer ago', () => {
		// caseOf falls due at 2026-11-23T17:00Z.
		const cases = [
			decided(1, '2026-11-23T02:00:00.000Z'),
			decided(2, '2026-11-23T03:00:00.000Z', 'returned'),
			decided(3, '2026-11-23T17:00:00.000Z'),
			decided(4, '2026-11-17T02:00:00.000Z'),
			caseOf(5)
		];
		expect(weekFigure(cases, now)).toEqual({ answered: 3, onTime: 2 });
	});
	test('a withdrawn listing needed no answer', () => {
		expect(weekFigure([decided(1, '2026-11-23T02:00:00.000Z', 'cancelled')], now)).toEqual({
			answered: 0,
			onTime: 0
		});
	});
});
