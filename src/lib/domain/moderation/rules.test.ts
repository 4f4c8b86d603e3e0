import fc from 'fast-check';
import { expect, test } from 'vitest';
import { loadPack } from '$lib/server/rulepacks/load.ts';
import { legalEvents, nextState } from '../kernel/machine.ts';
import { packNames } from '../agencies/names.ts';
import { checkReasons, holderAt, isPastDue, pickAssignee, reasonsFor, type Candidate } from './rules.ts';
import { dueState } from './schema.ts';
import { caseMachine, caseStates } from './states.ts';

const pack = loadPack('tien-giang');
const at = (time: string) => `2026-11-18T${time}:00.000Z`;
const candidate = (accountId: string, open: number, lastAssignedAt: string | null): Candidate => ({
	accountId,
	open,
	lastAssignedAt
});

test('TG-10.2b a case is decided once: nothing leads out of a decision', () => {
	for (const state of caseStates.filter((s) => s !== 'open'))
		expect(legalEvents(caseMachine, state)).toEqual([]);
	expect(legalEvents(caseMachine, 'open')).toEqual(['approve', 'return', 'refuse', 'cancel', 'reassign']);
	expect(nextState(caseMachine, 'open', 'reassign')).toEqual({ ok: true, value: 'open' });
});

test('TG-10.2b a return needs reasons, and reasons of the pack; an approval needs none', () => {
	const common = { caseId: 'c', listingRev: 1, note: '' };
	const back = (reasonCodes: string[]) => ({ ...common, decision: 'return' as const, reasonCodes });
	expect(checkReasons({ ...common, decision: 'approve' }, 'listing', pack).ok).toBe(true);
	expect(checkReasons(back([]), 'listing', pack)).toMatchObject({ refusal: { code: 'reason_required' } });
	expect(checkReasons(back(['thieu-thong-tin', 'vì thế']), 'listing', pack)).toMatchObject({
		refusal: { code: 'invalid_input' }
	});
	expect(checkReasons(back(['thieu-thong-tin', 'anh-chua-ro']), 'listing', pack).ok).toBe(true);
});

test('TG-10.3a a need is returned for reasons of its own, and for those of goods where the pack is of before', () => {
	const back = (code: string) => ({
		caseId: 'c',
		listingRev: 1,
		note: '',
		decision: 'return' as const,
		reasonCodes: [code]
	});
	const { needReasons, ...before } = pack;
	expect(reasonsFor(pack, 'need', 'return')).toEqual(needReasons);
	expect(reasonsFor(before, 'need', 'return')).toEqual(pack.returnReasons);
	expect(checkReasons(back('nhu-cau-chua-ro'), 'need', pack).ok).toBe(true);
	expect(checkReasons(back('anh-chua-ro'), 'need', before).ok).toBe(true);
	const unknown = { refusal: { code: 'invalid_input' } };
	expect(checkReasons(back('anh-chua-ro'), 'need', pack)).toMatchObject(unknown);
	for (const kind of ['listing', 'reconfirmation'] as const)
		expect(checkReasons(back('nhu-cau-chua-ro'), kind, pack)).toMatchObject(unknown);
	expect(packNames(pack).returnReason('nhu-cau-chua-ro')).toMatch(/^Chưa rõ cần mua gì/);
});

test('TG-10.2b the due state turns exactly at its instants', () => {
	const open = { dueAt: at('17:00'), soonHours: 24 };
	const due = Date.parse(open.dueAt);
	expect(dueState(open, due - 24 * 3_600_000)).toBe('on_time');
	expect(dueState(open, due - 24 * 3_600_000 + 1)).toBe('soon');
	expect(dueState(open, due - 1)).toBe('soon');
	expect(dueState(open, due)).toBe('overdue');
});

test('TG-10.3b overdue on the screen and past due for the ledger are one and the same', () => {
	fc.assert(
		fc.property(fc.integer({ min: -1e9, max: 1e9 }), fc.integer({ min: 1, max: 100 }), (off, soonHours) => {
			const dueAt = at('17:00');
			const now = Date.parse(dueAt) + off;
			expect(isPastDue({ dueAt }, new Date(now).toISOString())).toBe(
				dueState({ dueAt, soonHours }, now) === 'overdue'
			);
		})
	);
});

test('TG-10.3b the holder of an instant is whoever had the case before it, not who got it then or later', () => {
	const given = [
		{ at: at('01:00'), to: 'minh' },
		{ at: at('05:00'), to: 'hanh' }
	];
	expect(holderAt(given, at('00:59'))).toBeNull();
	expect(holderAt(given, at('05:00'))).toBe('minh');
	expect(holderAt(given, at('05:01'))).toBe('hanh');
	expect(holderAt([...given, { at: at('05:00'), to: 'sau' }], at('06:00'))).toBe('sau');
	expect(holderAt([{ at: at('01:00'), to: null }], at('02:00'))).toBeNull();
	expect(holderAt([], at('02:00'))).toBeNull();
});

test('TG-3.2 least open: the officer with the fewest cases; among equals who waited longest', () => {
	const pick = (...all: Candidate[]) => pickAssignee('least_open', all);
	expect(pick()).toBeNull();
	expect(pick(candidate('a', 3, null), candidate('b', 1, at('09:00')))).toBe('b');
	expect(pick(candidate('a', 1, at('09:00')), candidate('b', 1, at('08:00')))).toBe('b');
	expect(pick(candidate('a', 1, at('09:00')), candidate('b', 1, null))).toBe('b');
	expect(pick(candidate('b', 0, null), candidate('a', 0, null))).toBe('a');
});

test('TG-3.2 round robin: whoever waited longest, however many cases are open', () => {
	expect(pickAssignee('round_robin', [candidate('a', 0, at('09:00')), candidate('b', 9, at('08:00'))])).toBe(
		'b'
	);
});

test('TG-3.2 round robin gives every officer the same number of cases, in turn', () => {
	const officers = new Map(['a', 'b', 'c'].map((id) => [id, { open: 0, last: null as string | null }]));
	for (let i = 0; i < 9; i++) {
		const candidates = [...officers].map(([id, { open, last }]) => candidate(id, open, last));
		const held = officers.get(pickAssignee('round_robin', candidates) ?? '');
		if (held) Object.assign(held, { open: held.open + 1, last: at(`0${i}:00`) });
	}
	expect([...officers.values()].map((officer) => officer.open)).toEqual([3, 3, 3]);
});

test('the choice does not depend on the order officers are listed in', () => {
	const one = fc.record({
		accountId: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
		open: fc.nat(3),
		lastAssignedAt: fc.constantFrom(null, at('08:00'), at('09:00'))
	});
	const some = fc.uniqueArray(one, { selector: (c) => c.accountId, maxLength: 5 });
	fc.assert(
		fc.property(some, fc.constantFrom('least_open' as const, 'round_robin' as const), (all, rule) => {
			expect(pickAssignee(rule, [...all].reverse())).toBe(pickAssignee(rule, all));
		})
	);
});
