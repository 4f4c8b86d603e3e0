import type { Actor } from '$lib/domain/accounts/permissions.ts';
import { no, ok, type Result } from '$lib/domain/kernel/refusal.ts';
import { isPushService, type PushSubscriptionInput } from '$lib/domain/notifications/push.ts';
import { transaction, type Sql } from '$lib/server/db/pool.ts';
import { deleteSubscription, putSubscription } from './push-queries.ts';

/** The member lets this browser be woken. It may have been another member's until now, so the system writes it. */
export async function subscribeToPush(
	db: Sql,
	actor: Actor,
	subscription: PushSubscriptionInput,
	now: string
): Promise<Result<void>> {
	if (!isPushService(subscription.endpoint))
		return no('invalid_input', { fields: { endpoint: 'unknown_push_service' } });
	await transaction(db, 'system:push', (tx) => putSubscription(tx, actor.id, subscription, now));
	return ok(undefined);
}

/** Forgets one of the member's own browsers; another member's stays, and nothing is said of it. */
export const unsubscribeFromPush = (db: Sql, actor: Actor, endpoint: string): Promise<void> =>
	transaction(db, actor.id, (tx) => deleteSubscription(tx, endpoint));
