import { leaderLock } from '../engine/leader.ts';
import { LocalDb } from '../store/local.ts';
import { storeName, workName } from '../store/names.ts';
import { WhoIsHere } from '../store/who.ts';
import { plainPush } from '../transport/plain-push.ts';
import { deliverWaiting } from './deliver.ts';

/**
 * What the service worker does when the browser says there is a network: hands in the waiting commands of whoever is
 * signed in here. A screen that is open does it itself, and holds the lock. Rejects when the exchange was not reached,
 * so that the browser tries again.
 */
export async function sendInBackground(): Promise<void> {
	const who = new WhoIsHere();
	const actor = await who.actor().finally(() => who.close());
	if (!actor) return;
	const name = storeName({ userId: actor.id });
	await navigator.locks.request(leaderLock(name), { ifAvailable: true }, async (lock) => {
		if (!lock) return;
		const local = new LocalDb(workName(name));
		try {
			await local.open();
			await deliverWaiting(local, actor.id, plainPush);
		} finally {
			local.close();
		}
	});
}
