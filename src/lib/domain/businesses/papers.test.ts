import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { noBusinessRules } from '../agencies/schema.ts';
import { addDays } from '../calendar/working-days.ts';
import { dueNotice, holds, paperStandings, ranOut } from './papers.ts';
import type { Paper } from './schema.ts';

const rule = (id: string, requiredSectors: string[], effectiveFrom = '2023-05-01') => ({
	id,
	name: id,
	requiredKinds: ['household' as const],
	requiredSectors,
	expires: true,
	clause: 'TG-7.1a',
	effectiveFrom,
	effectiveTo: null
});
const pack = {
	businesses: {
		...noBusinessRules,
		papers: [rule('dang-ky', []), rule('attp', ['banh-keo']), rule('moi', [], '2027-01-01')],
		warnDays: [60, 30, 7]
	}
};
const paper = (type: string, expiresOn: string | null): Paper => ({
	type,
	number: '',
	issuedBy: '',
	issuedOn: null,
	expiresOn,
	scope: '',
	files: []
});
const shows = (...papers: Paper[]) => ({ kind: 'household' as const, papers });
const last = '2027-01-21';

describe('TG-12 a paper holds on its last day, and the day after it closes what needs it', () => {
	test.each([
		['required there', shows(paper('attp', last)), 'banh-keo', 'attp'],
		['required everywhere', shows(paper('dang-ky', last)), 'nong-san', 'dang-ky'],
		['required elsewhere only', shows(paper('attp', last)), 'nong-san', null],
		['nobody needs it', shows(paper('ocop', last)), 'banh-keo', null],
		['without a last day', shows(paper('attp', null)), 'banh-keo', null],
		['a second one still holds', shows(paper('attp', last), paper('attp', '2030-01-01')), 'banh-keo', null],
		['asked for since, and never shown', shows(paper('attp', '2030-01-01')), 'banh-keo', null],
		[
			'another kind of business',
			{ ...shows(paper('attp', last)), kind: 'individual' as const },
			'banh-keo',
			null
		]
	])('TG-12 %s', (_what, content, sector, closes) => {
		expect(holds(paper('attp', last), last)).toBe(true);
		expect(ranOut(pack, content, sector, last)).toBeNull();
		expect(ranOut(pack, content, sector, addDays(last, 1))).toBe(closes);
	});
});

test('TG-12 the owner is told 60, 30 and 7 days before and once it is over, by the nearest one', () => {
	const on = (day: string, waiting: Paper[] = []) => {
		const [one] = paperStandings(
			pack,
			[{ sectorId: 'banh-keo', content: shows(paper('attp', last)) }],
			{ papers: waiting },
			day
		);
		return one ? dueNotice(one, pack.businesses.warnDays) : undefined;
	};
	expect(on('2026-11-21')).toBeNull();
	expect(on('2026-11-22')).toBe(60);
	expect(on('2026-12-22')).toBe(30);
	expect(on('2027-01-14')).toBe(7);
	expect(on(last)).toBe(7);
	expect(on('2027-01-22')).toBe(0);
	// Who has sent a newer one is left in peace, until the old one is over.
	expect(on('2027-01-14', [paper('attp', '2030-01-01')])).toBeNull();
	expect(on('2027-01-14', [paper('attp', last)])).toBe(7);
	expect(on('2027-01-22', [paper('attp', '2030-01-01')])).toBe(0);
});

test('TG-12 a paper several sectors need is one line, a newer version of it another', () => {
	const old = shows(paper('attp', last), paper('dang-ky', '2030-01-01'));
	const renewed = shows(paper('attp', '2029-01-21'), paper('dang-ky', '2030-01-01'));
	const lines = paperStandings(
		pack,
		[
			{ sectorId: 'nong-san', content: renewed },
			{ sectorId: 'banh-keo', content: old }
		],
		null,
		'2027-01-01'
	);
	expect(lines.map(({ type, left, sectors }) => [type, left, sectors])).toEqual([
		['attp', 20, ['banh-keo']],
		['attp', 751, []],
		['dang-ky', 1096, ['banh-keo', 'nong-san']]
	]);
});

test('TG-12 day after day, each warning comes once and the end comes last', () => {
	fc.assert(
		fc.property(fc.integer({ min: 0, max: 90 }), fc.array(fc.integer({ min: 1, max: 9 })), (start, steps) => {
			const told = new Set<number>();
			const order: number[] = [];
			let day = addDays(last, -start);
			// However seldom the job runs.
			for (const step of [...steps, 100]) {
				const [one] = paperStandings(
					pack,
					[{ sectorId: 'banh-keo', content: shows(paper('attp', last)) }],
					null,
					day
				);
				const due = one ? dueNotice(one, pack.businesses.warnDays) : null;
				if (due !== null && !told.has(due)) {
					told.add(due);
					order.push(due);
				}
				day = addDays(day, step);
				if (day > last) break;
			}
			expect(order).toEqual([...order].sort((a, b) => b - a));
		})
	);
});
