import { transaction, type Sql } from '$lib/server/db/pool.ts';
import { listOwnNeedData, listOwnOfferData } from './own-queries.ts';

/** TG-16.5: what a member looked for, with what was offered, and what the own business offered. */
export const ownNeeds = (db: Sql, accountId: string): Promise<{ needs: object[]; offers: object[] }> =>
	transaction(db, accountId, async (tx) => ({
		needs: await listOwnNeedData(tx, accountId),
		offers: await listOwnOfferData(tx, accountId)
	}));
