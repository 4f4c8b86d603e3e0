import { restricts } from '$lib/domain/enforcement/rules.ts';
import { lockBusiness } from '$lib/server/accounts/service.ts';
import { endSessionsOfLocked } from '$lib/server/accounts/lock-sessions.ts';
import { audit } from '$lib/server/audit/audit.ts';
import { lockListingById, lockListingsOfBusiness, releaseListings } from '$lib/server/listings/holds.ts';
import { queueMessage } from '$lib/server/messages/service.ts';
import { closeNeedsOf } from '$lib/server/needs/ending.ts';
import { settleDroppedOf } from '$lib/server/needs/offers.ts';
import { notify } from '$lib/server/notifications/service.ts';
import { asSystem, type WriteContext } from '$lib/server/sync/write.ts';
import {
	findBusinessState,
	listFreed,
	listMeasuresOf,
	listRunningOrders,
	lockAccountRow,
	updateAccountState,
	updateBusinessBack,
	updateInForce,
	type MeasureRecord
} from './queries.ts';

type By = { readonly id: string | null; readonly name: string };

/**
 * TG-9.2: carries a measure out in the caller's transaction: state, sessions, everything public, and a word to the buyers of
 * running orders. The caller holds the account.
 */
export async function carryOut(ctx: WriteContext, measure: MeasureRecord, by: By): Promise<void> {
	const { accountId, businessId, listingId } = measure;
	const business = businessId === null ? null : await findBusinessState(ctx.tx, businessId);
	await updateInForce(ctx.tx, measure.id, business);
	if (!restricts(measure.step)) return;
	if (measure.targetKind === 'account') {
		await updateAccountState(ctx.tx, accountId, 'locked');
		await endSessionsOfLocked(ctx.tx, accountId);
		await audit(ctx, { action: 'account.locked', subject: `account:${accountId}`, clause: 'TG-9.2' });
		// Before the goods: those hold the needs they were offered for, and needs are taken in one order.
		await closeNeedsOf(ctx, accountId, by.id);
		if (businessId !== null) await lockListingsOfBusiness(ctx, businessId, by);
	} else if (measure.targetKind === 'business' && businessId !== null) {
		const locked = await lockBusiness(ctx, { businessId, by });
		if (!locked.ok) throw new Error(`business ${businessId} is not there to be locked`);
	} else if (listingId !== null) await lockListingById(ctx, listingId, by);
	await tellBuyers(ctx, accountId, listingId);
}

/**
 * TG-9.3a: gives back what this measure alone took. The caller has ended it already, so that what another measure in force
 * still covers stays as it is. Of a closed account nothing comes back: nobody is there to sell it.
 */
export async function undo(ctx: WriteContext, measure: MeasureRecord): Promise<void> {
	const { accountId, businessId } = measure;
	if ((await lockAccountRow(ctx.tx, accountId))?.state === 'closed') return;
	const still = (await listMeasuresOf(ctx.tx, accountId)).filter(
		(one) => one.id !== measure.id && one.state === 'in_force' && restricts(one.step)
	);
	const covers = (kind: MeasureRecord['targetKind']) => still.some((one) => one.targetKind === kind);
	if (measure.targetKind === 'account' && !covers('account')) {
		await updateAccountState(ctx.tx, accountId, 'active');
		await audit(ctx, { action: 'account.unlocked', subject: `account:${accountId}`, clause: 'TG-9.3a' });
	}
	if (measure.targetKind === 'business' && businessId !== null && !covers('business')) {
		await updateBusinessBack(ctx.tx, businessId, measure.businessWas ?? 'confirmed');
		await audit(ctx, {
			action: 'business.unlocked',
			subject: `account:${accountId}`,
			clause: 'TG-9.3a',
			data: { business: businessId }
		});
	}
	await releaseListings(ctx, await listFreed(ctx.tx, accountId));
	await settleDroppedOf(ctx, accountId);
}

/** The buyer is told once an order, in the box and by letter; what may still be done with it is the rule of the orders (TG-13.1). */
async function tellBuyers(ctx: WriteContext, accountId: string, listingId: string | null): Promise<void> {
	const running = await asSystem(ctx, 'enforcement', (tx) => listRunningOrders(tx, { accountId, listingId }));
	for (const { id, code, title, buyerId } of running) {
		await queueMessage(ctx, {
			to: { accountId: buyerId },
			template: 'order_seller_locked',
			params: { order: code, title },
			subject: `order:${id}`
		});
		await notify(ctx, buyerId, 'order_seller_locked', id, { code, title });
	}
}
