import {
	lockedOrderEvents,
	type LockedOrder,
	type LockedOrderEvent
} from '$lib/domain/enforcement/schema.ts';
import { no, type Result } from '$lib/domain/kernel/refusal.ts';
import { lockedSellerMay } from '$lib/domain/orders/rules.ts';
import { orderAdvance } from '$lib/domain/orders/schema.ts';
import { actorOf } from '$lib/server/accounts/members.ts';
import { transaction, type Sql } from '$lib/server/db/pool.ts';
import { advanceOrder } from '$lib/server/orders/service.ts';
import { write } from '$lib/server/sync/write.ts';
import { listRunningOrders } from './queries.ts';

/** The seller's own running orders, with what may still be done with them (TG-13.1). */
export async function runningOrdersOf(db: Sql, accountId: string): Promise<LockedOrder[]> {
	const rows = await transaction(db, accountId, (tx) =>
		listRunningOrders(tx, { accountId, listingId: null })
	);
	return rows.map(({ id, code, title, state, rev }) => ({
		id,
		code,
		title,
		state,
		rev,
		events: lockedOrderEvents.filter((event) => lockedSellerMay[state].includes(event))
	}));
}

/** One such step, through the door every step of an order takes. `words` are the reason, or the carrier. */
export function advanceAsLocked(
	db: Sql,
	accountId: string,
	input: { orderId: string; rev: number; event: LockedOrderEvent; words: string },
	now: string
): Promise<Result<void>> {
	const handsOver = input.event === 'hand_over';
	const step = orderAdvance.safeParse({
		orderId: input.orderId,
		rev: input.rev,
		event: input.event,
		reason: handsOver ? '' : input.words,
		carrier: handsOver ? input.words : '',
		trackingCode: '',
		shippingFee: null
	});
	if (!step.success) return Promise.resolve(no('invalid_input'));
	return write(db, { actorId: accountId, now }, async (ctx) =>
		advanceOrder({ ...ctx, actor: await actorOf(ctx.tx, accountId, now) }, step.data)
	);
}
