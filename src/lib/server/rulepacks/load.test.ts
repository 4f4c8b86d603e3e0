import { describe, expect, test } from 'vitest';
import { actingAgency, inForce, routeOf, turningDays } from '$lib/domain/agencies/rules.ts';
import { addDays } from '$lib/domain/calendar/working-days.ts';
import { caseKinds } from '$lib/domain/moderation/states.ts';
import oldWards from './data/old-wards.json' with { type: 'json' };
import { loadPack, loadWards, packFaults, packIds } from './load.ts';

describe.each([...packIds])('rule pack %s', (id) => {
	test('is sound: ids occur once and every reference leads somewhere', () => {
		expect(packFaults(loadPack(id))).toEqual([]);
	});

	test('TG-3.2 every sector has exactly one agency on every day since the regulation began', () => {
		const pack = loadPack(id);
		const [first] = turningDays(pack);
		if (first === undefined) throw new Error('nothing ever begins');
		for (const begin of turningDays(pack))
			for (const day of [begin, addDays(begin, 1), '2026-11-22', '2099-12-31'])
				for (const category of pack.categories) {
					const route = routeOf(pack, category.id, day);
					expect(route, `${category.id} on ${day}`).not.toBeNull();
					expect(pack.agencies.filter((a) => a.id === route?.agency.id && inForce(a, day))).toHaveLength(1);
				}
		expect(pack.sectors.map((sector) => sector.effectiveFrom)).toEqual(pack.sectors.map(() => first));
	});

	test('LAW-reform-2025 every agency that ended leads to one of today, without a circle', () => {
		const pack = loadPack(id);
		for (const agency of pack.agencies.filter((a) => a.effectiveTo !== null))
			expect(actingAgency(pack, agency.id, '2026-11-22')?.effectiveTo, agency.id).toBeNull();
	});

	test('LAW-reform-2025 the districts’ work went over on 1/7/2025, the departments’ on 1/3/2025', () => {
		const days = loadPack(id).agencies.flatMap((a) => (a.effectiveTo === null ? [] : [a.effectiveTo]));
		for (const day of days) expect(['2025-02-28', '2025-06-30'], day).toContain(day);
	});

	test('LAW-reform-2025 every old ward of the province leads to a ward of today', () => {
		const before = oldWards.filter((ward) => ward.province === loadPack(id).province.legacyCode);
		expect(before.length).toBeGreaterThan(70);
		const known = new Map(loadWards(id).map((ward) => [ward.code, ward]));
		for (const { name, district, now } of before) {
			expect(now, name).not.toHaveLength(0);
			for (const code of now) expect(known.get(code)?.formerly, code).toContain(`${name} (${district})`);
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

test('TG-10.2b TG-7.2b TG-9.3b Tiền Giang answers within 3 working days, Vĩnh Phúc has a deadline of its own', () => {
	const days = (id: string) => loadPack(id).deadlines.map((d) => [d.kind, d.workingDays]);
	expect(days('tien-giang')).toEqual(caseKinds.map((kind) => [kind, 3]));
	expect(days('vinh-phuc')).toEqual(caseKinds.map((kind) => [kind, 5]));
	for (const id of packIds)
		expect(
			loadPack(id).deadlines.map((d) => d.kind),
			id
		).toEqual([...caseKinds]);
});

test.each(packIds)(
	'TG-16.4 %s says who holds personal data, with a number or an address to reach them at',
	(id) => {
		const { operator, contact } = loadPack(id).texts;
		expect(operator).toMatch(/^(Sở|Ủy ban|Ban|Trung tâm) /);
		expect(contact).toMatch(/\d{4} \d{3} \d{3}|\S+@\S+\.\S+/);
	}
);

test('the packs share no agency, sector or code prefix, so nothing can lean on one of them', () => {
	const packs = packIds.map(loadPack);
	expect(packIds).toHaveLength(5);
	const twice = (ids: string[]) => ids.filter((id, at) => ids.indexOf(id) !== at);
	expect(twice(packs.flatMap((pack) => pack.agencies.map((a) => a.id)))).toEqual([]);
	expect(twice(packs.flatMap((pack) => pack.sectors.map((s) => s.id)))).toEqual([]);
	expect(twice(packs.map((pack) => pack.codePrefix))).toEqual([]);
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
