import type { CaseDoc } from '$lib/domain/moderation/schema.ts';

export type WeekFigure = {
	/** Cases answered in the last seven days, by approval or with reasons. */
	readonly answered: number;
	readonly onTime: number;
};

const week = 7 * 86_400_000;

/**
 * TG-10.2b: how much of the last seven days' work was in time, counted as the server's overview counts it. A
 * withdrawn listing needed no answer and is left out.
 */
export function weekFigure(cases: readonly CaseDoc[], now: number): WeekFigure {
	const answered = cases.filter(({ decision }) => {
		if (decision === null || decision.outcome === 'cancelled') return false;
		const at = Date.parse(decision.at);
		return at > now - week && at <= now;
	});
	const onTime = answered.filter(
		({ decision, dueAt }) => decision !== null && Date.parse(decision.at) < Date.parse(dueAt)
	);
	return { answered: answered.length, onTime: onTime.length };
}
