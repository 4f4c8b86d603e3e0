import { maxSubscriptions, type PushSubscriptionInput } from '$lib/domain/notifications/push.ts';
import type { Tx } from '$lib/server/db/pool.ts';

/** A browser belongs to whoever signed in there last. Beyond the most a member may have, the oldest goes. */
export async function putSubscription(
	tx: Tx,
	accountId: string,
	{ endpoint, keys }: PushSubscriptionInput,
	now: string
): Promise<void> {
	await tx`
		insert into push_subscriptions (endpoint, account_id, p256dh, auth, created_at)
		values (${endpoint}, ${accountId}, ${keys.p256dh}, ${keys.auth}, ${now})
		on conflict (endpoint) do update set account_id = excluded.account_id, p256dh = excluded.p256dh,
			auth = excluded.auth, created_at = excluded.created_at`;
	await tx`
		delete from push_subscriptions where endpoint in (
			select endpoint from push_subscriptions where account_id = ${accountId}
			order by created_at desc, endpoint offset ${maxSubscriptions})`;
}

export async function deleteSubscription(tx: Tx, endpoint: string): Promise<void> {
	await tx`delete from push_subscriptions where endpoint = ${endpoint}`;
}

/** The browsers of these members, of those who may still sign in. */
export const listSubscriptions = (
	tx: Tx,
	accountIds: readonly string[]
): Promise<PushSubscriptionInput[]> => tx<PushSubscriptionInput[]>`
	select s.endpoint, json_build_object('p256dh', s.p256dh, 'auth', s.auth) as keys
	from push_subscriptions s join accounts a on a.id = s.account_id
	where s.account_id = any(${[...accountIds]}::uuid[]) and a.state = 'active'`;
