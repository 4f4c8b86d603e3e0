import { expect, test } from 'vitest';
import { tiesOf } from './closing.ts';

const free = { orders: 0, onSale: 0, cases: 0, measures: 0, office: false };

test('TG-16.5 nothing waits: the account may close', () => {
	expect(tiesOf(free)).toEqual([]);
});

test.each([
	[{ orders: 1 }, ['orders']],
	[{ onSale: 2 }, ['onSale']],
	[{ cases: 1 }, ['cases']],
	[{ measures: 1 }, ['measures']],
	[{ office: true }, ['office']],
	[{ orders: 1, cases: 1 }, ['orders', 'cases']]
])('TG-16.5 %o stands in the way', (more, ties) => {
	expect(tiesOf({ ...free, ...more })).toEqual(ties);
});
