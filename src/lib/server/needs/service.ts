import { routeOf } from '$lib/domain/agencies/rules.ts';
import type { RulePack } from '$lib/domain/agencies/schema.ts';
import { vietnamDay } from '$lib/domain/calendar/working-days.ts';
import { no, ok, type Result } from '$lib/domain/kernel/refusal.ts';
import { canPostNeed, checkNeed, checkNeedRoom, nextNeedState } from '$lib/domain/needs/rules.ts';
import type { NeedContent } from '$lib/domain/needs/schema.ts';
import { takeTurn } from '$lib/server/accounts/service.ts';
import { currentPack, holdSector, wardOf } from '$lib/server/agencies/service.ts';
import { audit } from '$lib/server/audit/audit.ts';
import { openCase } from '$lib/server/moderation/cases.ts';
import { notify } from '$lib/server/notifications/service.ts';
import type { CommandContext } from '$lib/server/sync/write.ts';
import type { CommandInput } from '$lib/sync/protocol/commands.ts';
import { finishNeeds } from './ending.ts';
import { publishNeeds } from './projections.ts';
import {
	countOpenNeeds,
	insertNeed,
	insertNeedVersion,
	isFirstText,
	lockNeeds,
	updateSubmitted,
	type NeedRow
} from './queries.ts';

/**
 * TG-3.4c, TG-10.3a: freezes what a buyer looks for and opens a case in the department of its sector (TG-3.2). The same
 * words under the same id are one need, however often they come.
 */
export async function submitNeed(
	ctx: CommandContext,
	{ needId, base, content }: CommandInput<'need.submit'>
): Promise<Result<void>> {
	const { tx, actor, now } = ctx;
	if (!canPostNeed(actor, { buyerId: actor.id })) return no('not_allowed', { clause: 'TG-3.4c' });
	await takeTurn(tx, actor.id, 'needs');
	const first = base === 0 ? await isFirstText(tx, needId, content) : null;
	if (first !== null) return first ? ok(undefined) : no('id_reused');

	const pack = await currentPack(tx);
	const route = routeOf(pack, content.categoryId, vietnamDay(now));
	if (!route || !(await holdSector(tx, route.sector.id)))
		return no('unknown_sector', { clause: 'TG-3.2', fields: { categoryId: 'unknown_sector' } });
	const known = checkNeed(content, pack, vietnamDay(now));
	if (!known.ok) return known;
	if (!(await wardOf(tx, content.wardCode)))
		return no('unknown_ward', { fields: { wardCode: 'unknown_ward' } });

	const sectorId = route.sector.id;
	const kept =
		base === 0
			? await insertFirst(ctx, needId, content, sectorId)
			: await keepNext(ctx, needId, base, content, sectorId);
	if (!kept.ok) return kept;
	const rev = kept.value;
	await insertNeedVersion(tx, { needId, rev, content, submittedAt: now, deviceTime: ctx.deviceTime });
	await audit(ctx, {
		action: 'need.submitted',
		subject: `need:${needId}`,
		clause: 'TG-10.3a',
		data: { rev }
	});
	await openReview(
		ctx,
		{ id: needId, rev, title: content.title },
		{ agencyId: route.agency.id, sectorId, pack }
	);
	await publishNeeds(ctx, [needId]);
	return ok(undefined);
}

/** An id somebody else uses is answered without a word about it. */
async function insertFirst(
	{ tx, actor, now }: CommandContext,
	id: string,
	content: NeedContent,
	sectorId: string
): Promise<Result<number>> {
	const room = checkNeedRoom(await countOpenNeeds(tx, actor.id));
	if (!room.ok) return room;
	const made = await insertNeed(tx, { id, buyerId: actor.id, content, sectorId, now });
	return made ? ok(1) : no('id_reused');
}

/** What was returned is sent again, changed. */
async function keepNext(
	ctx: CommandContext,
	id: string,
	base: number,
	content: NeedContent,
	sectorId: string
): Promise<Result<number>> {
	const own = await lockOwn(ctx, id, base);
	if (!own.ok) return own;
	const state = nextNeedState(own.value.state, 'submit');
	if (!state.ok) return state;
	const rev = own.value.rev + 1;
	await updateSubmitted(ctx.tx, { id, rev, content, sectorId, now: ctx.now });
	return ok(rev);
}

/** TG-10.3b: gives a need to the department of its sector and tells the buyer by when it answers. */
async function openReview(
	ctx: CommandContext,
	{ id, rev, title }: { id: string; rev: number; title: string },
	{ agencyId, sectorId, pack }: { agencyId: string; sectorId: string; pack: RulePack }
): Promise<void> {
	const { code, lastDay } = await openCase(ctx, {
		kind: 'need',
		subject: { id, rev, title, applicantId: ctx.actor.id, businessId: null },
		agencyId,
		sectors: [sectorId],
		pack
	});
	await notify(ctx, ctx.actor.id, 'need_received', id, { code, title, lastDay });
}

/** Locks the actor's own need at the version the device saw. */
async function lockOwn({ tx, actor }: CommandContext, id: string, base: number): Promise<Result<NeedRow>> {
	const [need] = await lockNeeds(tx, [id]);
	if (!need || !canPostNeed(actor, need)) return no('not_found');
	if (need.rev !== base) return no('stale_version', { facts: { rev: need.rev } });
	return ok(need);
}

/** TG-10.3a: the buyer looks for it no more: off the board or out of review, and what was offered is over. */
export async function closeNeed(
	ctx: CommandContext,
	{ needId, base }: CommandInput<'need.close'>
): Promise<Result<void>> {
	const own = await lockOwn(ctx, needId, base);
	if (!own.ok) return own;
	const state = nextNeedState(own.value.state, 'close');
	if (!state.ok) return state;
	await finishNeeds(ctx, [own.value], 'close', ctx.actor.id);
	return ok(undefined);
}
