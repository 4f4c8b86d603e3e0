import { describe, expect, test } from 'vitest';
import { loadPack, loadWards, packFaults, packIds } from './load.ts';

describe.each([...packIds])('rule pack %s', (id) => {
	test('is sound: ids occur once and every reference leads somewhere', () => {
		expect(packFaults(loadPack(id))).toEqual([]);
	});

	test('gives every sector that is open today to an agency that still exists', () => {
		const pack = loadPack(id);
		for (const sector of pack.sectors.filter((s) => s.effectiveTo === null)) {
			const agency = pack.agencies.find((a) => a.id === sector.agencyId);
			expect(agency?.effectiveTo, sector.id).toBeNull();
		}
	});

	test('LAW-reform-2025 every ward says what it was called before', () => {
		for (const ward of loadWards(id)) expect(ward.formerly, ward.name).not.toHaveLength(0);
	});

	test('has days off on Monday to Friday only, each with a reason, and none twice', () => {
		const { off, workingSaturdays } = loadPack(id).calendar;
		const weekday = (day: string) => new Date(`${day}T00:00:00Z`).getUTCDay();
		for (const { day, reason } of off) {
			expect([1, 2, 3, 4, 5], day).toContain(weekday(day));
			expect(reason.length).toBeGreaterThan(4);
		}
		for (const day of workingSaturdays) expect(weekday(day), day).toBe(6);
		expect(new Set(off.map((o) => o.day)).size).toBe(off.length);
	});
});

test('LAW-reform-2025 Ngũ Hiệp took in Tam Bình, and each says its old district', () => {
	const ward = loadWards('tien-giang').find((w) => w.name === 'Xã Ngũ Hiệp');
	expect(ward?.formerly).toEqual(['Xã Tam Bình (huyện Cai Lậy)', 'Xã Ngũ Hiệp (huyện Cai Lậy)']);
});

test('LAW-reform-2025 the agency that ended names the one that took over', () => {
	const agencies = loadPack('tien-giang').agencies;
	const heirs = agencies.filter((a) => a.successorId !== null).map((a) => [a.id, a.successorId]);
	expect(heirs).toEqual([
		['so-nnptnt', 'so-nnmt'],
		['so-tnmt', 'so-nnmt'],
		['so-tttt', 'so-khcn']
	]);
});

test('TG-10.2b Tiền Giang answers within 3 working days, Vĩnh Phúc has a deadline of its own', () => {
	const days = (id: string) => loadPack(id).deadlines.map((d) => d.workingDays);
	expect(days('tien-giang')).toEqual([3]);
	expect(days('vinh-phuc')).toEqual([5]);
});

test('the packs share no agency, sector or code prefix, so nothing can lean on one of them', () => {
	const [a, b] = [loadPack('tien-giang'), loadPack('vinh-phuc')];
	const both = (x: { id: string }[], y: { id: string }[]) => x.filter((i) => y.some((j) => j.id === i.id));
	expect(both(a.agencies, b.agencies)).toEqual([]);
	expect(both(a.sectors, b.sectors)).toEqual([]);
	expect(a.codePrefix).not.toBe(b.codePrefix);
});

test('a pack with a dangling reference is told so', () => {
	const pack = loadPack('tien-giang');
	const [first] = pack.sectors;
	if (!first) throw new Error('no sectors');
	expect(packFaults({ ...pack, sectors: [{ ...first, agencyId: 'so-khong-co' }] })).toContain(
		'sector nong-san: unknown agency so-khong-co'
	);
});

test('an unknown pack names those there are', () => {
	expect(() => loadPack('ha-noi')).toThrow('tien-giang, vinh-phuc');
});
