import { ownConsents } from '$lib/server/accounts/consents.ts';
import { unseal } from '$lib/server/accounts/sealing.ts';
import { transaction, type Sql, type Tx } from '$lib/server/db/pool.ts';
import { ownMeasures } from '$lib/server/enforcement/views.ts';
import { ownNeeds } from '$lib/server/needs/own.ts';
import { ownProposals } from '$lib/server/proposals/views.ts';
import { looksAt } from './looks.ts';
import { findOwnProfile, listOwnContacts, listOwnListings, listOwnOrders, listOwnTraces } from './queries.ts';
import { ownRequests } from './request-views.ts';

/** Opens sealed texts of one row; what has none, or whose key is gone, is left out. */
async function opened(tx: Tx, row: object): Promise<Record<string, string>> {
	const sealed = Object.entries(row).filter(
		(entry): entry is [string, string] => typeof entry[1] === 'string'
	);
	const texts = await unseal(
		tx,
		sealed.map(([, text]) => text)
	);
	return Object.fromEntries(
		sealed.flatMap(([name], at) => (texts[at] == null ? [] : [[name, texts[at]] as const]))
	);
}

/** TG-16.5: what the exchange holds of a person, as that person may read it. Contacts of others stay with them. */
export async function ownData(db: Sql, accountId: string, now: string) {
	const measures = await ownMeasures(db, accountId);
	const requests = await ownRequests(db, accountId, now);
	const proposals = await ownProposals(db, accountId);
	const looks = await looksAt(db, accountId);
	const { history } = await ownConsents(db, accountId, now);
	const needs = await ownNeeds(db, accountId);
	return transaction(db, accountId, async (tx) => {
		const contacts = await listOwnContacts(tx, accountId);
		const given = await Promise.all(
			contacts.map(async ({ code, contact, note }) => ({ code, ...(await opened(tx, { contact, note })) }))
		);
		return {
			exportedAt: now,
			accountId,
			profile: await opened(tx, (await findOwnProfile(tx, accountId)) ?? {}),
			consents: history,
			listings: await listOwnListings(tx, accountId),
			orders: await listOwnOrders(tx, accountId),
			orderContacts: given,
			...needs,
			measures,
			requests,
			proposals,
			looks,
			acts: await listOwnTraces(tx, accountId)
		};
	});
}

export type OwnData = Awaited<ReturnType<typeof ownData>>;
