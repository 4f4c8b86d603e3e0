import fc from 'fast-check';
import { getQueryMatcher } from 'rxdb/plugins/core';
import { expect, test } from 'vitest';
import { compare, getMingoQuery } from './fits.ts';

type One = string | number | boolean;
type Doc = { key: One; audience: One; id: One };
const properties = { key: {}, audience: {}, id: {} };
const schema = { version: 0, primaryKey: 'key', type: 'object', properties } as const;

const always = { _deleted: false, _attachments: {}, _rev: '', _meta: { lwt: 1 } };

const word = fc.constantFrom('a', 'b', 'public', 'user:1', '');
const one = fc.oneof(word, fc.boolean(), fc.integer({ min: 0, max: 2 }));
const condition = fc.oneof(
	one,
	fc.record({ $eq: one }),
	fc.record({ $in: fc.array(one) }),
	fc.record({ $nin: fc.array(one) })
);
const recordOf = <T>(value: fc.Arbitrary<T>) =>
	fc.record({ key: value, audience: value, id: value }, { requiredKeys: [] });

test('a document fits what is asked exactly where the library says so', () => {
	fc.assert(
		fc.property(recordOf(condition), recordOf(one), (selector, doc) => {
			const full = { key: 'a', audience: 'public', id: 'b', ...doc, ...always };
			const theirs = getQueryMatcher<Doc>(schema, {
				selector: { ...selector, _deleted: { $eq: false } },
				sort: [],
				skip: 0
			});
			expect(getMingoQuery(selector).test(full)).toBe(theirs(full));
		})
	);
});

test('what the store was never asked is refused, not answered', () => {
	for (const selector of [
		{ 'data.id': 'a' },
		{ $or: [{ key: 'a' }] },
		{ key: { $gt: 'a' } },
		{ key: { $in: [{}] } },
		{ key: { $eq: null } }
	])
		expect(() => getMingoQuery(selector)).toThrow('the store is not asked');
});

test('keys are put in the order of their signs', () => {
	expect(['b', 'a', 'ab', 'a'].sort(compare)).toEqual(['a', 'a', 'ab', 'b']);
});
