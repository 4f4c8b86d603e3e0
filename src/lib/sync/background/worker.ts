import { Dexie } from 'dexie';
import { leaderLock } from '../engine/leader.ts';
import { LocalDb } from '../store/local.ts';
import { storeName, workName } from '../store/names.ts';
import { idOfWhoIsHere } from '../store/who.ts';
import { plainPush } from '../transport/plain-push.ts';
import { deliverWaiting } from './deliver.ts';

/** A screen that is just being closed still holds the lock for a moment. */
const leavingMs = 5_000;

/**
 * What the service worker does when the browser says there is a network: hands in the waiting commands of whoever is
 * signed in here. A screen that is open does it itself, and holds the lock. Rejects when the exchange was not reached,
 * so that the browser tries again.
 */
export async function sendInBackground(): Promise<void> {
	const userId = await idOfWhoIsHere();
	if (userId === null) return;
	const name = storeName({ userId });
	const patience = AbortSignal.timeout(leavingMs);
	await navigator.locks
		.request(leaderLock(name), { signal: patience }, async () => {
			// Wiped meanwhile: opening it would make it anew.
			if (!(await Dexie.exists(workName(name)))) return;
			const local = new LocalDb(workName(name));
			try {
				await local.open();
				await deliverWaiting(local, userId, plainPush);
			} finally {
				local.close();
			}
		})
		.catch((error: unknown) => {
			if (!patience.aborted) throw error;
		});
}
