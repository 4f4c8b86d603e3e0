import { describe, expect, test } from 'vitest';
import { caseStates } from '$lib/domain/moderation/states.ts';
import { awaitsDecision, decisionLock, mayReassign, refusedDecision } from './decision.ts';
import { caseOf, decidedHere, hanh, minh, sau, viewOf, yen } from './test-world.ts';

const doc = caseOf(17);

describe('who may decide', () => {
	test('TG-10.2b only an open case awaits a decision', () => {
		expect(caseStates.filter((state) => awaitsDecision(viewOf(caseOf(1, { state }))))).toEqual(['open']);
	});
	test('TG-19.5 any officer of the department, nobody of another', () => {
		expect(decisionLock(viewOf(doc), minh)).toBeNull();
		expect(decisionLock(viewOf(doc), hanh)).toBeNull();
		expect(decisionLock(viewOf(doc), yen)).toBe('other_agency');
	});
	test('TG-19.5 nobody decides own goods', () => {
		const own = caseOf(18, { seller: { ...doc.seller, accountId: minh.id } });
		expect(decisionLock(viewOf(own), minh)).toBe('own_goods');
		expect(decisionLock(viewOf(own), hanh)).toBeNull();
	});
	test('a case decided on this device waits for the server, a refused one may be decided again', () => {
		expect(decisionLock(decidedHere(doc), minh)).toBe('waiting');
		expect(decisionLock(decidedHere(doc, { at: 'sending' }), minh)).toBe('waiting');
		const refused = decidedHere(doc, {
			at: 'refused',
			refusal: { code: 'stale_version' },
			receivedAt: '2026-11-23T14:41:00.000Z'
		});
		expect(decisionLock(refused, minh)).toBeNull();
	});
	test('a decided case is closed', () => {
		expect(decisionLock(viewOf(caseOf(1, { state: 'returned' })), minh)).toBe('decided');
	});
});

describe('who may hand a case on', () => {
	test('TG-19.5 its holder and the lead, not a colleague', () => {
		expect([minh, sau, hanh, yen].map((actor) => mayReassign(viewOf(doc), actor))).toEqual([
			true,
			true,
			false,
			false
		]);
	});
	test('not while a decision of this device waits, not once decided', () => {
		expect(mayReassign(decidedHere(doc), minh)).toBe(false);
		expect(mayReassign(viewOf(caseOf(1, { state: 'approved' })), sau)).toBe(false);
	});
});

describe('a refused decision is told', () => {
	const facts = { by: 'Phạm Mỹ Hạnh', at: '2026-11-23T14:00:00.000Z', outcome: 'returned' };

	test('by whom and when, from the refusal while the case has not come back', () => {
		expect(refusedDecision({ code: 'already_decided', facts }, doc)).toEqual({
			why: 'already_decided',
			...facts
		});
	});
	test('from the pulled case once it is here', () => {
		const decided = caseOf(17, {
			state: 'approved',
			decision: {
				by: { id: hanh.id, name: hanh.name },
				at: '2026-11-23T14:01:00.000Z',
				deviceTime: '2026-11-23T14:01:00.000Z',
				outcome: 'approved',
				reasonCodes: [],
				note: ''
			}
		});
		expect(refusedDecision({ code: 'already_decided', facts }, decided)).toMatchObject({
			at: '2026-11-23T14:01:00.000Z',
			outcome: 'approved'
		});
	});
	test('without facts nothing is invented', () => {
		expect(refusedDecision({ code: 'already_decided' }, doc)).toEqual({
			why: 'already_decided',
			by: '',
			at: '',
			outcome: null
		});
	});
	test('a changed listing and any other refusal', () => {
		expect(refusedDecision({ code: 'stale_version' }, doc)).toEqual({ why: 'changed' });
		expect(refusedDecision({ code: 'not_allowed' }, doc)).toEqual({
			why: 'other',
			refusal: { code: 'not_allowed' }
		});
	});
});
