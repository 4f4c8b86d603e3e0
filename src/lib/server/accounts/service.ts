import type { PostRole, Role } from '$lib/domain/accounts/permissions.ts';
import { no, ok, type Result } from '$lib/domain/kernel/refusal.ts';
import { audit } from '$lib/server/audit/audit.ts';
import { openEverySector } from '$lib/server/businesses/selling.ts';
import { lockListingsOfBusiness } from '$lib/server/listings/holds.ts';
import { releaseCasesOf } from '$lib/server/moderation/moves.ts';
import type { Tx } from '$lib/server/db/pool.ts';
import { newId, type WriteContext } from '$lib/server/sync/write.ts';
import {
	addRole,
	endPosts,
	findAccount,
	insertBusiness,
	insertPost,
	lockBusinessRow,
	lockTurn,
	updateBusinessState,
	type BusinessKind
} from './queries.ts';

/** Opens the business an account sells for, and makes the account a seller. */
export async function openBusiness(
	ctx: WriteContext,
	input: {
		id?: string;
		accountId: string;
		name: string;
		kind: BusinessKind;
		intro: string;
		wardCode: string;
		place: string;
		/** Published as the way to reach the business (TG-13.3). */
		phone: string;
		/** True when its papers were checked; until then nothing can be submitted. */
		confirmed: boolean;
	}
): Promise<{ businessId: string }> {
	const businessId = input.id ?? newId();
	await insertBusiness(ctx.tx, {
		...input,
		id: businessId,
		state: input.confirmed ? 'confirmed' : 'pending',
		now: ctx.now
	});
	if (input.confirmed) await openEverySector(ctx, businessId);
	await addRole(ctx.tx, input.accountId, 'seller');
	await audit(ctx, {
		action: 'business.opened',
		subject: `account:${input.accountId}`,
		data: { business: businessId, confirmed: input.confirmed }
	});
	return { businessId };
}

/** TG-3.2: gives a person a post in a department; the name is public, since every decision is named (TG-19.5). */
export async function givePost(
	ctx: WriteContext,
	input: { accountId: string; agencyId: string; role: PostRole; publicName: string; from?: string }
): Promise<void> {
	await insertPost(ctx.tx, { ...input, from: input.from ?? ctx.now });
	const roles: Role[] = input.role === 'lead' ? ['officer', 'lead'] : [input.role];
	for (const role of roles) await addRole(ctx.tx, input.accountId, role);
	await audit(ctx, {
		action: 'post.given',
		subject: `account:${input.accountId}`,
		clause: 'TG-3.2',
		data: { agency: input.agencyId, role: input.role }
	});
}

/** Ends a person's posts in a department. Past decisions keep the name, open cases go back to the unit. */
export async function endPost(
	ctx: WriteContext,
	input: { accountId: string; agencyId: string }
): Promise<void> {
	await endPosts(ctx.tx, input.accountId, input.agencyId, ctx.now);
	await releaseCasesOf(ctx, input.accountId, input.agencyId);
	await audit(ctx, {
		action: 'post.ended',
		subject: `account:${input.accountId}`,
		data: { agency: input.agencyId }
	});
}

/**
 * Locks a business: every listing of it leaves the public feed, pages and pictures in the same transaction. The row
 * is locked first, so that an approval meanwhile either is seen here or sees the lock (TG-15.1).
 */
export async function lockBusiness(
	ctx: WriteContext,
	input: { businessId: string; by: { id: string | null; name: string } }
): Promise<Result<void>> {
	const business = await lockBusinessRow(ctx.tx, input.businessId);
	if (!business) return no('not_found');
	if (business.state === 'locked') return ok(undefined);
	await updateBusinessState(ctx.tx, input.businessId, 'locked');
	await audit(ctx, {
		action: 'business.locked',
		subject: `account:${business.accountId}`,
		data: { business: input.businessId }
	});
	await lockListingsOfBusiness(ctx, input.businessId, input.by);
	return ok(undefined);
}

/** Whether this is somebody who may act: registered, not locked, not closed. */
export const isActiveAccount = async (tx: Tx, accountId: string): Promise<boolean> =>
	(await findAccount(tx, accountId))?.state === 'active';

/**
 * One at a time for one person and one kind of thing, to the end of the transaction: two devices that ask at the same instant
 * are counted one after the other.
 */
export const takeTurn = (
	tx: Tx,
	accountId: string,
	what: 'proposals' | 'data-requests' | 'handovers' | 'needs' | 'receipts'
): Promise<void> => lockTurn(tx, accountId, what);
