import fc from 'fast-check';
import { expect, test } from 'vitest';
import { loadPack } from '$lib/server/rulepacks/load.ts';
import { choicesOn, entriesOf, entryIdFor, listNames, offeredOn } from './lists.ts';

const pack = loadPack('tien-giang');

test('TG-3.4a: every list of the pack has entries with an id and words, all offered today', () => {
	for (const list of listNames) {
		const entries = entriesOf(pack, list);
		expect(entries.length, list).toBeGreaterThan(2);
		expect(entries.filter((one) => one.id === '' || one.name === '')).toEqual([]);
		expect(offeredOn(entries, '2026-11-22')).toHaveLength(entries.length);
	}
});

test('TG-3.4a: what ended or has not begun is not offered; what was chosen stays on the form', () => {
	const entries = [
		{ id: 'always', name: 'a' },
		{ id: 'ended', name: 'b', effectiveTo: '2026-11-21' },
		{ id: 'last-day', name: 'c', effectiveTo: '2026-11-22' },
		{ id: 'planned', name: 'd', effectiveFrom: '2026-11-23', effectiveTo: null },
		{ id: 'first-day', name: 'e', effectiveFrom: '2026-11-22' }
	];
	expect(offeredOn(entries, '2026-11-22').map(({ id }) => id)).toEqual(['always', 'last-day', 'first-day']);
	expect(choicesOn(entries, '2026-11-22', ['ended']).map(({ id }) => id)).toEqual([
		'always',
		'ended',
		'last-day',
		'first-day'
	]);
});

test.each([
	['Trái cây sấy', [], 'trai-cay-say'],
	['Đồ gỗ, mây tre (đan)', [], 'do-go-may-tre-dan'],
	['kg', ['kg'], 'kg-2'],
	['kg', ['kg', 'kg-2'], 'kg-3'],
	['!!!', [], 'muc']
])('an id for %j beside %j is %s', (name, taken, id) => {
	expect(entryIdFor(name, taken)).toBe(id);
});

test('an id is one the exchange takes, and never one that is there', () => {
	fc.assert(
		fc.property(fc.string({ unit: 'grapheme' }), fc.nat(3), (name, before) => {
			const taken: string[] = [];
			for (let at = 0; at <= before; at += 1) taken.push(entryIdFor(name, taken));
			expect(new Set(taken).size).toBe(taken.length);
			for (const id of taken) expect(id).toMatch(/^[a-z0-9-]{1,40}$/);
		})
	);
});
