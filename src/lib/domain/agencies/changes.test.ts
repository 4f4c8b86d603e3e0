import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { loadPack } from '$lib/server/rulepacks/load.ts';
import { addDays } from '../calendar/working-days.ts';
import {
	agencyChangeInput,
	canWithdraw,
	checkChange,
	withChanges,
	type AgencyChange,
	type RecordedChange
} from './changes.ts';
import {
	actingAgency,
	agencyFaults,
	agencyNameOn,
	directoryOn,
	focalPointOn,
	inForce,
	routeOf
} from './rules.ts';
import type { RulePack } from './schema.ts';

const pack = loadPack('tien-giang');
const today = '2026-11-22';
const office = { phone: '0273 3873 269', email: 'so@san-tinh.example' };
const opened = (agencyId: string, on: string, name = `Sở ${agencyId}`): AgencyChange => ({
	kind: 'opened',
	agencyId,
	on,
	name,
	shortName: name,
	agencyKind: 'department',
	address: 'phường Mỹ Tho',
	...office
});
const renamed = (agencyId: string, on: string, name: string): AgencyChange => ({
	kind: 'renamed',
	agencyId,
	on,
	name,
	shortName: name
});
const merged = (agencyId: string, on: string, successorId: string): AgencyChange => ({
	kind: 'merged',
	agencyId,
	on,
	successorId
});
const focal = (agencyId: string, on: string, name: string): AgencyChange => ({
	kind: 'focal_point',
	agencyId,
	on,
	name,
	...office
});
const sectorMoved = (sectorId: string, on: string, agencyId: string, toAgencyId: string): AgencyChange => ({
	kind: 'sector_moved',
	agencyId,
	on,
	sectorId,
	toAgencyId
});
const after = (...changes: AgencyChange[]): RulePack => withChanges(pack, changes);
const whyNot = (of: RulePack, change: AgencyChange) => {
	const done = checkChange(of, change, today);
	return done.ok ? null : done.refusal.fields;
};
const agency = (of: RulePack, id: string) => {
	const found = of.agencies.find((one) => one.id === id);
	if (!found) throw new Error(`no ${id}`);
	return found;
};

test('LAW-reform-2025 a renamed department is called by the name of each day', () => {
	const of = after(
		renamed('so-nnmt', '2027-01-01', 'Sở Nông nghiệp'),
		renamed('so-nnmt', '2028-01-01', 'Sở Nông thôn')
	);
	const nameOn = (day: string) => agencyNameOn(of, 'so-nnmt', day);
	expect(['2026-12-31', '2027-01-01', '2027-12-31', '2028-01-01'].map(nameOn)).toEqual([
		'Sở Nông nghiệp và Môi trường',
		'Sở Nông nghiệp',
		'Sở Nông nghiệp',
		'Sở Nông thôn'
	]);
	expect(agencyNameOn(of, 'so-cu', today)).toBe('so-cu');
	expect(agencyNameOn(null, 'so-nnmt', today)).toBe('so-nnmt');
	expect(routeOf(of, 'trai-cay', '2027-06-01')?.agency.id).toBe('so-nnmt');
});

test('a second name of the same day corrects the first', () => {
	const of = after(
		renamed('so-nnmt', '2027-01-01', 'Sở Nông nghịp'),
		renamed('so-nnmt', '2027-01-01', 'Sở Nông nghiệp')
	);
	expect(agencyNameOn(of, 'so-nnmt', '2026-12-31')).toBe('Sở Nông nghiệp và Môi trường');
	expect(agencyNameOn(of, 'so-nnmt', '2027-01-01')).toBe('Sở Nông nghiệp');
	expect(agencyFaults(of)).toEqual([]);
});

test('LAW-reform-2025 what a merged department did goes to its successor from the day, and on from there', () => {
	const of = after(
		merged('so-nnmt', '2027-01-01', 'so-cong-thuong'),
		opened('so-kinh-te', '2028-01-01'),
		merged('so-cong-thuong', '2028-01-01', 'so-kinh-te')
	);
	const who = (day: string) => routeOf(of, 'trai-cay', day)?.agency.id;
	expect(['2026-12-31', '2027-01-01', '2027-12-31', '2028-01-01'].map(who)).toEqual([
		'so-nnmt',
		'so-cong-thuong',
		'so-cong-thuong',
		'so-kinh-te'
	]);
	// Through three mergers from the department of 2023.
	expect(actingAgency(of, 'so-nnptnt', '2028-01-01')?.id).toBe('so-kinh-te');
	expect(agencyFaults(of)).toEqual([]);
	const heir = directoryOn(of, '2028-02-01').find((one) => one.id === 'so-kinh-te');
	expect(heir?.before.map((one) => one.name)).toEqual(
		expect.arrayContaining(['Sở Công Thương', 'Sở Nông nghiệp và Môi trường'])
	);
});

test('CT-5.2 each agency has one focal point a day, and those before stay on record', () => {
	const of = after(
		focal('so-nnmt', '2026-12-01', 'Bà Một'),
		focal('so-nnmt', '2027-01-01', 'Ông Hai'),
		focal('so-nnmt', '2027-01-01', 'Ông Ba')
	);
	const nameOn = (day: string) => focalPointOn(agency(of, 'so-nnmt'), day)?.name ?? null;
	expect(['2026-11-30', '2026-12-01', '2026-12-31', '2027-01-01', '2030-01-01'].map(nameOn)).toEqual([
		null,
		'Bà Một',
		'Bà Một',
		'Ông Ba',
		'Ông Ba'
	]);
	expect(agencyFaults(of)).toEqual([]);
});

test('changes take effect in the order of their days, however they were entered', () => {
	const first = after(renamed('so-nnmt', '2028-01-01', 'Sở C'), renamed('so-nnmt', '2027-01-01', 'Sở B'));
	expect(agencyNameOn(first, 'so-nnmt', '2027-06-01')).toBe('Sở B');
	expect(agencyNameOn(first, 'so-nnmt', '2028-06-01')).toBe('Sở C');
	expect(withChanges(pack, [])).toBe(pack);
});

test('TG-3.2 a sector goes to another department on its day, and neither of them ends', () => {
	const moved = after(sectorMoved('nong-san', '2027-01-01', 'so-nnmt', 'so-cong-thuong'));
	const category = pack.categories.find((one) => one.sectorId === 'nong-san')?.id ?? '';
	const agencyOn = (of: RulePack, day: string) => routeOf(of, category, day)?.agency.id;
	expect([agencyOn(moved, '2026-12-31'), agencyOn(moved, '2027-01-01')]).toEqual([
		'so-nnmt',
		'so-cong-thuong'
	]);
	expect(agencyFaults(moved)).toEqual(agencyFaults(pack));
	// And back, and on the same day somewhere else: the later entry counts.
	const back = after(
		sectorMoved('nong-san', '2027-01-01', 'so-nnmt', 'so-cong-thuong'),
		sectorMoved('nong-san', '2027-03-01', 'so-cong-thuong', 'so-nnmt'),
		sectorMoved('nong-san', '2027-03-01', 'so-nnmt', 'so-y-te')
	);
	expect(['2027-02-28', '2027-03-01'].map((day) => agencyOn(back, day))).toEqual([
		'so-cong-thuong',
		'so-y-te'
	]);
	// Whoever it went to is merged: the work goes on.
	const merger = after(
		sectorMoved('nong-san', '2027-01-01', 'so-nnmt', 'so-cong-thuong'),
		merged('so-cong-thuong', '2027-06-01', 'so-y-te')
	);
	expect(agencyOn(merger, '2027-06-01')).toBe('so-y-te');
});

test('TG-3.2 a planned move is taken back, the latest of its sector first', () => {
	const change = (id: string, one: AgencyChange): RecordedChange => ({
		id,
		change: one,
		reason: 'Phân công lại',
		decision: '',
		madeAt: '2026-11-01T00:00:00.000Z',
		madeByName: 'Huỳnh Quốc Trị',
		withdrawnAt: null
	});
	const first = change(
		'00000000-0000-4000-8000-000000000001',
		sectorMoved('nong-san', '2027-01-01', 'so-nnmt', 'so-cong-thuong')
	);
	const second = change(
		'00000000-0000-4000-8000-000000000002',
		sectorMoved('nong-san', '2027-03-01', 'so-cong-thuong', 'so-y-te')
	);
	expect(canWithdraw([first, second], first.id, pack, today)).toMatchObject({
		refusal: { fields: { sectorId: 'planned' } }
	});
	expect(canWithdraw([first, second], second.id, pack, today).ok).toBe(true);
	expect(canWithdraw([first], first.id, pack, today).ok).toBe(true);
	const opening = change('00000000-0000-4000-8000-000000000003', opened('so-moi', '2027-01-01'));
	const into = change(
		'00000000-0000-4000-8000-000000000004',
		sectorMoved('nong-san', '2027-01-01', 'so-nnmt', 'so-moi')
	);
	expect(canWithdraw([opening, into], opening.id, pack, today)).toMatchObject({
		refusal: { fields: { agencyId: 'nobody_left' } }
	});
});

describe('what may not be recorded', () => {
	test.each<[string, RulePack, AgencyChange, Record<string, string>]>([
		['a day that is over', pack, renamed('so-nnmt', '2026-11-21', 'Sở Mới'), { on: 'past' }],
		['an agency nobody knows', pack, renamed('so-la', today, 'Sở Mới'), { agencyId: 'not_there' }],
		['one that ended', pack, renamed('so-tttt', today, 'Sở Mới'), { agencyId: 'not_there' }],
		['an id that is taken', pack, opened('so-nnmt', today), { agencyId: 'taken' }],
		['the name of another', pack, renamed('so-nnmt', today, 'Sở Y tế'), { name: 'taken' }],
		['the same name again', pack, renamed('so-y-te', today, 'Sở Y tế'), { name: 'taken' }],
		['into itself', pack, merged('so-y-te', today, 'so-y-te'), { successorId: 'same' }],
		['into one that ended', pack, merged('so-y-te', today, 'so-tttt'), { successorId: 'not_there' }],
		[
			'into one that begins later',
			after(opened('so-moi', '2027-01-01')),
			merged('so-y-te', '2026-12-31', 'so-moi'),
			{ successorId: 'not_there' }
		],
		[
			'twice',
			after(merged('so-y-te', '2027-01-01', 'so-nnmt')),
			merged('so-y-te', '2026-12-01', 'so-nnmt'),
			{ agencyId: 'not_there' }
		],
		[
			'into one that is to go into it',
			after(merged('so-nnmt', '2027-06-01', 'so-y-te')),
			merged('so-y-te', '2027-01-01', 'so-nnmt'),
			{ successorId: 'nobody_left' }
		],
		[
			'a sector to where it is',
			pack,
			sectorMoved('nong-san', today, 'so-nnmt', 'so-nnmt'),
			{ toAgencyId: 'same' }
		],
		[
			'a sector to one that ended',
			pack,
			sectorMoved('nong-san', today, 'so-nnmt', 'so-tttt'),
			{ toAgencyId: 'not_there' }
		],
		[
			'a sector of another',
			pack,
			sectorMoved('nong-san', today, 'so-y-te', 'so-cong-thuong'),
			{ sectorId: 'not_there' }
		],
		[
			'a sector before a move that is planned',
			after(sectorMoved('nong-san', '2027-06-01', 'so-nnmt', 'so-y-te')),
			sectorMoved('nong-san', '2027-01-01', 'so-nnmt', 'so-cong-thuong'),
			{ sectorId: 'planned' }
		],
		[
			'a name before one that is planned',
			after(renamed('so-y-te', '2027-06-01', 'Sở Sức khỏe')),
			renamed('so-y-te', '2027-01-01', 'Sở Khác'),
			{ on: 'not_there' }
		]
	])('%s', (_, of, change, fields) => {
		expect(whyNot(of, change)).toEqual(fields);
	});

	test('and a merger on the day its successor opens is fine', () => {
		expect(
			whyNot(after(opened('so-moi', '2027-01-01')), merged('so-y-te', '2027-01-01', 'so-moi'))
		).toBeNull();
	});
});

test('TG-3.2 whatever is accepted, every sector has exactly one agency on every day, and nothing circles', () => {
	const ids = pack.agencies.map((one) => one.id);
	const days = ['2026-11-22', '2026-12-01', '2027-01-01', '2027-06-01', '2028-01-01'];
	const id = fc.constantFrom(...ids, 'moi-a', 'moi-b');
	const on = fc.constantFrom(...days);
	const name = fc.constantFrom('Sở Y tế', 'Sở Một', 'Sở Hai', 'Sở Ba');
	const change = fc.oneof(
		fc.tuple(id, on, id).map(([a, d, b]) => merged(a, d, b)),
		fc.tuple(id, on, name).map(([a, d, n]) => renamed(a, d, n)),
		fc.tuple(id, on, name).map(([a, d, n]) => opened(a, d, n)),
		fc.tuple(id, on, name).map(([a, d, n]) => focal(a, d, n)),
		fc
			.tuple(fc.constantFrom(...pack.sectors.map((one) => one.id)), on, id, id)
			.map(([s, d, a, b]) => sectorMoved(s, d, a, b))
	);
	const categories = pack.sectors.map(
		(sector) => pack.categories.find((one) => one.sectorId === sector.id)?.id ?? ''
	);
	let accepted = 0;
	fc.assert(
		fc.property(fc.array(change, { minLength: 1, maxLength: 12 }), (wanted) => {
			const taken: AgencyChange[] = [];
			for (const one of wanted)
				if (checkChange(withChanges(pack, taken), one, today).ok) {
					taken.push(one);
					accepted += 1;
				}
			const of = withChanges(pack, taken);
			expect(agencyFaults(of)).toEqual([]);
			const wrong = [...days, addDays('2027-01-01', -1), '2099-12-31'].flatMap((day) =>
				categories.filter((categoryId) => {
					const acting = routeOf(of, categoryId, day)?.agency;
					return of.agencies.filter((one) => one.id === acting?.id && inForce(one, day)).length !== 1;
				})
			);
			expect(wrong).toEqual([]);
		}),
		{ numRuns: 150 }
	);
	expect(accepted).toBeGreaterThan(100);
});

test('a planned change can be taken back, one of today or with heirs that wait for it cannot', () => {
	const record = (id: string, change: AgencyChange, withdrawn = false): RecordedChange => ({
		id,
		change,
		reason: 'Theo quyết định',
		decision: '',
		madeAt: '2026-11-22T01:00:00.000Z',
		madeByName: 'Huỳnh Quốc Trị',
		withdrawnAt: withdrawn ? '2026-11-22T02:00:00.000Z' : null
	});
	const changes = [
		record('a', opened('so-moi', '2027-01-01')),
		record('b', merged('so-y-te', '2027-01-01', 'so-moi')),
		record('c', renamed('so-nnmt', today, 'Sở Nông nghiệp')),
		record('d', renamed('so-khcn', '2027-01-01', 'Sở Khoa học'), true)
	];
	const may = (id: string) => canWithdraw(changes, id, pack, today).ok;
	expect(['a', 'b', 'c', 'd', 'x'].map(may)).toEqual([false, true, false, false, false]);
	expect(canWithdraw(changes.slice(0, 1), 'a', pack, today).ok).toBe(true);
});

test('bad input is refused by the schema: no reason, no name, an id with spaces, a day that is none', () => {
	const good = { change: renamed('so-nnmt', '2027-01-01', 'Sở Mới'), reason: 'Theo NQ', decision: '' };
	expect(agencyChangeInput.safeParse(good).success).toBe(true);
	for (const bad of [
		{ ...good, reason: '  ' },
		{ ...good, change: { ...good.change, name: '' } },
		{ ...good, change: { ...good.change, agencyId: 'so nnmt' } },
		{ ...good, change: { ...good.change, on: '2027-02-30' } },
		{ ...good, change: { ...good.change, extra: 1 } }
	])
		expect(agencyChangeInput.safeParse(bad).success, JSON.stringify(bad)).toBe(false);
});
