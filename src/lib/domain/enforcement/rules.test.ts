import fc from 'fast-check';
import { expect, test } from 'vitest';
import { loadEnforcement, loadPack } from '$lib/server/rulepacks/load.ts';
import { vietnamDay } from '../calendar/working-days.ts';
import { legalEvents } from '../kernel/machine.ts';
import { checkMeasure, effectAt, groundsFor, noticeEnds, standingOf, stepTargets } from './rules.ts';
import { measureTargets, type TakeMeasure } from './schema.ts';
import { ladderMachine, measureMachine, measureStates, measureSteps, standings } from './states.ts';

const rules = loadEnforcement('tien-giang');
const { calendar } = loadPack('tien-giang');
const now = '2026-11-18T03:00:00.000Z';

const input = (changes: Partial<TakeMeasure> = {}): TakeMeasure => ({
	measureId: '0b5f8a52-6f5a-4b53-9c6a-7d8f5d1a2b3c',
	agencyId: 'so-nnmt',
	target: { kind: 'business', id: '0b5f8a52-6f5a-4b53-9c6a-7d8f5d1a2b3d' },
	step: 'suspend',
	groundId: 'thong-tin-sai',
	source: 'buyer_report',
	reason: 'Ghi là sầu riêng Ri6, giao sầu riêng hạt',
	evidence: 'Ba người mua phản ánh',
	files: [],
	untilDay: null,
	bodyId: null,
	papers: '',
	...changes
});
const check = (changes: Partial<TakeMeasure>, standing = standingOf([])) =>
	checkMeasure(input(changes), rules, standing, { now, effectAt: null });

test('TG-17.3 the ladder: an account is ended only from a suspension, everything may be referred', () => {
	for (const standing of standings) {
		expect(legalEvents(ladderMachine, standing).includes('end')).toBe(standing === 'suspended');
		expect(ladderMachine.table[standing].refer).toBe(standing);
	}
	expect(legalEvents(ladderMachine, 'ended')).toEqual(['refer']);
});

test('TG-17.3 whatever the ladder leads to is what the measure in force makes of the person', () => {
	for (const step of measureSteps) {
		const to = ladderMachine.table.clear[step];
		if (to !== null) expect(standingOf([{ step, state: 'in_force' }])).toBe(to);
	}
	for (const state of measureStates.filter((one) => one !== 'in_force'))
		for (const step of measureSteps) expect(standingOf([{ step, state }])).toBe('clear');
});

test('TG-9.3a a measure ends once: nothing leads out of an end, and a notice that was withdrawn is never carried out', () => {
	expect(legalEvents(measureMachine, 'noticed')).toEqual(['carry_out', 'withdraw']);
	expect(legalEvents(measureMachine, 'in_force')).toEqual(['lift', 'run_out']);
	for (const state of ['withdrawn', 'lifted', 'run_out'] as const)
		expect(legalEvents(measureMachine, state)).toEqual([]);
});

test('LAW-tmdt-notice five days’ notice: the day of the notice does not count, and a day off moves the end', () => {
	// Wednesday 18/11 + 5 = Monday 23/11, a working day.
	expect(noticeEnds(now, 5, calendar)).toBe('2026-11-23T17:00:00.000Z');
	// Monday 16/11 + 5 = Saturday 21/11, so it ends with Monday.
	expect(noticeEnds('2026-11-16T03:00:00.000Z', 5, calendar)).toBe('2026-11-23T17:00:00.000Z');
});

test('LAW-tmdt-notice nobody is restricted earlier than the days say, and never at a day off', () => {
	const from = Date.parse('2026-01-01T00:00:00Z');
	fc.assert(
		fc.property(fc.integer({ min: 0, max: 360 * 24 }), fc.integer({ min: 1, max: 30 }), (hours, days) => {
			const at = new Date(from + hours * 3_600_000).toISOString();
			const end = noticeEnds(at, days, calendar);
			expect(Date.parse(end) - Date.parse(at)).toBeGreaterThan(days * 86_400_000 - 1);
			expect(calendar.off.map(({ day }) => day)).not.toContain(vietnamDay(Date.parse(end) - 1));
		})
	);
});

test('LAW-tmdt-notice the ground decides, from the day the law is in force; goods are hidden at once', () => {
	const ground = (day: string) => groundsFor(rules, 'business', day).find(({ id }) => id === 'thong-tin-sai');
	expect(ground('2026-06-30')?.notice).toBeNull();
	const today = ground('2026-07-01');
	if (!today) throw new Error('the ground is missing');
	expect(effectAt(today, 'suspend', now, calendar)).toBe('2026-11-23T17:00:00.000Z');
	expect(effectAt(today, 'hide_product', now, calendar)).toBeNull();
	expect(effectAt(today, 'warn', now, calendar)).toBeNull();
	const harm = groundsFor(rules, 'business', '2026-07-01').find(({ id }) => id === 'gay-hai');
	expect(harm?.notice).toBeNull();
});

test('TG-9.1 every step × target × standing is decided by the tables', () => {
	for (const step of measureSteps)
		for (const kind of measureTargets)
			for (const standing of standings) {
				const target = { kind, id: input().target.id };
				const bodyId = step === 'refer' ? 'cong-an' : null;
				const done = check({ step, target, bodyId, papers: 'Biên bản số 1' }, standing);
				const fits = stepTargets[step].includes(kind) && ladderMachine.table[standing][step] !== null;
				expect(done.ok, `${step} of ${kind} when ${standing}`).toBe(fits);
			}
});

test('TG-9.1 a lock needs a ground that counts, its source and its evidence', () => {
	const refused = (changes: Partial<TakeMeasure>, field: string) =>
		expect(check(changes)).toMatchObject({
			refusal: { code: 'invalid_input', fields: { [field]: expect.any(String) } }
		});
	expect(check({}).ok).toBe(true);
	refused({ groundId: 'vì thế' }, 'groundId');
	refused(
		{
			target: { kind: 'listing', id: input().target.id },
			step: 'hide_product',
			groundId: 'lua-dao-mao-danh'
		},
		'groundId'
	);
	refused({ groundId: 'vi-pham-phap-luat', source: 'buyer_report', files: ['x'] }, 'source');
	refused({ groundId: 'vi-pham-phap-luat', source: 'authority_finding' }, 'files');
	refused({ bodyId: 'cong-an' }, 'bodyId');
	refused({ step: 'refer' }, 'bodyId');
	refused({ step: 'refer', bodyId: 'cong-an' }, 'papers');
});

test('TG-9.3a a term only where the ground allows one, after it begins and not for ever', () => {
	const junk = { groundId: 'tin-rac' };
	expect(check({ ...junk, untilDay: '2026-12-01' }).ok).toBe(true);
	for (const untilDay of ['2026-11-18', '2026-11-01', '2028-01-01'])
		expect(check({ ...junk, untilDay })).toMatchObject({
			refusal: { fields: { untilDay: 'invalid_input' } }
		});
	expect(check({ untilDay: '2026-12-01' })).toMatchObject({
		refusal: { fields: { untilDay: 'invalid_input' } }
	});
});

test('TG-19.7 junk is a ground against sellers and buyers alike', () => {
	for (const target of measureTargets)
		expect(groundsFor(rules, target, '2026-11-22').map(({ id }) => id)).toContain('tin-rac');
});

test('LAW-tmdt-notice at each instant a ground counts once', () => {
	for (const day of ['2023-05-01', '2026-06-30', '2026-07-01', '2030-01-01'])
		for (const target of measureTargets) {
			const ids = groundsFor(rules, target, day).map(({ id }) => id);
			expect(new Set(ids).size).toBe(ids.length);
		}
});
