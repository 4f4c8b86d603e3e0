import { expect, test } from 'vitest';
import { loadPack, packIds } from '$lib/server/rulepacks/load.ts';
import { actingAgency, deadlineOn, inForce, routeOf } from './rules.ts';

const tienGiang = loadPack('tien-giang');
const vinhPhuc = loadPack('vinh-phuc');
const today = '2026-11-22';

test('TG-3.2 each kind of goods goes to the department of its sector', () => {
	const agencyOf = (categoryId: string) => routeOf(tienGiang, categoryId, today)?.agency.id;
	expect(agencyOf('trai-cay')).toBe('so-nnmt');
	expect(tienGiang.categories.map((c) => agencyOf(c.id))).not.toContain(undefined);
	expect(new Set(tienGiang.categories.map((c) => agencyOf(c.id))).size).toBeGreaterThan(2);
	expect(agencyOf('kim-cuong')).toBeUndefined();
});

test('TG-3.2 the second pack routes by its own departments, with its own term and order', () => {
	const agencies = new Set(vinhPhuc.categories.map((c) => routeOf(vinhPhuc, c.id, today)?.agency.id));
	expect([...agencies].every((id) => id?.endsWith('-vp'))).toBe(true);
	expect(deadlineOn(vinhPhuc, 'listing', today)).toMatchObject({ workingDays: 5, clause: 'VP-4.8' });
	expect(deadlineOn(tienGiang, 'listing', today)).toMatchObject({ workingDays: 3, clause: 'TG-10.2b' });
	expect(vinhPhuc.assignment).not.toBe(tienGiang.assignment);
});

test('LAW-reform-2025 a department that ended is followed to whoever took its work over', () => {
	expect(actingAgency(tienGiang, 'so-nnptnt', '2025-02-28')?.id).toBe('so-nnptnt');
	expect(actingAgency(tienGiang, 'so-nnptnt', '2025-03-01')?.id).toBe('so-nnmt');
	expect(actingAgency(tienGiang, 'so-nnptnt', '2019-01-01')).toBeNull();
	expect(actingAgency(tienGiang, 'so-nao-do', today)).toBeNull();
});

test('LAW-reform-2025 a circle of successors ends instead of turning for ever', () => {
	const ended = { effectiveFrom: '2020-01-01', effectiveTo: '2021-01-01' };
	const agencies = tienGiang.agencies.slice(0, 2).map((agency, i, all) => ({
		...agency,
		...ended,
		id: i === 0 ? 'a' : 'b',
		successorId: i === all.length - 1 ? 'a' : 'b'
	}));
	expect(actingAgency({ ...tienGiang, agencies }, 'a', today)).toBeNull();
});

test('an entry holds on its first and its last day', () => {
	const entry = { effectiveFrom: '2025-03-01', effectiveTo: '2025-12-31' };
	expect(['2025-02-28', '2025-03-01', '2025-12-31', '2026-01-01'].map((day) => inForce(entry, day))).toEqual([
		false,
		true,
		true,
		false
	]);
	expect(inForce({ ...entry, effectiveTo: null }, '2099-01-01')).toBe(true);
});

test('every pack of this build routes all it sells today', () => {
	for (const pack of packIds.map(loadPack))
		for (const { id } of pack.categories) expect(routeOf(pack, id, today), `${pack.id} ${id}`).not.toBeNull();
});

test('a pack without a term in force is a fault, not somebody’s refusal', () => {
	expect(() => deadlineOn(tienGiang, 'listing', '1990-01-01')).toThrow(/no deadline/);
});
