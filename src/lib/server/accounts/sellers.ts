import { no, ok, type Result } from '$lib/domain/kernel/refusal.ts';
import type { Queryable, Tx } from '$lib/server/db/pool.ts';
import { addRole, findPublicSellerRow, lockSellerShared, type SellerRow } from './queries.ts';

export type HeldSeller = { readonly accountId: string; readonly name: string };

/**
 * Holds a seller in good standing until the transaction ends: nobody can lock the account or the business while
 * something of theirs is being made public (TG-15.1). Refusals `seller_locked`, `seller_not_confirmed`.
 */
export async function holdSeller(tx: Tx, businessId: string): Promise<Result<HeldSeller>> {
	const seller = await lockSellerShared(tx, businessId);
	if (!seller) return no('not_found');
	if (seller.accountState !== 'active' || seller.state === 'locked') return no('seller_locked');
	if (seller.state !== 'confirmed') return no('seller_not_confirmed', { clause: 'TG-3.4b' });
	return ok({ accountId: seller.accountId, name: seller.name });
}

/** TG-3.4b: a member whose business a department confirmed sells from now on. */
export const makeSeller = (tx: Tx, accountId: string): Promise<void> => addRole(tx, accountId, 'seller');

/** What a seller shows to everyone. */
export type PublicSeller = Omit<SellerRow, 'formerly'> & { readonly formerly: string };

/** A seller the public may see; null when unknown, not confirmed or locked. */
export async function findSeller(db: Queryable, id: string): Promise<PublicSeller | null> {
	const row = await findPublicSellerRow(db, id);
	return row && { ...row, formerly: row.formerly.join(', ') };
}
