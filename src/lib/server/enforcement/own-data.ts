import { unseal } from '$lib/server/accounts/sealing.ts';
import { transaction, type Sql } from '$lib/server/db/pool.ts';
import { findOwnProfile, listOwnListings, listOwnOrders } from './own-data-queries.ts';
import { ownMeasures } from './views.ts';

/** What the exchange holds of a person, as that person may read it. Contacts of others stay with them. */
export async function ownData(db: Sql, accountId: string, now: string) {
	const measures = await ownMeasures(db, accountId);
	return transaction(db, accountId, async (tx) => {
		const profile = await findOwnProfile(tx, accountId);
		const sealed = Object.entries(profile ?? {}).filter(
			(entry): entry is [string, string] => typeof entry[1] === 'string'
		);
		const opened = await unseal(
			tx,
			sealed.map(([, text]) => text)
		);
		return {
			exportedAt: now,
			accountId,
			profile: Object.fromEntries(sealed.map(([name], at) => [name, opened[at]])),
			listings: await listOwnListings(tx, accountId),
			orders: await listOwnOrders(tx, accountId),
			measures
		};
	});
}
