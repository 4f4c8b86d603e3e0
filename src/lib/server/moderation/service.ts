import { canDecideCase, canReassignCase, worksIn } from '$lib/domain/accounts/permissions.ts';
import { nextState } from '$lib/domain/kernel/machine.ts';
import { no, ok, type No, type Result } from '$lib/domain/kernel/refusal.ts';
import { nextListingState } from '$lib/domain/listings/rules.ts';
import { checkReasons } from '$lib/domain/moderation/rules.ts';
import type { CaseDecide } from '$lib/domain/moderation/schema.ts';
import { caseMachine } from '$lib/domain/moderation/states.ts';
import { holdSeller } from '$lib/server/accounts/sellers.ts';
import { currentPack, holdSectorOf, officeOf } from '$lib/server/agencies/service.ts';
import { audit } from '$lib/server/audit/audit.ts';
import {
	holdListing,
	publishListing,
	publishVersion,
	returnVersion,
	versionOf
} from '$lib/server/listings/publication.ts';
import { notify } from '$lib/server/notifications/service.ts';
import { publish } from '$lib/server/sync/publish.ts';
import type { CommandContext } from '$lib/server/sync/write.ts';
import type { CommandInput } from '$lib/sync/protocol/commands.ts';
import { recordBreach } from './cases.ts';
import { projectCase } from './projections.ts';
import {
	findCaseView,
	insertCaseEvent,
	lockCase,
	updateAssignee,
	updateDecision,
	type CaseRow
} from './queries.ts';

/**
 * TG-10.2b, TG-19.5: one named decision a case. It counts from the server's receipt; the device's time is kept
 * beside it. Approving publishes exactly the version that was decided on (TG-15.1).
 */
export async function decideCase(
	ctx: CommandContext,
	input: CommandInput<'case.decide'>
): Promise<Result<void>> {
	const seen = await findCaseView(ctx.tx, input.caseId);
	if (!seen || !worksIn(ctx.actor, seen.agencyId)) return no('not_found');
	if (!canDecideCase(ctx.actor, seen)) return no('not_allowed', { clause: 'TG-19.5' });
	const office = await officeOf(ctx.tx, ctx.actor.id, seen.agencyId, ctx.now);
	if (!office) return no('not_allowed', { clause: 'TG-3.2' });

	// Whatever decides who may see the listing is held before the listing itself (TG-15.1).
	const seller = await holdSeller(ctx.tx, seen.sellerId);
	const pack = await currentPack(ctx.tx);
	await holdSectorOf(ctx.tx, pack, seen.content.categoryId);
	const listing = await holdListing(ctx.tx, seen.listingId);
	const open = await lockCase(ctx.tx, seen.id);
	if (!listing || !open) return no('not_found');
	if (open.state !== 'open') return alreadyDecided(open);
	// The version of the case, not the listing's: stating new stock raises that one during a review (TG-17.1).
	if (open.listingRev !== input.listingRev) return no('stale_version', { facts: { rev: open.listingRev } });
	const reasons = checkReasons(input, pack);
	if (!reasons.ok) return reasons;
	if (!seller.ok && input.decision === 'approve') return seller;
	const caseState = nextState(caseMachine, open.state, input.decision);
	if (!caseState.ok) return caseState;
	const listingState = nextListingState(listing.state, input.decision);
	if (!listingState.ok) return listingState;

	await recordBreach(ctx, open);
	await updateDecision(ctx.tx, {
		id: open.id,
		state: caseState.value,
		at: ctx.now,
		by: ctx.actor.id,
		byName: office.name,
		deviceTime: ctx.deviceTime,
		...answerOf(input)
	});
	if (input.decision === 'approve')
		await publishVersion(
			ctx,
			listing,
			{
				rev: open.listingRev,
				content: await versionOf(ctx.tx, listing.id, open.listingRev),
				state: listingState.value,
				sellerName: seen.sellerName,
				agencyId: open.agencyId,
				receivedAt: open.receivedAt
			},
			pack
		);
	else await returnVersion(ctx, listing, listingState.value);
	await recordDecision(ctx, open, input);
	await publishListing(ctx, listing.id);
	await publish(ctx, 'cases', open.id, projectCase);
	await notify(
		ctx,
		listing.accountId,
		input.decision === 'approve' ? 'listing_approved' : 'listing_returned',
		listing.id,
		{ code: open.code, title: seen.content.title }
	);
	return ok(undefined);
}

const answerOf = (input: CaseDecide) => ({
	reasonCodes: input.decision === 'return' ? input.reasonCodes : [],
	note: input.note
});

async function recordDecision(ctx: CommandContext, open: CaseRow, input: CaseDecide): Promise<void> {
	const { reasonCodes } = answerOf(input);
	const kind = input.decision === 'approve' ? 'approved' : 'returned';
	await insertCaseEvent(ctx.tx, { caseId: open.id, at: ctx.now, actor: ctx.actor.id, kind });
	await audit(ctx, {
		action: `case.${kind}`,
		subject: `case:${open.id}`,
		clause: 'TG-10.2b',
		data: { listing: open.listingId, rev: open.listingRev, reasons: reasonCodes, deviceTime: ctx.deviceTime }
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
	const open = await lockCase(ctx.tx, input.caseId);
	if (!open || !worksIn(ctx.actor, open.agencyId)) return no('not_found');
	if (!canReassignCase(ctx.actor, open)) return no('not_allowed', { clause: 'TG-19.5' });
	if (open.state !== 'open') return alreadyDecided(open);
	const to = await officeOf(ctx.tx, input.toAccountId, open.agencyId, ctx.now);
	const view = await findCaseView(ctx.tx, open.id);
	if (!to || view?.sellerAccountId === input.toAccountId)
		return no('officer_not_in_agency', { clause: 'TG-3.2' });

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
		title: view?.content.title ?? ''
	});
	return ok(undefined);
}
