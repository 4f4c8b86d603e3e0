import { canDecideCase, canReassignCase, worksIn } from '$lib/domain/accounts/permissions.ts';
import { nextState } from '$lib/domain/kernel/machine.ts';
import { no, ok, type No, type Result } from '$lib/domain/kernel/refusal.ts';
import { checkReasons } from '$lib/domain/moderation/rules.ts';
import type { CaseDecide } from '$lib/domain/moderation/schema.ts';
import { caseMachine, type CaseKind } from '$lib/domain/moderation/states.ts';
import { casePlacesNow, currentPack, dutyOf, officeOf } from '$lib/server/agencies/service.ts';
import { audit } from '$lib/server/audit/audit.ts';
import { holdReconfirmation } from '$lib/server/enforcement/reconfirmation.ts';
import { holdBusinessCase } from '$lib/server/businesses/decision.ts';
import { notify } from '$lib/server/notifications/service.ts';
import { publish } from '$lib/server/sync/publish.ts';
import type { CommandContext } from '$lib/server/sync/write.ts';
import type { CommandInput } from '$lib/sync/protocol/commands.ts';
import { recordBreach } from './cases.ts';
import { holdListingCase } from './listing-cases.ts';
import { moveIfDue } from './moves.ts';
import { holdNeedCase } from './need-cases.ts';
import { projectCase } from './projections.ts';
import {
	findCase,
	insertCaseEvent,
	lockCase,
	updateAssignee,
	updateDecision,
	type CaseRow
} from './queries.ts';
import type { HoldSubject } from './subjects.ts';

const hold: Readonly<Record<CaseKind, HoldSubject>> = {
	listing: holdListingCase,
	business: holdBusinessCase,
	reconfirmation: holdReconfirmation,
	need: holdNeedCase
};

/**
 * TG-10.2b, TG-19.5: one named decision a case, of whatever kind. It counts from the server's receipt; the device's
 * time is kept beside it. It is about exactly the version that was decided on (TG-15.1).
 */
export async function decideCase(
	ctx: CommandContext,
	input: CommandInput<'case.decide'>
): Promise<Result<void>> {
	const seen = await seenCase(ctx, input.caseId);
	if (!seen || !worksIn(ctx.actor, seen.agencyId)) return no('not_found');
	if (!canDecideCase(ctx.actor, { agencyId: seen.agencyId, sellerAccountId: seen.applicantId }))
		return no('not_allowed', { clause: 'TG-19.5' });
	const office = await officeOf(ctx.tx, ctx.actor.id, seen.agencyId, ctx.now);
	if (!office) return no('not_allowed', { clause: 'TG-3.2' });

	const pack = await currentPack(ctx.tx);
	const subject = await hold[seen.kind](ctx, seen, pack);
	const locked = await lockCase(ctx.tx, seen.id);
	if (!subject || !locked) return no('not_found');
	const open = await moveIfDue(ctx, locked);
	// It has gone to another unit since it was seen, and this officer may not have gone along.
	if (open.agencyId !== seen.agencyId && !(await officeOf(ctx.tx, ctx.actor.id, open.agencyId, ctx.now)))
		return no('not_found');
	if (open.state !== 'open') return alreadyDecided(open);
	// The version of the case, not the listing's: stating new stock raises that one during a review (TG-17.1).
	if (open.subjectRev !== input.listingRev) return no('stale_version', { facts: { rev: open.subjectRev } });
	const reasons = checkReasons(input, open.kind, pack);
	if (!reasons.ok) return reasons;
	const state = nextState(caseMachine, open.state, input.decision);
	if (!state.ok) return state;
	const deed = subject.decide(open, input);
	if (!deed.ok) return deed;

	await recordBreach(ctx, open);
	await updateDecision(ctx.tx, {
		id: open.id,
		state: state.value,
		at: ctx.now,
		by: ctx.actor.id,
		byName: office.name,
		forName: await stoodInFor(ctx, open),
		deviceTime: ctx.deviceTime,
		...answerOf(input)
	});
	await deed.value();
	await recordDecision(ctx, open, input);
	await publish(ctx, 'cases', open.id, projectCase);
	return ok(undefined);
}

/** The case as it is seen, with whoever answers for it now (LAW-reform-2025, TG-3.2). */
async function seenCase(ctx: CommandContext, id: string): Promise<CaseRow | null> {
	const seen = await findCase(ctx.tx, id);
	if (!seen) return null;
	const [{ agencyId }] = await casePlacesNow(ctx.tx, seen, ctx.now);
	return { ...seen, agencyId };
}

/** The name of the officer who is away and whose case this was; null when it was the decider's own, or the unit's. */
async function stoodInFor(ctx: CommandContext, open: CaseRow): Promise<string | null> {
	const meantFor = open.assigneeId === ctx.actor.id ? open.assignedFor : open.assigneeId;
	if (meantFor === null) return null;
	const duty = await dutyOf(ctx.tx, open.agencyId, ctx.now);
	const stands = open.assigneeId === ctx.actor.id || duty(meantFor) === ctx.actor.id;
	return stands ? ((await officeOf(ctx.tx, meantFor, open.agencyId, ctx.now))?.name ?? null) : null;
}

const answerOf = (input: CaseDecide) => ({
	reasonCodes: input.decision === 'approve' ? [] : input.reasonCodes,
	note: input.note,
	checked: input.checked ?? []
});

const happened = { approve: 'approved', return: 'returned', refuse: 'refused' } as const;

async function recordDecision(ctx: CommandContext, open: CaseRow, input: CaseDecide): Promise<void> {
	const { reasonCodes, checked } = answerOf(input);
	const kind = happened[input.decision];
	await insertCaseEvent(ctx.tx, { caseId: open.id, at: ctx.now, actor: ctx.actor.id, kind });
	await audit(ctx, {
		action: `case.${kind}`,
		subject: `case:${open.id}`,
		clause: open.clause,
		data: {
			[open.kind]: open.subjectId,
			rev: open.subjectRev,
			reasons: reasonCodes,
			...(checked.length > 0 && { checked }),
			deviceTime: ctx.deviceTime
		}
	});
}

/** The second officer is told by whom, when and how it was decided. */
function alreadyDecided(decided: CaseRow): No {
	return no('already_decided', {
		clause: 'TG-10.2b',
		facts: { by: decided.decidedByName ?? '', at: decided.decidedAt ?? '', outcome: decided.state }
	});
}

/** TG-19.5: hands a case to another officer of the same department; who held it when stays on record. */
export async function reassignCase(
	ctx: CommandContext,
	input: CommandInput<'case.reassign'>
): Promise<Result<void>> {
	const seen = await seenCase(ctx, input.caseId);
	if (!seen || !worksIn(ctx.actor, seen.agencyId)) return no('not_found');
	const locked = await lockCase(ctx.tx, input.caseId);
	if (!locked) return no('not_found');
	const open = await moveIfDue(ctx, locked);
	if (!canReassignCase(ctx.actor, open)) return no('not_allowed', { clause: 'TG-19.5' });
	if (open.state !== 'open') return alreadyDecided(open);
	const to = await officeOf(ctx.tx, input.toAccountId, open.agencyId, ctx.now);
	if (!to || open.applicantId === input.toAccountId) return no('officer_not_in_agency', { clause: 'TG-3.2' });

	await updateAssignee(ctx.tx, open.id, input.toAccountId);
	await insertCaseEvent(ctx.tx, {
		caseId: open.id,
		at: ctx.now,
		actor: ctx.actor.id,
		kind: 'reassigned',
		data: { from: open.assigneeId, to: input.toAccountId, reason: input.reason }
	});
	await audit(ctx, {
		action: 'case.reassigned',
		subject: `case:${open.id}`,
		clause: 'TG-19.5',
		data: { from: open.assigneeId, to: input.toAccountId }
	});
	await publish(ctx, 'cases', open.id, projectCase);
	await notify(ctx, input.toAccountId, 'case_assigned', open.id, {
		code: open.code,
		title: open.title
	});
	return ok(undefined);
}
