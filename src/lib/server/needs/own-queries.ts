import type { Tx } from '$lib/server/db/pool.ts';

/** Every text that was sent, and what sellers offered. */
export const listOwnNeedData = (tx: Tx, accountId: string): Promise<object[]> =>
	tx<object[]>`
		select n.id, n.state, n.created_at as "createdAt", n.approved_at as "approvedAt", n.updated_at as "updatedAt",
			(select jsonb_agg(jsonb_build_object('content', v.content, 'submittedAt', v.submitted_at) order by v.rev)
				from need_versions v where v.need_id = n.id) as texts,
			(select coalesce(jsonb_agg(jsonb_build_object('title', o.title, 'unit', o.unit, 'quantity', o.quantity,
				'seller', o.seller_name, 'state', o.state, 'sentAt', o.sent_at) order by o.sent_at, o.id), '[]')
				from need_offers o where o.need_id = n.id) as offers
		from needs n where n.buyer_id = ${accountId} order by n.created_at, n.id`;

export const listOwnOfferData = (tx: Tx, accountId: string): Promise<object[]> =>
	tx<object[]>`
		select o.id, o.need_id as "needId", o.title, o.unit, o.quantity, o.state, o.sent_at as "sentAt",
			o.updated_at as "updatedAt"
		from need_offers o where o.seller_account_id = ${accountId} order by o.sent_at, o.id`;
