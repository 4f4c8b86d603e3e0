import { hasRole } from '$lib/domain/accounts/permissions.ts';
import { routeOf } from '$lib/domain/agencies/rules.ts';
import type { RulePack } from '$lib/domain/agencies/schema.ts';
import { vietnamDay } from '$lib/domain/calendar/working-days.ts';
import { no, ok, type Result } from '$lib/domain/kernel/refusal.ts';
import {
	canOffer,
	canPostNeed,
	checkNeed,
	checkNeedRoom,
	checkOffer,
	nextNeedState
} from '$lib/domain/needs/rules.ts';
import type { NeedContent, OfferSend } from '$lib/domain/needs/schema.ts';
import { holdSeller } from '$lib/server/accounts/sellers.ts';
import { takeTurn } from '$lib/server/accounts/service.ts';
import { currentPack, holdSector, wardOf } from '$lib/server/agencies/service.ts';
import { audit } from '$lib/server/audit/audit.ts';
import { holdOnSale } from '$lib/server/listings/publication.ts';
import { openCase } from '$lib/server/moderation/cases.ts';
import { notify } from '$lib/server/notifications/service.ts';
import { asSystem, type CommandContext } from '$lib/server/sync/write.ts';
import type { CommandInput } from '$lib/sync/protocol/commands.ts';
import { finishNeeds } from './ending.ts';
import {
	countLive,
	findOffer,
	insertOffer,
	lockOffer,
	updateWithdrawn,
	type OfferRow
} from './offer-queries.ts';
import { publishNeeds, publishOffers } from './projections.ts';
import { holdNeed } from './publication.ts';
import {
	countOpenNeeds,
	findNeed,
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

/**
 * TG-6.6: a seller answers a need with own goods on sale. Seller, goods and need are held in this order, as everywhere, so
 * that nobody is offered what is taken down at the same moment (TG-15.1).
 */
export async function sendOffer(
	ctx: CommandContext,
	input: CommandInput<'offer.send'>
): Promise<Result<void>> {
	const { tx, actor, now } = ctx;
	const { businessId } = actor;
	if (!hasRole(actor, 'seller') || businessId === null) return no('not_allowed', { clause: 'TG-3.4b' });
	const before = await findOffer(tx, input.offerId);
	if (before) return isSame(before, input, actor.id) ? ok(undefined) : no('id_reused');
	const seller = await holdSeller(tx, businessId);
	if (!seller.ok) return seller;
	const seen = await asSystem(ctx, 'needs', (system) => findNeed(system, input.needId));
	// One that was never approved is nobody's business but its buyer's.
	if (!seen || seen.approvedAt === null) return no('not_found');
	if (!canOffer(actor, { buyerId: seen.buyerId, businessId })) return no('own_need', { clause: 'TG-6.6' });
	const goods = await holdOnSale(tx, input.listingId);
	if (!goods) return no('not_for_sale', { clause: 'TG-15.1' });
	if (goods.businessId !== businessId) return no('not_allowed', { clause: 'TG-6.6' });

	const need = await holdNeed(ctx, input.needId);
	if (!need) return no('not_found');
	const { offers, offered } = await asSystem(ctx, 'needs', (system) =>
		countLive(system, need.id, input.listingId)
	);
	const fits = checkOffer(
		{ ...need, offers },
		{ sectorId: goods.sectorId, needRev: input.needRev },
		vietnamDay(now)
	);
	if (!fits.ok) return fits;
	if (offered) return no('already_offered', { clause: 'TG-6.6' });
	const made = await insertOffer(tx, {
		id: input.offerId,
		needId: need.id,
		buyerId: need.buyerId,
		listingId: input.listingId,
		businessId,
		sellerAccountId: actor.id,
		sellerName: seller.value.name,
		title: goods.title,
		unit: goods.unit,
		quantity: input.quantity,
		deviceTime: ctx.deviceTime,
		sentAt: now
	});
	if (!made) return no('id_reused');
	await audit(ctx, {
		action: 'offer.sent',
		subject: `offer:${input.offerId}`,
		clause: 'TG-6.6',
		data: { need: need.id, listing: input.listingId }
	});
	await publishOffers(ctx, [need.id], [input.offerId]);
	await notify(ctx, need.buyerId, 'need_offered', need.id, {
		title: need.content.title,
		seller: seller.value.name
	});
	return ok(undefined);
}

const isSame = (before: OfferRow, input: OfferSend, sellerId: string): boolean =>
	before.sellerAccountId === sellerId &&
	before.needId === input.needId &&
	before.listingId === input.listingId &&
	before.quantity === input.quantity;

/** TG-6.6: the seller takes an offer back. */
export async function withdrawOffer(
	ctx: CommandContext,
	{ offerId }: CommandInput<'offer.withdraw'>
): Promise<Result<void>> {
	const seen = await findOffer(ctx.tx, offerId);
	if (!seen || !canOffer(ctx.actor, { buyerId: seen.buyerId, businessId: seen.businessId }))
		return no('not_found');
	await holdNeed(ctx, seen.needId);
	const offer = await lockOffer(ctx.tx, offerId);
	if (offer?.state !== 'sent')
		return no('illegal_transition', { facts: { state: seen.state, event: 'withdraw' } });
	await updateWithdrawn(ctx.tx, [offerId], ctx.now);
	await audit(ctx, { action: 'offer.withdrawn', subject: `offer:${offerId}`, clause: 'TG-6.6' });
	await publishOffers(ctx, [seen.needId], [offerId]);
	return ok(undefined);
}
