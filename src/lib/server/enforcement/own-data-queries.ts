import type { Queryable } from '$lib/server/db/pool.ts';

/** Sealed texts, to be opened for their owner. */
export async function findOwnProfile(
	db: Queryable,
	accountId: string
): Promise<{ name: string; userName: string | null; phone: string | null; email: string | null } | null> {
	const [row] = await db<
		{ name: string; userName: string | null; phone: string | null; email: string | null }[]
	>`
		select name_sealed as name, user_name_sealed as "userName", phone_sealed as phone, email_sealed as email
		from account_profiles where account_id = ${accountId}`;
	return row ?? null;
}

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
