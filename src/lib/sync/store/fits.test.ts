import fc from 'fast-check';
import { getQueryMatcher } from 'rxdb/plugins/core';
import { expect, test } from 'vitest';
import { compare, getMingoQuery } from './fits.ts';

type Doc = Record<string, string | number | boolean>;
const schema = { version: 0, primaryKey: 'key', type: 'object', properties: {} } as const;

const always = { _deleted: false, _attachments: {}, _rev: '', _meta: { lwt: 1 } };

const word = fc.constantFrom('a', 'b', 'public', 'user:1', '');
const one = fc.oneof(word, fc.boolean(), fc.integer({ min: 0, max: 2 }));
const condition = fc.oneof(
	one,
	fc.record({ $eq: one }),
	fc.record({ $in: fc.array(one) }),
	fc.record({ $nin: fc.array(one) })
);
const fields = ['key', 'audience', 'id', '_deleted'];
const recordOf = <T>(value: fc.Arbitrary<T>) => fc.dictionary(fc.constantFrom(...fields), value);

test('a document fits what is asked exactly where the library says so', () => {
	fc.assert(
		fc.property(recordOf(condition), recordOf(one), (selector, doc) => {
			const full = { key: 'a', audience: 'public', ...doc, ...always };
			const theirs = getQueryMatcher<Doc>(schema, { selector, sort: [], skip: 0 });
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
