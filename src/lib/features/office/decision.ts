import { canDecideCase, canReassignCase, worksIn, type Actor } from '$lib/domain/accounts/permissions.ts';
import { legalEvents } from '$lib/domain/kernel/machine.ts';
import type { Refusal } from '$lib/domain/kernel/refusal.ts';
import type { RulePack } from '$lib/domain/agencies/schema.ts';
import type { CaseDoc } from '$lib/domain/moderation/schema.ts';
import { caseMachine, type CaseKind, type CaseState } from '$lib/domain/moderation/states.ts';
import type { CaseView } from '$lib/sync/app.svelte.ts';

/** The server still waits for somebody's decision. */
export const awaitsDecision = (view: Pick<CaseView, 'case'>): boolean =>
	legalEvents(caseMachine, view.case.state).includes('approve');

/** A decision of this device stands over the case; a refused one does not. */
export const isDecidedHere = (view: Pick<CaseView, 'decision'>): boolean =>
	view.decision !== null && view.decision.command.state.at !== 'refused';

/** Why the two buttons are locked, to be said beside them. */
export type DecisionLock = 'decided' | 'waiting' | 'own_goods' | 'other_agency';

/** TG-10.2b, TG-19.5: null when this officer may decide this case now. */
export function decisionLock(view: CaseView, actor: Actor): DecisionLock | null {
	if (!awaitsDecision(view)) return 'decided';
	if (isDecidedHere(view)) return 'waiting';
	const { agencyId, seller } = view.case;
	if (canDecideCase(actor, { agencyId, sellerAccountId: seller.accountId })) return null;
	return worksIn(actor, agencyId) ? 'own_goods' : 'other_agency';
}

/** TG-19.5: an open case is handed on by its holder or by the lead of the agency. */
export const mayReassign = (view: CaseView, actor: Actor): boolean =>
	legalEvents(caseMachine, view.case.state).includes('reassign') &&
	!isDecidedHere(view) &&
	(view.reassignment === null || view.reassignment.command.state.at === 'refused') &&
	canReassignCase(actor, { agencyId: view.case.agencyId, assigneeId: view.case.assignee?.id ?? null });

/** What is put on view is approved or answered (TG-10.2b, TG-10.3b); only who asks for a right is refused it. */
export const mayRefuse = (kind: CaseKind): boolean => kind === 'business' || kind === 'reconfirmation';

/** The clause the term of such a case comes from. */
export const clauseOf = (kind: CaseKind, pack: RulePack | null): string =>
	pack?.deadlines.find((row) => row.kind === kind)?.clause ?? 'TG-10.2b';

/** A decision the server would not take, with who was first when that is the reason. */
export type RefusedDecision =
	| {
			readonly why: 'already_decided';
			readonly by: string;
			readonly at: string;
			readonly outcome: Exclude<CaseState, 'open'> | null;
	  }
	| { readonly why: 'changed' }
	| { readonly why: 'other'; readonly refusal: Refusal };

const outcomes = ['approved', 'returned', 'refused', 'cancelled'] as const;

/**
 * What to tell about a refused decision. The pulled case knows best who decided and when; the facts of the
 * refusal stand in for it until it comes.
 */
export function refusedDecision(refusal: Refusal, moderationCase: CaseDoc): RefusedDecision {
	if (refusal.code === 'stale_version') return { why: 'changed' };
	if (refusal.code !== 'already_decided') return { why: 'other', refusal };
	const decided = moderationCase.decision;
	if (decided !== null)
		return { why: 'already_decided', by: decided.by.name, at: decided.at, outcome: decided.outcome };
	const told = (name: string) => String(refusal.facts?.[name] ?? '');
	return {
		why: 'already_decided',
		by: told('by'),
		at: told('at'),
		outcome: outcomes.find((outcome) => outcome === told('outcome')) ?? null
	};
}
