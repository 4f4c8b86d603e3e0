import { canBuyOrder, canPlaceOrder, canSellOrder, hasRole } from '$lib/domain/accounts/permissions.ts';
import { no, ok, type Result } from '$lib/domain/kernel/refusal.ts';
import { checkLockedSeller, checkOrder, stockEffect } from '$lib/domain/orders/rules.ts';
import { nextOrderState } from '$lib/domain/orders/states.ts';
import { seal } from '$lib/server/accounts/sealing.ts';
import { holdSeller } from '$lib/server/accounts/sellers.ts';
import { currentPack } from '$lib/server/agencies/service.ts';
import { audit } from '$lib/server/audit/audit.ts';
import { projectPublicListing } from '$lib/server/listings/projections.ts';
import { notify } from '$lib/server/notifications/service.ts';
import { publish } from '$lib/server/sync/publish.ts';
import type { CommandContext } from '$lib/server/sync/write.ts';
import type { CommandInput } from '$lib/sync/protocol/commands.ts';
import { projectOrder } from './projections.ts';
import {
	changeStock,
	findOfferBusiness,
	findOrder,
	findVersionUnit,
	insertOrder,
	insertOrderEvent,
	lockOffer,
	lockOrder,
	nextOrderCode,
	updateOrder,
	type OrderRow
} from './queries.ts';

/**
 * TG-11.3: orders approved goods at the price and unit the buyer saw. The exchange hands the order to the seller's
 * notification box at once (TG-13.2), so it is stored waiting for confirmation, both steps in the timeline.
 */
export async function placeOrder(
	ctx: CommandContext,
	input: CommandInput<'order.place'>
): Promise<Result<void>> {
	if (!hasRole(ctx.actor, 'buyer')) return no('not_allowed', { clause: 'TG-3.4c' });
	const businessId = await findOfferBusiness(ctx.tx, input.listingId);
	if (businessId === null) return no('not_for_sale', { clause: 'TG-15.1' });
	if (!canPlaceOrder(ctx.actor, { businessId })) return no('own_listing', { clause: 'TG-11.3' });

	const seller = await holdSeller(ctx.tx, businessId);
	const offer = await lockOffer(ctx.tx, input.listingId);
	if (!seller.ok || !offer?.isPublic || offer.content === null || offer.rev === null)
		return no('not_for_sale', { clause: 'TG-15.1' });
	const { content } = offer;
	if (content.price === null) throw new Error(`listing ${offer.id} was approved without a price`);
	const pack = await currentPack(ctx.tx);
	const checked = checkOrder(
		input,
		{ ...content, price: content.price, rev: offer.rev, stock: offer.stock },
		await findVersionUnit(ctx.tx, offer.id, input.listingRev),
		pack
	);
	if (!checked.ok) return checked;

	const made = await insertOrder(ctx.tx, {
		id: input.orderId,
		code: await nextOrderCode(ctx.tx, pack.codePrefix),
		listingId: offer.id,
		listingRev: offer.rev,
		title: content.title,
		unit: content.unit,
		thumb: offer.photos?.[0]?.thumb ?? null,
		businessId,
		sellerAccountId: offer.accountId,
		buyerId: ctx.actor.id,
		quantity: input.quantity,
		unitPrice: checked.value.unitPrice,
		total: checked.value.total,
		contactSealed: await seal(ctx.tx, ctx.actor.id, JSON.stringify(input.contact)),
		noteSealed: await seal(ctx.tx, ctx.actor.id, input.note),
		payment: input.payment,
		shipping: input.shipping,
		holdsStock: offer.stock !== null,
		state: 'awaiting_confirmation',
		deviceTime: ctx.deviceTime,
		now: ctx.now
	});
	if (!made) return no('id_reused');
	const step = { orderId: input.orderId, at: ctx.now, reason: '' };
	await insertOrderEvent(ctx.tx, { ...step, state: 'placed', by: 'buyer', actor: ctx.actor.id });
	await insertOrderEvent(ctx.tx, {
		...step,
		state: 'awaiting_confirmation',
		by: 'exchange',
		actor: 'system:orders'
	});
	await audit(ctx, {
		action: 'order.placed',
		subject: `order:${input.orderId}`,
		clause: 'TG-11.3',
		data: { listing: offer.id, rev: offer.rev, total: checked.value.total }
	});
	if (offer.stock !== null) {
		await changeStock(ctx.tx, offer.id, -input.quantity);
		await publish(ctx, 'listings', offer.id, projectPublicListing);
	}
	await publish(ctx, 'orders', input.orderId, projectOrder);
	await tell(ctx, input.orderId, offer.accountId, 'order_new');
	return ok(undefined);
}

/** TG-13.1, TG-13.2: one step of an order by one of its parties. */
export async function advanceOrder(
	ctx: CommandContext,
	input: CommandInput<'order.advance'>
): Promise<Result<void>> {
	const seen = await findOrder(ctx.tx, input.orderId);
	if (!seen) return no('not_found');
	const party = canBuyOrder(ctx.actor, seen) ? 'buyer' : canSellOrder(ctx.actor, seen) ? 'seller' : null;
	if (!party) return no('not_found');
	// Seller, listing, order, as everywhere: a lock waits until the step is done, or the step sees it (TG-9.2).
	const seller = party === 'seller' ? await holdSeller(ctx.tx, seen.businessId) : null;
	const offer = await lockOffer(ctx.tx, seen.listingId);
	const order = await lockOrder(ctx.tx, input.orderId);
	if (!order || !offer) return no('not_found');
	if (order.rev !== input.rev) return no('stale_version', { facts: { rev: order.rev, state: order.state } });
	if ((seller && !seller.ok && seller.refusal.code === 'seller_locked') || offer.isLocked) {
		const may = checkLockedSeller(order.state, input.event);
		if (!may.ok) return may;
	}
	const to = nextOrderState(order.state, input.event, { party, reason: input.reason });
	if (!to.ok) return to;

	const effect = stockEffect(input.event, to.value);
	const takes = effect === 'take' && offer.stock !== null;
	const givesBack = effect === 'give_back' && order.holdsStock;
	if (takes && offer.stock !== null && offer.stock < order.quantity)
		return no('out_of_stock', { facts: { stock: offer.stock } });
	const handsOver = input.event === 'hand_over';
	await updateOrder(ctx.tx, {
		id: order.id,
		state: to.value,
		rev: order.rev + 1,
		holdsStock: (order.holdsStock && !givesBack) || takes,
		carrier: handsOver ? input.carrier : order.carrier,
		trackingCode: handsOver ? input.trackingCode : order.trackingCode,
		shippingFee: handsOver ? input.shippingFee : order.shippingFee,
		now: ctx.now
	});
	await insertOrderEvent(ctx.tx, {
		orderId: order.id,
		state: to.value,
		at: ctx.now,
		by: party,
		actor: ctx.actor.id,
		reason: input.reason
	});
	await audit(ctx, {
		action: 'order.advanced',
		subject: `order:${order.id}`,
		clause: 'TG-13.1',
		data: { event: input.event, from: order.state, to: to.value }
	});
	if (takes || givesBack) {
		await changeStock(ctx.tx, offer.id, takes ? -order.quantity : order.quantity);
		await publish(ctx, 'listings', offer.id, projectPublicListing);
	}
	await publish(ctx, 'orders', order.id, projectOrder);
	await tell(ctx, order.id, otherParty(order, party), 'order_changed');
	return ok(undefined);
}

const otherParty = (order: OrderRow, party: 'buyer' | 'seller'): string =>
	party === 'buyer' ? order.sellerAccountId : order.buyerId;

async function tell(
	ctx: CommandContext,
	orderId: string,
	accountId: string,
	kind: 'order_new' | 'order_changed'
): Promise<void> {
	const order = await findOrder(ctx.tx, orderId);
	if (!order) throw new Error(`order ${orderId} is not there for its own party`);
	await notify(ctx, accountId, kind, orderId, { code: order.code, title: order.title, state: order.state });
}
