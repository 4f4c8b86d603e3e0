import { expect, test } from 'vitest';
import { personalDataRules } from '$lib/server/rulepacks/personal-data.ts';
import { checkExtension, isWaiting, lateness, requestKinds, requestStates } from './requests.ts';
import { requestRuleOn } from './rules.ts';

const rules = personalDataRules();

test('LAW-data-subject acknowledged in 2 working days; view and correct 10 days, withdraw and restrict 15, delete 20', () => {
	const days = requestKinds.map((kind) => [kind, requestRuleOn(rules, kind, '2026-11-30').answer.days]);
	expect(Object.fromEntries(days)).toEqual({
		view: 10,
		correct: 10,
		withdraw: 15,
		restrict: 15,
		object: 15,
		delete: 20,
		leak: 10
	});
	for (const kind of requestKinds)
		expect(requestRuleOn(rules, kind, '2026-11-30').acknowledge).toEqual({ days: 2, unit: 'working' });
});

test('LAW-data-subject a day before the law says so: a kind without a rule is a fault, not a guess', () => {
	expect(() => requestRuleOn(rules, 'view', '2025-12-31')).toThrow('view');
});

test('what waits is what can still be answered', () => {
	expect(requestStates.filter(isWaiting)).toEqual(['received', 'acknowledged']);
});

const dueAt = '2026-12-10T17:00:00.000Z';
const extension = { days: 15, unit: 'calendar' } as const;
const clause = 'LAW-data-subject';
test.each([
	['once, in time', { rule: { extension, clause }, extendedAt: null }, '2026-12-10T16:59:59.999Z', true],
	['too late', { rule: { extension, clause }, extendedAt: null }, dueAt, false],
	[
		'twice',
		{ rule: { extension, clause }, extendedAt: '2026-12-01T02:00:00.000Z' },
		'2026-12-02T02:00:00.000Z',
		false
	],
	[
		'where the law gives none',
		{ rule: { extension: null, clause }, extendedAt: null },
		'2026-12-02T02:00:00.000Z',
		false
	]
])('LAW-data-subject put off %s', (_, request, now, allowed) => {
	expect(checkExtension({ ...request, dueAt }, now).ok).toBe(allowed);
});

const fresh = {
	acknowledgedAt: null,
	acknowledgeBy: '2026-12-02T17:00:00.000Z',
	dueAt,
	acknowledgeLateAt: null,
	answerLateAt: null
};
test.each([
	['2026-12-02T16:59:59.999Z', {}, false, false],
	['2026-12-02T17:00:00.000Z', {}, true, false],
	['2026-12-02T17:00:00.000Z', { acknowledgedAt: '2026-12-01T02:00:00.000Z' }, false, false],
	['2026-12-10T16:59:59.999Z', { acknowledgeLateAt: '2026-12-02T17:00:00.000Z' }, false, false],
	[dueAt, { acknowledgeLateAt: '2026-12-02T17:00:00.000Z' }, false, true],
	[dueAt, { acknowledgedAt: '2026-12-01T02:00:00.000Z', answerLateAt: dueAt }, false, false],
	[dueAt, {}, true, true]
])('LAW-data-subject at %s with %o', (now, more, acknowledge, answer) => {
	expect(lateness({ ...fresh, ...more }, now)).toEqual({ acknowledge, answer });
});
