import { needsSecondFactor } from '$lib/domain/accounts/second-factor.ts';
import { keptSince } from '$lib/domain/personal-data/rules.ts';
import { tiesOf, type Tie } from '$lib/domain/personal-data/closing.ts';
import { no, ok, type Result } from '$lib/domain/kernel/refusal.ts';
import { destroyPersonKey, seal } from '$lib/server/accounts/sealing.ts';
import { closeSignIn } from '$lib/server/accounts/sign-in.ts';
import { audit } from '$lib/server/audit/audit.ts';
import { transaction, type Sql, type Tx } from '$lib/server/db/pool.ts';
import { dropUploads, removeUnused } from '$lib/server/files/remove.ts';
import type { FileStore } from '$lib/server/files/store.ts';
import { closeNeedsOf } from '$lib/server/needs/ending.ts';
import { settleDroppedOf } from '$lib/server/needs/offers.ts';
import { withdrawProposalsOf } from '$lib/server/proposals/service.ts';
import { personalDataRules } from '$lib/server/rulepacks/personal-data.ts';
import { asSystem, write } from '$lib/server/sync/write.ts';
import { countTies, holdActive, listErasable, updateClosed } from './queries.ts';
import { withdrawRequestsOf } from './requests.ts';

/** The account is held first; null when it is not active. */
async function heldTies(tx: Tx, accountId: string): Promise<Tie[] | null> {
	const held = await holdActive(tx, accountId);
	if (held === null) return null;
	return tiesOf({ ...(await countTies(tx, accountId)), office: needsSecondFactor(held.roles) });
}

/** What stands in the way of closing this account, as of now. */
export const closingTies = (db: Sql, accountId: string): Promise<Tie[]> =>
	transaction(db, accountId, async (tx) => (await heldTies(tx, accountId)) ?? []);

/**
 * TG-16.5, LAW-data-subject: closes the account. Its names open nothing and are free again, every session ends, name,
 * phone, e-mail and address are gone. What the law keeps (orders three years, listings one) stays sealed until then.
 * Refusal `still_needed` with the ties as `fields`.
 */
export const closeAccount = (db: Sql, accountId: string, now: string): Promise<Result<void>> =>
	write(db, { actorId: accountId, now }, async (ctx) => {
		const ties = await heldTies(ctx.tx, accountId);
		if (ties === null) return no('not_found');
		if (ties.length > 0)
			return no('still_needed', {
				clause: 'TG-16.5',
				fields: Object.fromEntries(ties.map((tie) => [tie, 'still_needed']))
			});
		await asSystem(ctx, 'closing', async (tx) =>
			updateClosed(tx, accountId, await seal(tx, accountId, ''), now)
		);
		await withdrawRequestsOf(ctx, accountId);
		await withdrawProposalsOf(ctx, accountId);
		await closeNeedsOf(ctx, accountId, accountId);
		await settleDroppedOf(ctx, accountId);
		await closeSignIn(ctx.tx, accountId);
		await audit(ctx, { action: 'account.closed', subject: `account:${accountId}`, clause: 'TG-16.5' });
		return ok(undefined);
	});

/**
 * TG-16.3: destroys the keys of closed accounts whose orders the law keeps no longer, and their pictures with them. Answers how
 * many accounts.
 */
export async function eraseClosed(db: Sql, files: Pick<FileStore, 'delete'>, now: string): Promise<number> {
	const before = keptSince(personalDataRules(), 'orders_3_years', now);
	const { ids, keys } = await write(db, { actorId: 'system:retention', now }, async (ctx) => {
		const ids = await listErasable(ctx.tx, before);
		const keys: string[] = [];
		for (const id of ids) {
			keys.push(...(await dropUploads(ctx.tx, id, 'all')));
			await destroyPersonKey(ctx.tx, id, now);
			await audit(ctx, { action: 'account.erased', subject: `account:${id}`, clause: 'TG-16.3' });
		}
		return { ids, keys };
	});
	await removeUnused(db, files, keys);
	return ids.length;
}
