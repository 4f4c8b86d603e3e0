import type { Calendar } from '../agencies/schema.ts';
import { addDays, isWorkingDay, startOfDay, vietnamDay } from '../calendar/working-days.ts';
import { nextState } from '../kernel/machine.ts';
import { no, ok, type Result } from '../kernel/refusal.ts';
import {
	longestSuspensionDays,
	type EnforcementRules,
	type Ground,
	type MeasureTarget,
	type TakeMeasure
} from './schema.ts';
import { ladderMachine, type MeasureState, type MeasureStep, type Standing } from './states.ts';

/** What a step needs to be about: only goods are hidden, only people and businesses are suspended. */
export const stepTargets: Readonly<Record<MeasureStep, readonly MeasureTarget[]>> = {
	warn: ['account', 'business', 'listing'],
	hide_product: ['listing'],
	suspend: ['account', 'business'],
	end: ['account'],
	refer: ['account', 'business', 'listing']
};

/** Whether a step takes something away; a warning and a referral do not. */
export const restricts = (step: MeasureStep): boolean => step !== 'warn' && step !== 'refer';

/** Whether its person can ask for an end of it by putting things right (TG-9.3a). */
export const canBeRemedied = (step: MeasureStep): boolean => step === 'hide_product' || step === 'suspend';

const inForce = (ground: Ground, day: string): boolean =>
	ground.effectiveFrom <= day && (ground.effectiveTo === null || day <= ground.effectiveTo);

/** The grounds that count for such a target on `day`. */
export const groundsFor = (rules: EnforcementRules, target: MeasureTarget, day: string): Ground[] =>
	rules.grounds.filter((ground) => ground.targets.includes(target) && inForce(ground, day));

/** The standing that measures leave a person in, from the hardest in force. */
export function standingOf(
	measures: readonly { readonly step: MeasureStep; readonly state: MeasureState }[]
): Standing {
	const steps = new Set(measures.filter(({ state }) => state === 'in_force').map(({ step }) => step));
	if (steps.has('end')) return 'ended';
	if (steps.has('suspend')) return 'suspended';
	if (steps.has('hide_product')) return 'restricted';
	return steps.has('warn') ? 'warned' : 'clear';
}

/**
 * LAW-tmdt-notice: when a notice of so many days has run: the day of the notice does not count, and a term that would end on a
 * day off ends with the next working day (Civil Code 2015, art. 147 and 148).
 */
export function noticeEnds(from: string, days: number, calendar: Calendar): string {
	let last = addDays(vietnamDay(from), days);
	while (!isWorkingDay(last, calendar)) last = addDays(last, 1);
	return startOfDay(addDays(last, 1));
}

/** When a measure takes effect: null = at once. Goods are hidden at once, whatever the ground. */
export function effectAt(
	ground: Pick<Ground, 'notice'>,
	step: MeasureStep,
	now: string,
	calendar: Calendar
): string | null {
	if (ground.notice === null || (step !== 'suspend' && step !== 'end')) return null;
	return noticeEnds(now, ground.notice.days, calendar);
}

/** The first instant after the last day of a suspension. */
export const endOfTerm = (untilDay: string): string => startOfDay(addDays(untilDay, 1));

/**
 * TG-9.1, TG-17.3: whether what an officer entered holds together: the ladder allows the step, the step fits the target, the
 * ground counts for it today, its source and evidence are there, and the term is one the ground may have. Refusals
 * `illegal_transition` and `invalid_input` with the field.
 */
export function checkMeasure(
	input: TakeMeasure,
	rules: EnforcementRules,
	standing: Standing,
	at: { readonly now: string; readonly effectAt: string | null }
): Result<Ground> {
	const day = vietnamDay(at.now);
	const wrong = (field: string) =>
		no('invalid_input', { clause: 'TG-9.1', fields: { [field]: 'invalid_input' } });
	if (!stepTargets[input.step].includes(input.target.kind)) return wrong('step');
	const allowed = nextState(ladderMachine, standing, input.step);
	if (!allowed.ok)
		return no('illegal_transition', { clause: 'TG-17.3', facts: { state: standing, event: input.step } });
	const ground = groundsFor(rules, input.target.kind, day).find(({ id }) => id === input.groundId);
	if (!ground) return wrong('groundId');
	if (!ground.sources.includes(input.source)) return wrong('source');
	if (input.files.length < ground.evidenceFiles) return wrong('files');
	if ((input.step === 'refer') !== rules.bodies.some(({ id }) => id === input.bodyId)) return wrong('bodyId');
	if (input.step === 'refer' && input.papers === '') return wrong('papers');
	if (input.untilDay !== null) {
		const first = vietnamDay(at.effectAt ?? at.now);
		const sound = input.untilDay > first && input.untilDay <= addDays(first, longestSuspensionDays);
		if (input.step !== 'suspend' || ground.remedyRequired || !sound) return wrong('untilDay');
	}
	return ok(ground);
}
