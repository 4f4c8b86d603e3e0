import { compareCodes } from '$lib/domain/kernel/order.ts';
import type { Actor } from '$lib/domain/accounts/permissions.ts';
import type { OrderDoc } from '$lib/domain/orders/schema.ts';
import type { StoredDoc } from '../store/documents.ts';
import type { OutboxRow } from '../store/local.ts';
import { notYetIn, pendingOf, type Work } from './pending.ts';
import type { OrderView } from './views.ts';

/**
 * Orders of both sides with what this device has asked for and the server has not yet shown, newest first.
 * An order is here from the tap on, and never disappears in between (sync 3).
 */
export function foldOrders(
	docs: ReadonlyMap<string, StoredDoc<OrderDoc>>,
	work: Work,
	actor: Actor
): OrderView[] {
	const rowsOf = new Map<string, OutboxRow[]>();
	for (const row of work.rows) {
		if (row.name !== 'order.place' && row.name !== 'order.advance') continue;
		const rows = rowsOf.get(row.input.orderId);
		if (rows) rows.push(row);
		else rowsOf.set(row.input.orderId, [row]);
	}
	const views: OrderView[] = [];
	for (const id of new Set([...docs.keys(), ...rowsOf.keys()])) {
		const doc = docs.get(id);
		const rows = (rowsOf.get(id) ?? []).filter((row) => notYetIn(row, doc?.version));
		const place = rows.findLast((row) => row.name === 'order.place');
		const advance = rows.findLast((row) => row.name === 'order.advance');
		if (!doc && !place) continue;
		views.push({
			id,
			party: doc && doc.data.buyer.id !== actor.id ? 'seller' : 'buyer',
			order: doc?.data ?? null,
			placed:
				!doc && place?.name === 'order.place' && place.goods
					? { input: place.input, goods: place.goods }
					: null,
			placing: place ? pendingOf(place, work) : null,
			step:
				advance?.name === 'order.advance'
					? {
							event: advance.input.event,
							reason: advance.input.reason,
							command: pendingOf(advance, work)
						}
					: null,
			changedAt: advance?.deviceTime ?? place?.deviceTime ?? doc?.data.updatedAt ?? ''
		});
	}
	return views.sort((a, b) => compareCodes(b.changedAt, a.changedAt) || compareCodes(a.id, b.id));
}
