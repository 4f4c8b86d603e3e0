import type { Role } from '$lib/domain/accounts/permissions.ts';
import { publicStates } from '$lib/domain/listings/states.ts';
import type { Queryable, Tx } from '$lib/server/db/pool.ts';

/** Sealed texts, to be opened for their owner. */
export async function findOwnProfile(db: Queryable, accountId: string): Promise<SealedProfile | null> {
	const [row] = await db<SealedProfile[]>`
		select name_sealed as name, user_name_sealed as "userName", phone_sealed as phone, email_sealed as email,
			address_sealed as address
		from account_profiles where account_id = ${accountId}`;
	return row ?? null;
}

/** Name, phone and place a buyer gave with each order, and the note. */
export const listOwnContacts = (
	db: Queryable,
	accountId: string
): Promise<{ code: string; contact: string; note: string | null }[]> =>
	db<{ code: string; contact: string; note: string | null }[]>`
		select code, contact_sealed as contact, note_sealed as note from orders
		where buyer_id = ${accountId} order by placed_at, id`;

/** What the record says the person did, and what was done to the account: ids and codes only. */
export const listOwnTraces = (db: Queryable, accountId: string): Promise<object[]> =>
	db<object[]>`
		select at, action, subject, clause from audit_log
		where subject = ${`account:${accountId}`} or actor = ${accountId} order by id`;

/**
 * Holds an active account to the end of the transaction; null when there is none. Its key is not held: an answer under way holds
 * what it answers and then names the account in a notice, and closing waits for the same things in the other order.
 */
export async function holdActive(tx: Tx, accountId: string): Promise<{ roles: Role[] } | null> {
	const [row] = await tx<{ roles: Role[] }[]>`
		select roles from accounts where id = ${accountId} and state = 'active' for no key update`;
	return row ?? null;
}

/**
 * What stands in the way of closing an account. A statement of its own, after the account is held: counted in the one that
 * waits for it, an order which that wait was for would not be seen.
 */
export async function countTies(
	tx: Tx,
	accountId: string
): Promise<{ orders: number; onSale: number; cases: number; measures: number }> {
	const [row] = await tx<{ orders: number; onSale: number; cases: number; measures: number }[]>`
		select
			(select count(*)::int from orders o where ${accountId} in (o.buyer_id, o.seller_account_id)
				and o.state not in ('delivered', 'cancelled', 'failed')) as orders,
			(select count(*)::int from listings l where l.account_id = ${accountId}
				and l.state = any(${[...publicStates]})) as "onSale",
			(select count(*)::int from cases c
				left join listings l on l.id = c.listing_id left join businesses b on b.id = c.business_id
				where c.state = 'open' and ${accountId} in (l.account_id, b.account_id)) as cases,
			(select count(*)::int from measures m where m.account_id = ${accountId}
				and (m.state = 'noticed' or (m.state = 'in_force' and m.step in ('hide_product', 'suspend')))) as measures`;
	if (!row) throw new Error('a count returned nothing');
	return row;
}

export async function updateClosed(tx: Tx, accountId: string, name: string, now: string): Promise<void> {
	await tx`update accounts set state = 'closed' where id = ${accountId}`;
	await tx`
		update account_profiles set name_sealed = ${name}, user_name_sealed = null, phone_sealed = null,
			email_sealed = null, address_sealed = null, updated_at = ${now}
		where account_id = ${accountId}`;
	await tx`update businesses set phone = '' where account_id = ${accountId}`;
	await tx`delete from push_subscriptions where account_id = ${accountId}`;
}

/** Closed accounts whose key is not needed any more: their last order is older than the law keeps it. */
export async function listErasable(tx: Tx, before: string): Promise<string[]> {
	const rows = await tx<{ id: string }[]>`
		select a.id from accounts a join person_keys k on k.account_id = a.id
		where a.state = 'closed' and k.wrapped is not null and not exists (
			select from orders o where a.id in (o.buyer_id, o.seller_account_id) and o.updated_at >= ${before})`;
	return rows.map(({ id }) => id);
}

type SealedProfile = {
	name: string;
	userName: string | null;
	phone: string | null;
	email: string | null;
	address: string | null;
};

export const listOwnListings = (db: Queryable, accountId: string): Promise<object[]> =>
	db<object[]>`
		select id, state, content, published_content as "publishedContent", published_at as "publishedAt",
			created_at as "createdAt", updated_at as "updatedAt"
		from listings where account_id = ${accountId} and discarded_at is null order by created_at, id`;

export const listOwnOrders = (db: Queryable, accountId: string): Promise<object[]> =>
	db<object[]>`
		select code, title, quantity, unit, unit_price as "unitPrice", total, state, payment, shipping, carrier,
			tracking_code as "trackingCode", placed_at as "placedAt", updated_at as "updatedAt",
			case when buyer_id = ${accountId} then 'buyer' else 'seller' end as "as"
		from orders where ${accountId} in (buyer_id, seller_account_id) order by placed_at, id`;
