import { z } from 'zod';
import { vietnamDay } from '../calendar/working-days.ts';
import { inForce } from '../kernel/effective.ts';
import { timedKeepings, type TimedKeeping } from './keeping.ts';
import { requestKinds, type RequestKind } from './requests.ts';

/** What the law says of personal data, as data: terms, clocks and how long is kept what. The same in every province. */
const effective = { effectiveFrom: z.iso.date(), effectiveTo: z.iso.date().nullable() };
const source = { clause: z.string().min(1), law: z.string().min(1) };
const length = z.strictObject({ days: z.int().min(1).max(365), unit: z.enum(['working', 'calendar']) });

export const requestRule = z.strictObject({
	kinds: z.array(z.enum(requestKinds)).min(1),
	/** Until when the exchange says that it has the request. */
	acknowledge: length,
	/** Until when it answers; both terms run from receipt. */
	answer: length,
	/** By how much the answer may be put off, once and with a reason; null = not at all. */
	extension: length.nullable(),
	...source,
	...effective
});
export type RequestRule = z.output<typeof requestRule>;

export const breachRule = z.strictObject({
	/** Calendar hours from the moment a breach was found. */
	hours: z.int().min(1).max(720),
	authority: z.string().min(1),
	/** Lines of the notice with `{particular}`s; see `authorityNotice`. */
	notice: z.array(z.string()).min(1),
	...source,
	...effective
});
export type BreachRule = z.output<typeof breachRule>;

export const keepingRule = z.strictObject({
	id: z.enum(timedKeepings),
	years: z.int().min(0).max(100).default(0),
	days: z.int().min(0).max(3_650).default(0),
	...source,
	...effective
});

export const pictureRule = z.strictObject({
	/** Days after the last decision. */
	keepDays: z.int().min(1).max(365),
	...source,
	...effective
});

export const personalDataRulesSchema = z.strictObject({
	requests: z.array(requestRule).min(1),
	breaches: z.array(breachRule).min(1),
	identityPictures: z.array(pictureRule).min(1),
	keeping: z.array(keepingRule).min(1)
});
export type PersonalDataRules = z.output<typeof personalDataRulesSchema>;

/** The rule for a kind of request on a day (`YYYY-MM-DD`). Throws when the data has none: every kind needs one. */
export function requestRuleOn(rules: PersonalDataRules, kind: RequestKind, day: string): RequestRule {
	const rule = rules.requests.find((one) => one.kinds.includes(kind) && inForce(one, day));
	if (!rule) throw new Error(`no rule for a request to ${kind} on ${day}`);
	return rule;
}

const only = <R extends { effectiveFrom: string; effectiveTo: string | null }>(
	rules: readonly R[],
	day: string,
	what: string
): R => {
	const rule = rules.find((one) => inForce(one, day));
	if (!rule) throw new Error(`no rule for ${what} on ${day}`);
	return rule;
};

/** LAW-data-breach: the clock and the notice for a breach found on `day`. */
export const breachRuleOn = (rules: PersonalDataRules, day: string): BreachRule =>
	only(rules.breaches, day, 'a breach');

/** LAW-data-consent: how long pictures of identity cards stay after a decision, on `day`. */
export const pictureRuleOn = (rules: PersonalDataRules, day: string) =>
	only(rules.identityPictures, day, 'pictures of identity cards');

/** TG-16.3: what was there before this instant is kept no longer, by the rule in force on the day of `now`. */
export function keptSince(rules: PersonalDataRules, keeping: TimedKeeping, now: string): string {
	const rule = only(
		rules.keeping.filter(({ id }) => id === keeping),
		vietnamDay(now),
		keeping
	);
	const since = new Date(now);
	since.setUTCFullYear(since.getUTCFullYear() - rule.years);
	since.setUTCDate(since.getUTCDate() - rule.days);
	return since.toISOString();
}
