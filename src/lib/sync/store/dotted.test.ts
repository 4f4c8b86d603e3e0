import { expect, test } from 'vitest';
import { getProperty, setProperty } from './dotted.ts';

const schema = { properties: { audience: { type: 'string' }, none: null } };

test.each([
	['properties', schema.properties],
	['properties.audience', { type: 'string' }],
	['properties.audience.type', 'string'],
	['properties.audience.type.length', undefined],
	['properties.none', null],
	['properties.none.type', undefined],
	['properties.id.type', undefined],
	['constructor', undefined]
])('%s is read where it stands', (path, found) => {
	expect(getProperty(schema, path)).toEqual(found);
});

test('a field of the document itself is written, a path into it is refused', () => {
	const doc = { id: 'a', _deleted: true };
	expect(setProperty(doc, '_deleted', '1')).toBe(doc);
	expect(doc).toEqual({ id: 'a', _deleted: '1' });
	expect(() => setProperty(doc, 'data.title', 'b')).toThrow('does not write into data.title');
});
