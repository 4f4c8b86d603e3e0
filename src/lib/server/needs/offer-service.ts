import { hasRole } from '$lib/domain/accounts/permissions.ts';
import { vietnamDay } from '$lib/domain/calendar/working-days.ts';
import { no, ok, type Result } from '$lib/domain/kernel/refusal.ts';
import { canOffer, checkOffer } from '$lib/domain/needs/rules.ts';
import type { OfferSend } from '$lib/domain/needs/schema.ts';
import { holdSeller } from '$lib/server/accounts/sellers.ts';
import { audit } from '$lib/server/audit/audit.ts';
import { holdOnSale } from '$lib/server/listings/publication.ts';
import { notify } from '$lib/server/notifications/service.ts';
import { asSystem, type CommandContext } from '$lib/server/sync/write.ts';
import type { CommandInput } from '$lib/sync/protocol/commands.ts';
import {
	countLive,
	findOffer,
	insertOffer,
	lockOffer,
	updateWithdrawn,
	type OfferRow
} from './offer-queries.ts';
import { publishOffers } from './projections.ts';
import { holdNeed } from './publication.ts';
import { findNeed } from './queries.ts';

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
	await updateWithdrawn(ctx.tx, offerId, ctx.now);
	await audit(ctx, { action: 'offer.withdrawn', subject: `offer:${offerId}`, clause: 'TG-6.6' });
	await publishOffers(ctx, [seen.needId], [offerId]);
	return ok(undefined);
}
