import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { loadPack, packFaults } from '$lib/server/rulepacks/load.ts';
import { deadlineOn } from '../agencies/rules.ts';
import { rulePackSchema } from '../agencies/schema.ts';
import { addDays, countWorkingDays, isWorkingDay } from '../calendar/working-days.ts';
import { isOffered } from '../kernel/effective.ts';
import {
	canWithdrawReference,
	checkReferenceChange,
	effectiveOn,
	referenceChangeInput,
	subjectOf,
	withReferenceChanges,
	type RecordedReferenceChange,
	type ReferenceChange
} from './changes.ts';
import { entriesOf, listNames } from './lists.ts';

const pack = loadPack('tien-giang');
/** A Sunday. */
const today = '2026-11-22';
const tomorrow = '2026-11-23';
const decision = 'QĐ 12/QĐ-SCT ngày 20/11/2026';

const category = (itemId: string, on: string, name = 'Trái cây sấy'): ReferenceChange => ({
	kind: 'added',
	itemId,
	on,
	entry: { list: 'categories', name, sectorId: 'nong-san' }
});
const ended = (itemId: string, on: string): ReferenceChange => ({
	kind: 'ended',
	list: 'categories',
	itemId,
	on
});
const resumed = (itemId: string, on: string): ReferenceChange => ({
	kind: 'resumed',
	list: 'categories',
	itemId,
	on
});
const renamed = (itemId: string, name: string): ReferenceChange => ({
	kind: 'renamed',
	list: 'categories',
	itemId,
	name
});
const term = (workingDays: number, on: string): ReferenceChange => ({
	kind: 'term',
	caseKind: 'listing',
	workingDays,
	on
});
const day = (when: string, as: 'off' | 'working' | 'usual', words = 'Nghỉ bù'): ReferenceChange => ({
	kind: 'calendar',
	day: when,
	as,
	words: as === 'off' ? words : ''
});

const after = (...changes: ReferenceChange[]) => withReferenceChanges(pack, changes);
const check = (change: ReferenceChange, before: readonly ReferenceChange[] = [], by = decision) =>
	checkReferenceChange(withReferenceChanges(pack, before), { change, reason: 'thử', decision: by }, today);
const offered = (packed: typeof pack, id: string, on: string): boolean => {
	const found = packed.categories.find((one) => one.id === id);
	return found !== undefined && isOffered(found, on);
};

describe('TG-3.4a: lists', () => {
	test('an entry is offered from its day, ends on a day, and can be taken up again', () => {
		const added = after(category('trai-cay-say', '2026-12-01'));
		expect(offered(added, 'trai-cay-say', '2026-11-30')).toBe(false);
		expect(offered(added, 'trai-cay-say', '2026-12-01')).toBe(true);
		const gone = after(ended('mat-ong', '2026-12-01'));
		expect(offered(gone, 'mat-ong', '2026-11-30')).toBe(true);
		expect(offered(gone, 'mat-ong', '2026-12-01')).toBe(false);
		expect(gone.categories.find((one) => one.id === 'mat-ong')?.name).toBe('Mật ong');
		const back = after(ended('mat-ong', '2026-12-01'), resumed('mat-ong', '2027-03-01'));
		expect(offered(back, 'mat-ong', '2027-02-28')).toBe(false);
		expect(offered(back, 'mat-ong', '2027-03-01')).toBe(true);
		const never = after(ended('mat-ong', '2026-12-01'), resumed('mat-ong', '2026-12-01'));
		expect(offered(never, 'mat-ong', '2026-11-30')).toBe(true);
		expect(offered(never, 'mat-ong', '2026-12-01')).toBe(true);
	});

	test('other words at once, in every list', () => {
		for (const list of listNames) {
			const [first] = entriesOf(pack, list);
			if (!first) throw new Error(`${list} is empty`);
			const changed = after({ kind: 'renamed', list, itemId: first.id, name: 'Tên khác' });
			expect(entriesOf(changed, list).find((one) => one.id === first.id)?.name).toBe('Tên khác');
			expect(effectiveOn({ kind: 'renamed', list, itemId: first.id, name: 'Tên khác' }, today)).toBe(today);
		}
	});

	test.each<[string, ReferenceChange, readonly ReferenceChange[], Record<string, string> | null]>([
		['a new kind of goods', category('trai-cay-say', tomorrow), [], null],
		['from a day that is over', category('trai-cay-say', '2026-11-21'), [], { on: 'past' }],
		['from a year typed wrong', category('trai-cay-say', '2062-11-23'), [], { on: 'too_far' }],
		['an id that is there', category('mat-ong', tomorrow), [], { name: 'taken' }],
		['words that are there', category('mat-ong-2', tomorrow, 'MẬT ONG'), [], { name: 'taken' }],
		[
			'words of one that has ended',
			category('mat-ong-2', tomorrow, 'Mật ong'),
			[ended('mat-ong', tomorrow)],
			null
		],
		['words that differ by an accent alone', category('mat-ong-2', tomorrow, 'Mặt ong'), [], null],
		[
			'in a sector nobody has',
			{
				kind: 'added',
				itemId: 'x',
				on: tomorrow,
				entry: { list: 'categories', name: 'X', sectorId: 'khong-co' }
			},
			[],
			{ sectorId: 'not_there' }
		],
		['other words', renamed('mat-ong', 'Mật ong và sữa ong chúa'), [], null],
		['the same words', renamed('mat-ong', 'Mật ong'), [], { name: 'same' }],
		['words of another', renamed('mat-ong', 'Trái cây tươi'), [], { name: 'taken' }],
		['of nothing', renamed('khong-co', 'X'), [], { itemId: 'not_there' }],
		['an end', ended('mat-ong', today), [], null],
		['two ends', ended('mat-ong', tomorrow), [ended('mat-ong', '2026-12-01')], { on: 'planned' }],
		[
			'an end before the beginning',
			ended('trai-cay-say', tomorrow),
			[category('trai-cay-say', '2026-12-01')],
			{ on: 'not_there' }
		],
		['back again', resumed('mat-ong', '2026-12-01'), [ended('mat-ong', today)], null],
		['back without a day between', resumed('mat-ong', tomorrow), [ended('mat-ong', tomorrow)], null],
		[
			'back long after an end that has not come: it would be gone until then',
			resumed('mat-ong', '2026-12-01'),
			[ended('mat-ong', tomorrow)],
			{ on: 'planned' }
		],
		['back without having gone', resumed('mat-ong', tomorrow), [], { on: 'same' }],
		[
			'back while another has its name',
			resumed('mat-ong', '2026-12-01'),
			[ended('mat-ong', today), category('mat-ong-2', tomorrow, 'Mật ong')],
			{ name: 'taken' }
		]
	])('%s', (_, change, before, fields) => {
		const checked = check(change, before);
		expect(checked.ok ? null : checked.refusal.fields).toEqual(fields);
	});

	test('the last entry of a list stays, also when another is planned to end', () => {
		const all: ReferenceChange[] = pack.paymentMethods.map(({ id }) => ({
			kind: 'ended',
			list: 'paymentMethods',
			itemId: id,
			on: '2026-12-01'
		}));
		const [last, ...others] = all;
		if (!last) throw new Error('no way to pay');
		expect(check(last, others)).toMatchObject({ refusal: { fields: { itemId: 'last_one' } } });
		const [planned] = others;
		if (planned?.kind !== 'ended') throw new Error('one way to pay');
		const soon: ReferenceChange = { ...planned, on: '2027-01-01' };
		expect(check(last, [...others.slice(1), soon])).toMatchObject({
			refusal: { fields: { itemId: 'last_one' } }
		});
	});
});

describe('TG-3.4a, TG-10.2b: terms and days', () => {
	test('a term holds for what is received from its day', () => {
		const changed = after(term(2, '2026-12-01'));
		expect(deadlineOn(changed, 'listing', '2026-11-30').workingDays).toBe(3);
		expect(deadlineOn(changed, 'listing', '2026-12-01')).toMatchObject({
			workingDays: 2,
			clause: 'TG-10.2b'
		});
		expect(deadlineOn(changed, 'business', '2026-12-01').workingDays).toBe(3);
		expect(after(term(2, '2026-12-01'), term(4, '2026-12-01')).deadlines).toHaveLength(
			pack.deadlines.length + 1
		);
	});

	test('a day off does not count and says why; a Saturday that is worked counts; both can be taken back', () => {
		const from = '2026-11-30T03:00:00.000Z';
		const count = (packed: typeof pack) =>
			countWorkingDays({ from, workingDays: 3, calendar: packed.calendar });
		expect(count(pack).lastDay).toBe('2026-12-03');
		const off = count(after(day('2026-12-02', 'off', 'Nghỉ bão')));
		expect(off).toMatchObject({
			lastDay: '2026-12-04',
			skipped: [{ day: '2026-12-02', reason: 'Nghỉ bão' }]
		});
		expect(count(after(day('2026-12-02', 'off'), day('2026-12-02', 'usual'))).lastDay).toBe('2026-12-03');
		const saturday = after(day('2026-11-28', 'working'));
		expect(isWorkingDay('2026-11-28', saturday.calendar)).toBe(true);
		expect(
			isWorkingDay('2026-11-28', after(day('2026-11-28', 'working'), day('2026-11-28', 'usual')).calendar)
		).toBe(false);
	});

	test.each<[string, ReferenceChange, readonly ReferenceChange[], string, Record<string, string> | null]>([
		['a shorter term', term(2, tomorrow), [], decision, null],
		['a term without a decision', term(2, tomorrow), [], '', { decision: 'required' }],
		['the term there is', term(3, tomorrow), [], decision, { workingDays: 'same' }],
		['before a planned one', term(4, tomorrow), [term(2, '2026-12-01')], decision, { on: 'planned' }],
		['a day off', day('2026-11-25', 'off'), [], decision, null],
		['a day off without a decision', day('2026-11-25', 'off'), [], '', { decision: 'required' }],
		['a day off without words', day('2026-11-25', 'off', ''), [], decision, { words: 'required' }],
		['today', day(today, 'working'), [], decision, { day: 'past' }],
		['a year typed wrong', day('2062-11-25', 'off'), [], decision, { day: 'too_far' }],
		['a Sunday off', day('2026-11-29', 'off'), [], decision, { day: 'weekend' }],
		['a Friday to be worked', day('2026-11-27', 'working'), [], decision, { day: 'not_saturday' }],
		['a Saturday to be worked', day('2026-11-28', 'working'), [], decision, null],
		['twice', day('2026-11-28', 'working'), [day('2026-11-28', 'working')], decision, { day: 'same' }],
		['off twice', day('2026-11-25', 'off'), [day('2026-11-25', 'off')], decision, { day: 'same' }],
		[
			'off for another reason',
			day('2026-11-25', 'off', 'Nghỉ bão'),
			[day('2026-11-25', 'off')],
			decision,
			null
		],
		['a usual day as usual', day('2026-11-25', 'usual'), [], decision, { day: 'same' }]
	])('%s', (_, change, before, by, fields) => {
		const checked = check(change, before, by);
		expect(checked.ok ? null : checked.refusal.fields).toEqual(fields);
	});
});

test('TG-10.2b: a term is changed only where there is one, so that no change is recorded that does nothing', () => {
	const none = { ...pack, deadlines: pack.deadlines.filter(({ kind }) => kind !== 'listing') };
	const input = { change: term(2, tomorrow), reason: 'thử', decision };
	expect(checkReferenceChange(none, input, today)).toMatchObject({
		refusal: { fields: { on: 'not_there' } }
	});
});

test('TG-3.4a: how cases are given out and what the pages say', () => {
	expect(check({ kind: 'assignment', assignment: 'least_open' })).toMatchObject({ ok: false });
	expect(after({ kind: 'assignment', assignment: 'round_robin' }).assignment).toBe('round_robin');
	const texts = { operator: 'a', contact: 'b', notice: 'c' };
	expect(after({ kind: 'texts', ...texts }).texts).toEqual(texts);
	expect(check({ kind: 'texts', ...pack.texts })).toMatchObject({
		refusal: { fields: { operator: 'same' } }
	});
});

const recorded = (
	changes: readonly ReferenceChange[],
	more: Partial<RecordedReferenceChange> = {}
): RecordedReferenceChange[] =>
	changes.map((change, at) => ({
		id: `00000000-0000-4000-8000-00000000000${at}`,
		change,
		effectiveOn: effectiveOn(change, today),
		reason: '',
		decision: '',
		madeAt: '2026-11-20T00:00:00.000Z',
		madeByName: '',
		withdrawnAt: null,
		...more
	}));
const first = '00000000-0000-4000-8000-000000000000';

test.each<[string, RecordedReferenceChange[], string | Record<string, string> | null]>([
	['planned', recorded([category('x', tomorrow)]), null],
	['of today', recorded([category('x', today)]), { on: 'past' }],
	['at once', recorded([renamed('mat-ong', 'X')]), { on: 'not_there' }],
	['a day off', recorded([day('2026-11-25', 'off')]), { on: 'not_there' }],
	['with another after it', recorded([category('x', tomorrow), ended('x', '2026-12-01')]), { on: 'planned' }],
	['with another thing after it', recorded([category('x', tomorrow), ended('y', '2026-12-01')]), null],
	['taken back', recorded([category('x', tomorrow)], { withdrawnAt: '2026-11-21T00:00:00Z' }), 'not_found']
])('TG-3.4a: a change is taken back: %s', (_, changes, refused) => {
	const allowed = canWithdrawReference(pack, changes, first, today);
	expect(allowed.ok ? null : (allowed.refusal.fields ?? allowed.refusal.code)).toEqual(refused);
});

test('TG-3.4a: a change is not taken back when another entry was ended or named counting on it', () => {
	const [cash] = pack.paymentMethods;
	if (!cash) throw new Error('no way to pay');
	const one = { ...pack, paymentMethods: [cash] };
	const on = '2026-12-01';
	const card: ReferenceChange = {
		kind: 'added',
		itemId: 'the',
		on,
		entry: { list: 'paymentMethods', name: 'Thẻ' }
	};
	const noCash: ReferenceChange = { kind: 'ended', list: 'paymentMethods', itemId: cash.id, on };
	expect(canWithdrawReference(one, recorded([card, noCash]), first, today)).toMatchObject({
		refusal: { fields: { itemId: 'last_one' } }
	});
	const replaced = recorded([ended('mat-ong', on), category('mat-ong-2', on, 'Mật ong')]);
	expect(canWithdrawReference(pack, replaced, first, today)).toMatchObject({
		refusal: { fields: { name: 'taken' } }
	});
});

const anyChange: fc.Arbitrary<ReferenceChange> = fc.oneof(
	fc
		.tuple(fc.constantFrom('a', 'b', 'mat-ong'), fc.nat(60), fc.constantFrom('Một', 'Hai', 'Mật ong'))
		.map(([id, days, name]) => category(id, addDays(today, days), name)),
	fc
		.tuple(fc.constantFrom(...pack.paymentMethods.map((one) => one.id)), fc.nat(60), fc.boolean())
		.map(([itemId, days, ends]): ReferenceChange => ({
			kind: ends ? 'ended' : 'resumed',
			list: 'paymentMethods',
			itemId,
			on: addDays(today, days)
		})),
	fc
		.tuple(fc.constantFrom('a', 'b', 'mat-ong'), fc.nat(60))
		.map(([id, days]) => ended(id, addDays(today, days))),
	fc
		.tuple(fc.constantFrom('a', 'b', 'mat-ong'), fc.nat(60))
		.map(([id, days]) => resumed(id, addDays(today, days))),
	fc.tuple(fc.constantFrom('một', 'hai'), fc.nat(60)).map(([itemId, days]): ReferenceChange => ({
		kind: 'added',
		itemId: itemId === 'một' ? 'mot' : 'hai',
		on: addDays(today, days),
		entry: { list: 'paymentMethods', name: itemId }
	})),
	fc.tuple(fc.integer({ min: 1, max: 9 }), fc.nat(60)).map(([days, on]) => term(days, addDays(today, on))),
	fc
		.tuple(fc.nat(60), fc.constantFrom('off', 'working', 'usual'))
		.map(([on, as]) => day(addDays(today, on), as))
);

/** Which of those that stand. */
const takenBack = fc.nat(24);
let made = 0;

test('TG-3.4a: whatever is let through, the pack stays sound, every day has something to choose and one term', () => {
	fc.assert(
		fc.property(fc.array(fc.oneof(anyChange, takenBack), { maxLength: 25 }), (asked) => {
			let standing: RecordedReferenceChange[] = [];
			const held = () =>
				withReferenceChanges(
					pack,
					standing.map(({ change }) => change)
				);
			for (const change of asked) {
				if (typeof change === 'number') {
					const one = standing[change % Math.max(1, standing.length)];
					if (one && canWithdrawReference(pack, standing, one.id, today).ok)
						standing = standing.filter((other) => other !== one);
					continue;
				}
				const input = { change, reason: 'thử', decision };
				expect(referenceChangeInput.safeParse(input).success).toBe(true);
				if (checkReferenceChange(held(), input, today).ok)
					standing = [
						...standing,
						...recorded([change], { id: `00000000-0000-4000-8000-${String(made++).padStart(12, '0')}` })
					];
			}
			const changed = held();
			expect(rulePackSchema.safeParse(changed).success).toBe(true);
			expect(packFaults(changed)).toEqual([]);
			for (let at = 0; at <= 70; at += 1) {
				const on = addDays(today, at);
				for (const list of listNames) {
					const names = entriesOf(changed, list).flatMap((one) => (isOffered(one, on) ? [one.name] : []));
					expect(names.length).toBeGreaterThan(0);
					expect(new Set(names).size).toBe(names.length);
				}
				const terms = changed.deadlines.filter(
					(row) => row.kind === 'listing' && row.effectiveFrom <= on && (row.effectiveTo ?? on) >= on
				);
				expect(terms).toHaveLength(1);
			}
		})
	);
});

test('two changes of one thing are about the same', () => {
	expect(subjectOf(category('x', today))).toBe(subjectOf(ended('x', today)));
	expect(subjectOf(term(2, today))).toBe('term:listing');
	expect(subjectOf(day('2026-11-25', 'off'))).toBe(subjectOf(day('2026-11-25', 'usual')));
});
