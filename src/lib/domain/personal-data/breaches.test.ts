import { expect, test } from 'vitest';
import { personalDataRules } from '$lib/server/rulepacks/personal-data.ts';
import { authorityNotice, breachClock, breachDueAt, openDuties, type BreachFacts } from './breaches.ts';
import { breachRuleOn, keptSince, pictureRuleOn } from './rules.ts';

const rule = breachRuleOn(personalDataRules(), '2026-11-30');
/** Friday evening in Vietnam: the clock runs over the weekend. */
const foundAt = '2026-11-27T12:00:00.000Z';
const dueAt = '2026-11-30T12:00:00.000Z';
const facts: BreachFacts = {
	harmful: true,
	dueAt,
	authorityToldAt: null,
	membersToldAt: null,
	closedAt: null,
	affected: 3,
	untold: 3
};

test('LAW-data-breach the notice is due 72 hours after it was found, weekend included', () => {
	expect(rule.hours).toBe(72);
	expect(breachDueAt(foundAt, rule.hours)).toBe(dueAt);
});

test.each([
	['2026-11-30T11:59:59.999Z', {}, 'running'],
	[dueAt, {}, 'running'],
	['2026-11-30T12:00:00.001Z', {}, 'overdue'],
	['2026-12-30T12:00:00.000Z', { authorityToldAt: dueAt }, 'told'],
	['2026-12-30T12:00:00.000Z', { authorityToldAt: '2026-11-30T12:00:00.001Z' }, 'told_late'],
	['2026-12-30T12:00:00.000Z', { harmful: false }, 'not_needed'],
	['2026-12-30T12:00:00.000Z', { harmful: false, authorityToldAt: dueAt }, 'told']
])('LAW-data-breach at %s with %o the clock says %s', (now, more, state) => {
	expect(breachClock({ ...facts, ...more }, now).state).toBe(state);
});

test.each([
	[{}, ['authority', 'members']],
	[{ affected: 0, untold: 0 }, ['authority', 'affected']],
	// Whoever was added after the others were told is told as well.
	[{ authorityToldAt: dueAt, membersToldAt: dueAt, untold: 1 }, ['members']],
	[{ authorityToldAt: dueAt }, ['members']],
	[{ authorityToldAt: dueAt, membersToldAt: dueAt, untold: 0 }, []],
	// Nobody is left whom a letter could reach.
	[{ authorityToldAt: dueAt, untold: 0 }, []],
	[{ harmful: false, affected: 0, untold: 0 }, []]
])('LAW-data-breach with %o these duties are open: %o', (more, duties) => {
	expect(openDuties({ ...facts, ...more })).toEqual(duties);
});

const breach = {
	code: 'TG-R0-07',
	foundAt,
	what: 'Tệp sao lưu bị tải trộm {what}',
	consequences: 'Có thể bị gọi điện lừa đảo',
	measures: 'Đã đổi khóa',
	affected: 3
};
const particulars = {
	controller: 'Sở Công Thương chủ trì.',
	contact: '0273 3873 269',
	kindWords: ['Họ và tên', 'Địa chỉ']
};

test('LAW-data-breach the notice has every particular, in the clock of Vietnam, and what was typed stays as typed', () => {
	const text = authorityNotice(rule, breach, particulars);
	for (const part of [
		rule.authority,
		rule.law,
		'19:00 27/11/2026',
		'Tệp sao lưu bị tải trộm {what}',
		'Họ và tên; Địa chỉ',
		breach.consequences,
		breach.measures,
		'Sở Công Thương chủ trì. Liên hệ',
		'0273 3873 269',
		': 3.'
	])
		expect(text).toContain(part);
});

test('LAW-data-breach a template that names what nobody knows is a fault, not a hole in a letter', () => {
	expect(() => authorityNotice({ ...rule, notice: ['{phone}'] }, breach, particulars)).toThrow('phone');
});

test('TG-16.3 how long things are kept comes from the data, counted back from now', () => {
	const now = '2026-11-30T02:00:00.000Z';
	expect(keptSince(personalDataRules(), 'orders_3_years', now)).toBe('2023-11-30T02:00:00.000Z');
	expect(keptSince(personalDataRules(), 'inputs_90_days', now)).toBe('2026-09-01T02:00:00.000Z');
	expect(pictureRuleOn(personalDataRules(), '2026-11-30').keepDays).toBe(30);
});
