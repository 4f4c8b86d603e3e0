import { expect, test } from 'vitest';
import { findPlaces, slotSize, type Homeless, type Slot } from './slots.ts';

const row = (sectorId: string, wardCode: string, docId = `${sectorId} ${wardCode}`): Homeless => ({
	docId,
	sectorId,
	wardCode
});
const slot = (id: string, size: number, wards: string[], sectorId = 'fruit'): Slot => ({
	id,
	sectorId,
	size,
	wards
});
const places = (homeless: Homeless[], slots: Slot[]) =>
	findPlaces(homeless, slots).map(({ id, size, wards, added }) => ({ id, size, wards, added: added.length }));

test('sync 10: the first packing cuts what is sorted by sector and ward', () => {
	const homeless = ['fish', 'fruit'].flatMap((sector) =>
		['1', '2', '3'].flatMap((ward) =>
			Array.from({ length: 190 }, (_, n) => row(sector, ward, `${sector} ${ward} ${n}`))
		)
	);
	const made = findPlaces(homeless, []);
	expect(made.map(({ sectorId, size, wards }) => ({ sectorId, size, wards }))).toEqual([
		{ sectorId: 'fish', size: slotSize, wards: ['1', '2', '3'] },
		{ sectorId: 'fish', size: 70, wards: ['3'] },
		{ sectorId: 'fruit', size: slotSize, wards: ['1', '2', '3'] },
		{ sectorId: 'fruit', size: 70, wards: ['3'] }
	]);
	expect(made.flatMap((one) => one.added)).toEqual(homeless.map((one) => one.docId));
});

test('sync 10: a new listing goes where its ward is, else where there is room next to it, else to a new slot', () => {
	const full = slot('full', slotSize, ['2']);
	const ours = slot('ours', 90, ['2', '5']);
	const emptier = slot('emptier', 20, ['1', '2']);
	const other = slot('other', 10, ['2'], 'fish');
	expect(places([row('fruit', '2')], [full, emptier, ours, other])).toEqual([
		{ id: 'ours', size: 91, wards: ['2', '5'], added: 1 }
	]);
	expect(places([row('fruit', '4')], [full, emptier, ours, other])).toEqual([
		{ id: 'ours', size: 91, wards: ['2', '4', '5'], added: 1 }
	]);
	expect(places([row('fruit', '0')], [ours, emptier])).toMatchObject([
		{ id: 'emptier', wards: ['0', '1', '2'] }
	]);
	expect(places([row('fruit', '2')], [full, other])).toMatchObject([{ size: 1, wards: ['2'], added: 1 }]);
});

test('sync 10: no slot is ever given more than it holds', () => {
	const homeless = Array.from({ length: 400 }, (_, n) => row('fruit', String(n % 9), String(n))).sort(
		(a, b) => (a.wardCode < b.wardCode ? -1 : 1)
	);
	const made = findPlaces(homeless, [slot('a', slotSize - 1, ['3']), slot('b', 100, ['4'])]);
	expect(Math.max(...made.map((one) => one.size))).toBe(slotSize);
	expect(made.flatMap((one) => one.added).toSorted()).toEqual(homeless.map((one) => one.docId).toSorted());
});
