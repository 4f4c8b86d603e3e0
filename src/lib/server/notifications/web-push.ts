import type { Agent } from 'node:https';
import webpush, { WebPushError } from 'web-push';
import type { PushSubscriptionInput } from '$lib/domain/notifications/push.ts';
import { transaction, type Sql } from '$lib/server/db/pool.ts';
import { pushKeys } from './push-keys.ts';
import { deleteSubscription, listSubscriptions } from './push-queries.ts';

export type WebPusherDeps = {
	readonly db: Sql;
	/** Who the push services may complain to: `https:` or `mailto:`. */
	readonly contact: string;
	readonly failed: (error: unknown) => void;
	/** How long a member is left alone after having been woken. */
	readonly quietMs?: number;
	/** Monotonic milliseconds. */
	readonly uptime?: () => number;
	readonly agent?: Agent;
};

export type WebPusher = {
	/** Wakes the members who have got something new in their box. Never rejects. */
	wake(accountIds: ReadonlySet<string>): Promise<void>;
};

const gone = [404, 410];
/** Each is signed and holds a connection: what concerns every member may not stop the rest of the program. */
const atOnce = 16;

/**
 * Wakes closed apps through the browsers' push services. It carries nothing, not even whose it is: the app asks when it
 * is opened. An accelerator: it runs after the commit, in the process that wrote, once, and a push that is lost is lost.
 */
export function webPusher(deps: WebPusherDeps): WebPusher {
	const { quietMs = 30_000, uptime = () => performance.now() } = deps;
	const wokenAt = new Map<string, number>();

	function toWake(accountIds: ReadonlySet<string>): string[] {
		const now = uptime();
		for (const [id, at] of wokenAt) if (now - at >= quietMs) wokenAt.delete(id);
		const due = [...accountIds].filter((id) => !wokenAt.has(id));
		for (const id of due) wokenAt.set(id, now);
		return due;
	}

	async function send(subscription: PushSubscriptionInput): Promise<void> {
		try {
			await webpush.sendNotification(subscription, null, {
				vapidDetails: { subject: deps.contact, ...pushKeys() },
				TTL: 24 * 3_600,
				urgency: 'normal',
				// A newer one takes the place of one the browser has not fetched.
				topic: 'san-tinh',
				timeout: 10_000,
				...(deps.agent && { agent: deps.agent })
			});
		} catch (error) {
			if (!(error instanceof WebPushError && gone.includes(error.statusCode))) throw error;
			await transaction(deps.db, 'system:push', (tx) => deleteSubscription(tx, subscription.endpoint));
		}
	}

	return {
		async wake(accountIds) {
			try {
				const ids = toWake(accountIds);
				if (ids.length === 0) return;
				const found = await transaction(deps.db, 'system:push', (tx) => listSubscriptions(tx, ids));
				const next = async (): Promise<void> => {
					for (let one = found.pop(); one; one = found.pop()) await send(one).catch(deps.failed);
				};
				await Promise.all(Array.from({ length: atOnce }, next));
			} catch (error) {
				deps.failed(error);
			}
		}
	};
}
