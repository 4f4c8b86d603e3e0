import type { RulePack } from '../agencies/schema.ts';
import { no, ok, type Result } from '../kernel/refusal.ts';
import type { CaseDecide } from './schema.ts';
import type { CaseKind } from './states.ts';

/** An officer of the department who may take a new case. */
export type Candidate = {
	readonly accountId: string;
	/** Open cases the officer holds now. */
	readonly open: number;
	/** When the officer last got a case; null = never. */
	readonly lastAssignedAt: string | null;
};

/**
 * Who takes a new case by the pack's rule, or null when nobody can. `least_open` takes the officer with the fewest
 * open cases, `round_robin` the one who waited longest; equals are decided by waiting, then by id, never by chance.
 */
export function pickAssignee(rule: RulePack['assignment'], candidates: readonly Candidate[]): string | null {
	const waiting = (c: Candidate) => (c.lastAssignedAt === null ? -Infinity : Date.parse(c.lastAssignedAt));
	const [first] = [...candidates].sort((a, b) => {
		const byLoad = rule === 'least_open' ? a.open - b.open : 0;
		if (byLoad !== 0) return byLoad;
		if (waiting(a) !== waiting(b)) return waiting(a) < waiting(b) ? -1 : 1;
		return a.accountId < b.accountId ? -1 : 1;
	});
	return first?.accountId ?? null;
}

/** A reason as an officer chooses it; `english` where the pack has its meaning in English. */
export type Reason = RulePack['returnReasons'][number] & { readonly english?: string };

/** The reasons an officer may give, in the pack's order. */
export const reasonsFor = (
	pack: RulePack,
	kind: CaseKind,
	decision: CaseDecide['decision']
): readonly Reason[] => {
	if (kind === 'business')
		return pack.businesses.reasons.filter((reason) => reason.refuses === (decision === 'refuse'));
	return (kind === 'need' ? pack.needReasons : undefined) ?? pack.returnReasons;
};

/** TG-10.2b: a return is an answer, so it carries reasons, and only reasons of the pack. */
export function checkReasons(input: CaseDecide, kind: CaseKind, pack: RulePack): Result<void> {
	if (input.decision === 'approve') return ok(undefined);
	if (input.reasonCodes.length === 0) return no('reason_required', { clause: 'TG-10.2b' });
	const known = input.reasonCodes.every((code) =>
		reasonsFor(pack, kind, input.decision).some((reason) => reason.id === code)
	);
	return known ? ok(undefined) : no('invalid_input', { fields: { reasonCodes: 'invalid_input' } });
}

/** One hand-over of a case; `to` null = nobody. */
export type Assignment = { readonly at: string; readonly to: string | null };

/** TG-10.3b: who held the case at an instant, whoever holds it now. */
export function holderAt(assignments: readonly Assignment[], instant: string): string | null {
	let holder: Assignment | null = null;
	for (const next of assignments)
		if (
			Date.parse(next.at) < Date.parse(instant) &&
			(!holder || Date.parse(next.at) >= Date.parse(holder.at))
		)
			holder = next;
	return holder?.to ?? null;
}

/** TG-10.3b: the end of the term is exclusive, so a decision at that very instant is late. */
export const isPastDue = (moderationCase: { dueAt: string }, now: string): boolean =>
	Date.parse(now) >= Date.parse(moderationCase.dueAt);
