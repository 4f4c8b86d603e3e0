import type { OrderDoc } from '$lib/domain/orders/schema.ts';
import type { Tx } from '$lib/server/db/pool.ts';
import type { Projection } from '$lib/server/sync/publish.ts';
import { findOrderView } from './queries.ts';

/** TG-11.4: both sides see the same order and timeline. Contact and note stay sealed until a party pulls them. */
export async function projectOrder(tx: Tx, id: string): Promise<Projection<'orders'>[]> {
	const view = await findOrderView(tx, id);
	if (!view) return [];
	const doc: OrderDoc = {
		id: view.id,
		code: view.code,
		state: view.state,
		rev: view.rev,
		listing: { id: view.listingId, title: view.title, unit: view.unit, thumb: view.thumb },
		quantity: view.quantity,
		unitPrice: view.unitPrice,
		total: view.total,
		buyer: { id: view.buyerId },
		contact: view.contactSealed,
		seller: {
			id: view.businessId,
			accountId: view.sellerAccountId,
			name: view.sellerName,
			phone: view.sellerPhone
		},
		payment: view.payment,
		shipping: view.shipping,
		carrier: view.carrier,
		trackingCode: view.trackingCode,
		shippingFee: view.shippingFee,
		note: view.note,
		timeline: view.timeline,
		placedAt: view.placedAt,
		updatedAt: view.updatedAt
	};
	return [
		{ audience: `user:${view.buyerId}`, doc },
		{ audience: `user:${view.sellerAccountId}`, doc }
	];
}
