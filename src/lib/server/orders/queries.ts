import type { OrderDoc } from '$lib/domain/orders/schema.ts';
import type { OrderState } from '$lib/domain/orders/states.ts';
import type { ListingContent, Rendition } from '$lib/domain/listings/schema.ts';
import type { Queryable, Tx } from '$lib/server/db/pool.ts';

/** What an order needs of a listing: its published version and what is left. */
export type OfferRow = {
	id: string;
	businessId: string;
	accountId: string;
	isPublic: boolean;
	isLocked: boolean;
	rev: number | null;
	content: ListingContent | null;
	photos: Rendition[] | null;
	stock: number | null;
};

const offerColumns = (db: Queryable) => db`
	id, business_id as "businessId", account_id as "accountId",
	state in ('approved', 'revising', 'resubmitted', 'revision_returned') and discarded_at is null
		and hidden_for is null and exists (
		select from business_sectors o where o.business_id = listings.business_id
			and o.sector_id = listings.sector_id and o.suspended_at is null) as "isPublic",
	state = 'locked' as "isLocked",
	published_rev as rev, published_content as content, published_photos as photos, stock`;

export async function findOfferBusiness(db: Queryable, listingId: string): Promise<string | null> {
	const [row] = await db<{ id: string }[]>`select business_id as id from listings where id = ${listingId}`;
	return row?.id ?? null;
}

export async function lockOffer(tx: Tx, listingId: string): Promise<OfferRow | null> {
	const [row] = await tx<OfferRow[]>`
		select ${offerColumns(tx)} from listings where id = ${listingId} for update`;
	return row ?? null;
}

/** The unit a version was offered in; null when there was no such version. */
export async function findVersionUnit(db: Queryable, listingId: string, rev: number): Promise<string | null> {
	const [row] = await db<{ unit: string }[]>`
		select content ->> 'unit' as unit from listing_versions where listing_id = ${listingId} and rev = ${rev}`;
	return row?.unit ?? null;
}

/** Adds to the stated stock, or takes from it; the check of the column is the last guard of "never below zero". */
export async function changeStock(tx: Tx, listingId: string, by: number): Promise<void> {
	await tx`update listings set stock = stock + ${by}::numeric where id = ${listingId} and stock is not null`;
}

export async function nextOrderCode(tx: Tx, prefix: string): Promise<string> {
	const [row] = await tx<{ code: string }[]>`
		select ${prefix}::text || '-D' || readable_number(nextval('order_numbers')) as code`;
	if (!row) throw new Error('the sequence of order numbers returned nothing');
	return row.code;
}

/** False when the id exists already, whoever it belongs to. */
export async function insertOrder(
	tx: Tx,
	row: {
		id: string;
		code: string;
		listingId: string;
		listingRev: number;
		title: string;
		unit: string;
		thumb: string | null;
		businessId: string;
		sellerAccountId: string;
		buyerId: string;
		quantity: number;
		unitPrice: number;
		total: number;
		contactSealed: string;
		noteSealed: string;
		payment: string;
		shipping: string;
		holdsStock: boolean;
		state: OrderState;
		deviceTime: string;
		now: string;
	}
): Promise<boolean> {
	const rows = await tx`
		insert into orders (id, code, listing_id, listing_rev, title, unit, thumb, business_id, seller_account_id,
			buyer_id, quantity, unit_price, total, contact_sealed, note_sealed, payment, shipping, holds_stock, state,
			device_time, placed_at, updated_at)
		values (${row.id}, ${row.code}, ${row.listingId}, ${row.listingRev}, ${row.title}, ${row.unit}, ${row.thumb},
			${row.businessId}, ${row.sellerAccountId}, ${row.buyerId}, ${row.quantity}, ${row.unitPrice}, ${row.total},
			${row.contactSealed}, ${row.noteSealed}, ${row.payment}, ${row.shipping}, ${row.holdsStock}, ${row.state},
			${row.deviceTime}, ${row.now}, ${row.now})
		on conflict (id) do nothing returning id`;
	return rows.length === 1;
}

export async function insertOrderEvent(
	tx: Tx,
	row: {
		orderId: string;
		state: OrderState;
		at: string;
		by: 'buyer' | 'seller' | 'exchange';
		actor: string;
		reason: string;
	}
): Promise<void> {
	await tx`
		insert into order_events (order_id, state, at, by_party, actor, reason)
		values (${row.orderId}, ${row.state}, ${row.at}, ${row.by}, ${row.actor}, ${row.reason})`;
}

export type OrderRow = {
	id: string;
	code: string;
	listingId: string;
	title: string;
	businessId: string;
	sellerAccountId: string;
	buyerId: string;
	quantity: number;
	state: OrderState;
	rev: number;
	holdsStock: boolean;
	carrier: string;
	trackingCode: string;
	shippingFee: number | null;
};

const orderColumns = (db: Queryable) => db`
	id, code, listing_id as "listingId", title, business_id as "businessId",
	seller_account_id as "sellerAccountId", buyer_id as "buyerId", quantity, state, rev,
	holds_stock as "holdsStock", carrier, tracking_code as "trackingCode", shipping_fee as "shippingFee"`;

export async function findOrder(db: Queryable, id: string): Promise<OrderRow | null> {
	const [row] = await db<OrderRow[]>`select ${orderColumns(db)} from orders where id = ${id}`;
	return row ?? null;
}

export async function lockOrder(tx: Tx, id: string): Promise<OrderRow | null> {
	const [row] = await tx<OrderRow[]>`select ${orderColumns(tx)} from orders where id = ${id} for update`;
	return row ?? null;
}

export async function updateOrder(
	tx: Tx,
	row: Pick<OrderRow, 'id' | 'state' | 'rev' | 'holdsStock' | 'carrier' | 'trackingCode' | 'shippingFee'> & {
		now: string;
	}
): Promise<void> {
	await tx`
		update orders set state = ${row.state}, rev = ${row.rev}, holds_stock = ${row.holdsStock},
			carrier = ${row.carrier}, tracking_code = ${row.trackingCode}, shipping_fee = ${row.shippingFee},
			updated_at = ${row.now}
		where id = ${row.id}`;
}

export type OrderView = Omit<OrderDoc, 'listing' | 'buyer' | 'seller' | 'contact' | 'timeline'> & {
	listingId: string;
	title: string;
	unit: string;
	thumb: string | null;
	buyerId: string;
	businessId: string;
	sellerAccountId: string;
	sellerName: string;
	sellerPhone: string;
	contactSealed: string;
	timeline: OrderDoc['timeline'];
};

export async function findOrderView(db: Queryable, id: string): Promise<OrderView | null> {
	const [row] = await db<Omit<OrderView, 'timeline'>[]>`
		select o.id, o.code, o.state, o.rev, o.listing_id as "listingId", o.title, o.unit, o.thumb, o.quantity,
			o.unit_price as "unitPrice", o.total, o.buyer_id as "buyerId", o.contact_sealed as "contactSealed",
			coalesce(o.note_sealed, '') as note, o.business_id as "businessId",
			o.seller_account_id as "sellerAccountId", b.name as "sellerName", b.phone as "sellerPhone", o.payment,
			o.shipping, o.carrier, o.tracking_code as "trackingCode", o.shipping_fee as "shippingFee",
			o.placed_at as "placedAt", o.updated_at as "updatedAt"
		from orders o join businesses b on b.id = o.business_id where o.id = ${id}`;
	if (!row) return null;
	const timeline = await db<OrderDoc['timeline']>`
		select state, at, by_party as by, reason from order_events where order_id = ${id} order by id`;
	return { ...row, timeline: [...timeline] };
}

/** How much of a listing was ordered since an instant, without what ended undelivered. */
export async function sumOrderedSince(db: Queryable, listingId: string, since: string): Promise<number> {
	const [row] = await db<{ total: number }[]>`
		select coalesce(sum(quantity), 0) as total from orders
		where listing_id = ${listingId} and placed_at >= ${since} and state not in ('cancelled', 'failed')`;
	return row?.total ?? 0;
}
