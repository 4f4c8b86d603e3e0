import { describe, expect, test } from 'vitest';
import { collectionNames, type CollectionName } from '../protocol/collections.ts';
import { inTurn } from './turns.ts';

const turns = (who: 'somebody' | 'nobody', ...wanted: CollectionName[]) => inTurn(new Set(wanted), who);

describe('sync 11: what is wanted is pulled in its turn', () => {
	test.each<[string, CollectionName[], CollectionName[][]]>([
		['nothing', [], []],
		['one', ['orders'], [['orders']]],
		['a notice after what it speaks of', ['notifications', 'orders'], [['orders', 'notifications']]],
		['the market after the few', ['listings', 'mine', 'orders'], [['mine', 'orders'], ['listings']]],
		['three beside each other', ['cases', 'needs', 'mine'], [['mine', 'cases', 'needs']]],
		['one and the market each alone', ['listings', 'mine'], [['mine'], ['listings']]],
		[
			'more than three one by one',
			['cases', 'needs', 'mine', 'orders'],
			[['mine'], ['orders'], ['cases'], ['needs']]
		],
		['a whole reading one by one', [...collectionNames], collectionNames.map((name) => [name])]
	])('%s', (_, wanted, expected) => {
		expect(turns('somebody', ...wanted)).toEqual(expected);
	});

	test('nobody reads what is public, all of it at once', () => {
		expect(turns('nobody', ...collectionNames)).toEqual([['reference', 'needs', 'listings']]);
		expect(turns('nobody', 'orders')).toEqual([[]]);
	});
});
