import { startOfDay, vietnamDay } from '$lib/domain/calendar/working-days.ts';
import { dueState, type CaseDoc } from '$lib/domain/moderation/schema.ts';
import { awaitsDecision } from './decision.ts';

export type WeekFigure = {
	/** Cases answered this week, by approval or with reasons. */
	readonly answered: number;
	readonly onTime: number;
	/** Answered ones, and those whose term ran out this week without an answer. */
	readonly counted: number;
};

/** The first instant of the Monday of this week in Vietnam, epoch ms. */
export function startOfWeek(now: number): number {
	const today = Date.parse(startOfDay(vietnamDay(now)));
	const weekday = new Date(`${vietnamDay(now)}T00:00:00Z`).getUTCDay();
	return today - ((weekday + 6) % 7) * 86_400_000;
}

/**
 * TG-10.2b: how much of this week's work was in time. A withdrawn listing needed no answer and is not counted; an
 * overdue case counts against the week its term ended in, answered or not.
 */
export function weekFigure(cases: readonly CaseDoc[], now: number): WeekFigure {
	const monday = startOfWeek(now);
	let [answered, onTime, unanswered] = [0, 0, 0];
	for (const one of cases) {
		const decision = one.decision;
		if (decision !== null && decision.outcome !== 'cancelled') {
			if (Date.parse(decision.at) < monday) continue;
			answered += 1;
			if (Date.parse(decision.at) < Date.parse(one.dueAt)) onTime += 1;
		} else if (awaitsDecision({ case: one }) && dueState(one, now) === 'overdue') {
			if (Date.parse(one.dueAt) >= monday) unanswered += 1;
		}
	}
	return { answered, onTime, counted: answered + unanswered };
}
