import { z } from 'zod';
import { assignments, type Calendar, type RulePack } from '../agencies/schema.ts';
import { addDays, isWorkingDay } from '../calendar/working-days.ts';
import { inForce, isOffered } from '../kernel/effective.ts';
import { id, instant, requiredText, text } from '../kernel/fields.ts';
import { no, ok, type Result } from '../kernel/refusal.ts';
import { caseKinds } from '../moderation/states.ts';
import { entriesOf, listNames, type ListEntry, type ListName } from './lists.ts';

/**
 * TG-3.4a: what a manager account sets up: the lists people choose from, terms, days off, how cases are given out and
 * what the pages say. The pack's own file never changes; each change is kept beside it with who, why and from when.
 */
const entryId = z.string().regex(/^[a-z0-9-]{1,40}$/);
const day = z.iso.date();
const entry = { list: z.enum(listNames), itemId: entryId };
const words = requiredText(300);

const newEntry = z.discriminatedUnion('list', [
	z.strictObject({ list: z.literal('categories'), name: words, sectorId: entryId }),
	z.strictObject({ list: z.literal('units'), name: words, decimals: z.int().min(0).max(3) }),
	z.strictObject({ list: z.literal(['paymentMethods', 'shippingMethods', 'certificateTypes']), name: words }),
	z.strictObject({ list: z.literal('returnReasons'), name: words, clause: requiredText(40) })
]);
export type NewEntry = z.output<typeof newEntry>;

export const referenceChangeSchema = z.discriminatedUnion('kind', [
	z.strictObject({ kind: z.literal('added'), itemId: entryId, on: day, entry: newEntry }),
	/** Other words for the same thing, at once. What is another thing is a new entry. */
	z.strictObject({ kind: z.literal('renamed'), ...entry, name: words }),
	/** From `on` it cannot be chosen any more; what was written with it stays readable. */
	z.strictObject({ kind: z.literal('ended'), ...entry, on: day }),
	z.strictObject({ kind: z.literal('resumed'), ...entry, on: day }),
	/** TG-10.2b: for what is received from `on`; what runs keeps its term. */
	z.strictObject({
		kind: z.literal('term'),
		caseKind: z.enum(caseKinds),
		on: day,
		workingDays: z.int().min(1).max(60)
	}),
	/** What a day of the calendar is: off, a Saturday that is worked, or as its weekday says. */
	z.strictObject({
		kind: z.literal('calendar'),
		day,
		as: z.enum(['off', 'working', 'usual']),
		/** What people read beside a day that does not count. */
		words: text(120)
	}),
	z.strictObject({ kind: z.literal('assignment'), assignment: z.enum(assignments) }),
	z.strictObject({
		kind: z.literal('texts'),
		operator: requiredText(400),
		contact: requiredText(400),
		notice: requiredText(400)
	})
]);
export type ReferenceChange = z.output<typeof referenceChangeSchema>;

export const referenceChangeInput = z.strictObject({
	change: referenceChangeSchema,
	reason: requiredText(500),
	/** Number and date of the decision it rests on; terms and days off always rest on one. */
	decision: text(120)
});
export type ReferenceChangeInput = z.output<typeof referenceChangeInput>;

export const recordedReferenceChange = z.strictObject({
	id,
	change: referenceChangeSchema,
	effectiveOn: day,
	reason: z.string(),
	decision: z.string(),
	madeAt: instant,
	madeByName: z.string(),
	/** Taken back before its day came. */
	withdrawnAt: instant.nullable()
});
export type RecordedReferenceChange = z.output<typeof recordedReferenceChange>;

/** From when a change holds that is recorded on `today`. A day of the calendar is its own. */
export const effectiveOn = (change: ReferenceChange, today: string): string =>
	'on' in change ? change.on : change.kind === 'calendar' ? change.day : today;

/** What a change is about: two of one thing follow each other. */
export function subjectOf(change: ReferenceChange): string {
	switch (change.kind) {
		case 'added':
			return `${change.entry.list}:${change.itemId}`;
		case 'renamed':
		case 'ended':
		case 'resumed':
			return `${change.list}:${change.itemId}`;
		case 'term':
			return `term:${change.caseKind}`;
		case 'calendar':
			return `calendar:${change.day}`;
		case 'assignment':
		case 'texts':
			return change.kind;
	}
}

/** The pack with these changes, past and planned, in the order they were recorded. */
export const withReferenceChanges = (pack: RulePack, changes: readonly ReferenceChange[]): RulePack =>
	changes.reduce(changed, pack);

function changed(pack: RulePack, change: ReferenceChange): RulePack {
	switch (change.kind) {
		case 'added':
			return added(pack, change);
		case 'renamed':
			return renamed(pack, change);
		case 'ended':
			return dated(pack, change, { effectiveTo: addDays(change.on, -1) });
		case 'resumed':
			return resumed(pack, change);
		case 'term':
			return { ...pack, deadlines: withTerm(pack.deadlines, change) };
		case 'calendar':
			return { ...pack, calendar: withDay(pack.calendar, change) };
		case 'assignment':
			return { ...pack, assignment: change.assignment };
		case 'texts':
			return {
				...pack,
				texts: { operator: change.operator, contact: change.contact, notice: change.notice }
			};
	}
}

/** A pack loaded later may bring the same entry itself: then it is that one. */
function added(pack: RulePack, { itemId, on, entry: made }: Extract<ReferenceChange, { kind: 'added' }>) {
	if (entriesOf(pack, made.list).some((one) => one.id === itemId)) return pack;
	const { name } = made;
	const from = { id: itemId, effectiveFrom: on };
	switch (made.list) {
		case 'categories':
			return {
				...pack,
				categories: [...pack.categories, { ...from, name, sectorId: made.sectorId, ocop: null }]
			};
		case 'units':
			return { ...pack, units: [...pack.units, { ...from, name, decimals: made.decimals }] };
		case 'returnReasons':
			return {
				...pack,
				returnReasons: [...pack.returnReasons, { ...from, text: name, clause: made.clause }]
			};
		case 'paymentMethods':
			return { ...pack, paymentMethods: [...pack.paymentMethods, { ...from, name }] };
		case 'shippingMethods':
			return { ...pack, shippingMethods: [...pack.shippingMethods, { ...from, name }] };
		case 'certificateTypes':
			return { ...pack, certificateTypes: [...pack.certificateTypes, { ...from, name }] };
	}
}

type Entry = { readonly list: ListName; readonly itemId: string };

function renamed(pack: RulePack, { list, itemId, name }: Entry & { name: string }): RulePack {
	if (list === 'returnReasons')
		return {
			...pack,
			returnReasons: pack.returnReasons.map((one) => (one.id === itemId ? { ...one, text: name } : one))
		};
	return each(pack, list, (one) => (one.id === itemId ? { ...one, name } : one));
}

type Dates = { effectiveFrom?: string; effectiveTo?: string | null };
const dated = (pack: RulePack, { list, itemId }: Entry, dates: Dates): RulePack =>
	each(pack, list, (one) => (one.id === itemId ? { ...one, ...dates } : one));

function resumed(pack: RulePack, change: Entry & { on: string }): RulePack {
	const ended = entriesOf(pack, change.list).find((one) => one.id === change.itemId)?.effectiveTo;
	const gap = typeof ended === 'string' && isGap(ended, change.on);
	return dated(pack, change, { effectiveTo: null, ...(gap && { effectiveFrom: change.on }) });
}

/** Whether there are days between the last day of an entry and the day it is taken up again. */
const isGap = (lastDay: string, on: string): boolean => lastDay < addDays(on, -1);

function each(pack: RulePack, list: ListName, change: <T extends { id: string }>(entry: T) => T): RulePack {
	switch (list) {
		case 'categories':
			return { ...pack, categories: pack.categories.map((one) => change(one)) };
		case 'units':
			return { ...pack, units: pack.units.map((one) => change(one)) };
		case 'paymentMethods':
			return { ...pack, paymentMethods: pack.paymentMethods.map((one) => change(one)) };
		case 'shippingMethods':
			return { ...pack, shippingMethods: pack.shippingMethods.map((one) => change(one)) };
		case 'certificateTypes':
			return { ...pack, certificateTypes: pack.certificateTypes.map((one) => change(one)) };
		case 'returnReasons':
			return { ...pack, returnReasons: pack.returnReasons.map((one) => change(one)) };
	}
}

type Term = Extract<ReferenceChange, { kind: 'term' }>;

function withTerm(
	deadlines: RulePack['deadlines'],
	{ caseKind, on, workingDays }: Term
): RulePack['deadlines'] {
	return deadlines.flatMap((row) => {
		if (row.kind !== caseKind || !inForce(row, on)) return [row];
		const after = { ...row, workingDays, effectiveFrom: on };
		return row.effectiveFrom === on ? [after] : [{ ...row, effectiveTo: addDays(on, -1) }, after];
	});
}

type CalendarDay = Extract<ReferenceChange, { kind: 'calendar' }>;

function withDay(calendar: Calendar, { day: when, as, words: reason }: CalendarDay): Calendar {
	const off = calendar.off.filter((one) => one.day !== when);
	const workingSaturdays = calendar.workingSaturdays.filter((one) => one !== when);
	const byDay = (a: { day: string }, b: { day: string }) => (a.day < b.day ? -1 : 1);
	return {
		off: as === 'off' ? [...off, { day: when, reason }].sort(byDay) : off,
		workingSaturdays: as === 'working' ? [...workingSaturdays, when].sort() : workingSaturdays
	};
}

/** A year typed wrong would hold back everything that is to come before it. */
const farthest = (today: string): string => addDays(today, 3 * 366);

const bad = (field: string, why: string) =>
	no('invalid_input', { clause: 'TG-3.4a', fields: { [field]: why } });

/**
 * Whether `input` may be recorded on `today`, with `pack` holding all changes before. A refusal names the field: `past`,
 * `too_far`, `taken`, `not_there`, `same`, `planned`, `last_one`, `weekend`, `not_saturday`, `required`.
 */
export function checkReferenceChange(
	pack: RulePack,
	{ change, decision }: ReferenceChangeInput,
	today: string
): Result<void> {
	if ('on' in change && change.on < today) return bad('on', 'past');
	if ('on' in change && change.on > farthest(today)) return bad('on', 'too_far');
	switch (change.kind) {
		case 'added':
			return checkAdded(pack, change);
		case 'renamed': {
			const found = entriesOf(pack, change.list).find((one) => one.id === change.itemId);
			if (!found) return bad('itemId', 'not_there');
			if (found.name === change.name) return bad('name', 'same');
			return isNameTaken(pack, change.list, change, today) ? bad('name', 'taken') : ok(undefined);
		}
		case 'ended':
			return checkEnded(pack, change);
		case 'resumed': {
			const found = entriesOf(pack, change.list).find((one) => one.id === change.itemId);
			if (!found) return bad('itemId', 'not_there');
			if (typeof found.effectiveTo !== 'string') return bad('on', 'same');
			// One span is kept of an entry: with a gap planned ahead it would be gone at once.
			if (found.effectiveTo >= today && isGap(found.effectiveTo, change.on)) return bad('on', 'planned');
			if (!isSectorThere(pack, found, change.list, change.on)) return bad('itemId', 'not_there');
			return isNameTaken(pack, change.list, { ...change, name: found.name }, change.on)
				? bad('name', 'taken')
				: ok(undefined);
		}
		case 'term': {
			const rows = pack.deadlines.filter((row) => row.kind === change.caseKind);
			if (rows.some((row) => row.effectiveFrom > change.on)) return bad('on', 'planned');
			const running = rows.find((row) => inForce(row, change.on));
			if (!running) return bad('on', 'not_there');
			if (running.workingDays === change.workingDays) return bad('workingDays', 'same');
			return decision === '' ? bad('decision', 'required') : ok(undefined);
		}
		case 'calendar':
			return checkDay(pack.calendar, change, today, decision);
		case 'assignment':
			return pack.assignment === change.assignment ? bad('assignment', 'same') : ok(undefined);
		case 'texts': {
			const { operator, contact, notice } = pack.texts;
			const same = operator === change.operator && contact === change.contact && notice === change.notice;
			return same ? bad('operator', 'same') : ok(undefined);
		}
	}
}

function checkAdded(pack: RulePack, change: Extract<ReferenceChange, { kind: 'added' }>): Result<void> {
	const { entry: made, itemId, on } = change;
	if (entriesOf(pack, made.list).some((one) => one.id === itemId)) return bad('name', 'taken');
	if (isNameTaken(pack, made.list, { itemId, name: made.name }, on)) return bad('name', 'taken');
	if (
		made.list === 'categories' &&
		!pack.sectors.some((sector) => sector.id === made.sectorId && inForce(sector, on))
	)
		return bad('sectorId', 'not_there');
	return ok(undefined);
}

function checkEnded(pack: RulePack, { list, itemId, on }: Entry & { on: string }): Result<void> {
	const entries = entriesOf(pack, list);
	const found = entries.find((one) => one.id === itemId);
	if (!found) return bad('itemId', 'not_there');
	if (typeof found.effectiveTo === 'string') return bad('on', 'planned');
	if (!isOffered(found, on)) return bad('on', 'not_there');
	const others = entries.filter((one) => one.id !== itemId);
	return isAlwaysOffered(others, on) ? ok(undefined) : bad('itemId', 'last_one');
}

/** Whether there is something to choose on `from` and every day after it. */
const isAlwaysOffered = (entries: readonly ListEntry[], from: string): boolean =>
	[from, ...entries.flatMap(turnsOf).filter((turn) => turn > from)].every((turn) =>
		entries.some((one) => isOffered(one, turn))
	);

const turnsOf = ({ effectiveFrom, effectiveTo }: ListEntry): string[] => [
	...(effectiveFrom === undefined ? [] : [effectiveFrom]),
	...(typeof effectiveTo === 'string' ? [addDays(effectiveTo, 1)] : [])
];

function checkDay(calendar: Calendar, change: CalendarDay, today: string, decision: string): Result<void> {
	// What was counted with a day that has begun would have to be counted anew when it is over.
	if (change.day <= today) return bad('day', 'past');
	if (change.day > farthest(today)) return bad('day', 'too_far');
	const weekday = new Date(`${change.day}T00:00:00Z`).getUTCDay();
	const before = calendar.off.find((one) => one.day === change.day);
	switch (change.as) {
		case 'off':
			if (weekday === 0 || weekday === 6) return bad('day', 'weekend');
			if (change.words === '') return bad('words', 'required');
			if (before?.reason === change.words) return bad('day', 'same');
			break;
		case 'working':
			if (weekday !== 6) return bad('day', 'not_saturday');
			if (isWorkingDay(change.day, calendar)) return bad('day', 'same');
			break;
		case 'usual':
			if (!before && !calendar.workingSaturdays.includes(change.day)) return bad('day', 'same');
	}
	return decision === '' ? bad('decision', 'required') : ok(undefined);
}

const folded = (name: string): string => name.toLocaleLowerCase('vi');

/** Two entries people could not tell apart: the same words, both to be chosen on `on` or later. */
const isNameTaken = (
	pack: RulePack,
	list: ListName,
	{ itemId, name }: { readonly itemId: string; readonly name: string },
	on: string
): boolean =>
	entriesOf(pack, list).some(
		(one) =>
			one.id !== itemId &&
			folded(one.name) === folded(name) &&
			(typeof one.effectiveTo !== 'string' || one.effectiveTo >= on)
	);

const isSectorThere = (pack: RulePack, entry: ListEntry, list: ListName, on: string): boolean => {
	if (list !== 'categories') return true;
	const sectorId = pack.categories.find((one) => one.id === entry.id)?.sectorId;
	return pack.sectors.some((sector) => sector.id === sectorId && inForce(sector, on));
};

/**
 * A planned change can be taken back until its day has come, when nothing recorded later stands on it and the lists of
 * `pack`, as it was loaded, stay sound without it. Refusals as `checkReferenceChange`.
 */
export function canWithdrawReference(
	pack: RulePack,
	changes: readonly RecordedReferenceChange[],
	changeId: string,
	today: string
): Result<void> {
	const standing = changes.filter((one) => one.withdrawnAt === null);
	const at = standing.findIndex((one) => one.id === changeId);
	const found = standing[at];
	if (!found) return no('not_found');
	// A day off is taken back by saying what the day is: cases may have been counted with it already.
	if (!('on' in found.change)) return bad('on', 'not_there');
	if (found.effectiveOn <= today) return bad('on', 'past');
	const later = standing.slice(at + 1).some((one) => subjectOf(one.change) === subjectOf(found.change));
	if (later) return bad('on', 'planned');
	const left = standing.filter((one) => one !== found).map(({ change }) => change);
	return checkWithout(withReferenceChanges(pack, left), found.change);
}

/** What was recorded of other entries may have counted on the change that is taken back. */
function checkWithout(pack: RulePack, change: ReferenceChange): Result<void> {
	if (change.kind !== 'added' && change.kind !== 'ended' && change.kind !== 'resumed') return ok(undefined);
	const list = change.kind === 'added' ? change.entry.list : change.list;
	const entries = entriesOf(pack, list);
	if (!isAlwaysOffered(entries, change.on)) return bad('itemId', 'last_one');
	const back = entries.find((one) => one.id === change.itemId);
	return back &&
		isOffered(back, change.on) &&
		isNameTaken(pack, list, { itemId: back.id, name: back.name }, change.on)
		? bad('name', 'taken')
		: ok(undefined);
}
