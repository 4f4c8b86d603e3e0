import type { Actor, PostRole, Role } from '$lib/domain/accounts/permissions.ts';
import type { FindPeople } from '$lib/domain/grants/schema.ts';
import { accountNamed } from '$lib/server/accounts/lookup.ts';
import { unseal } from '$lib/server/accounts/sealing.ts';
import type { Sql, Tx } from '$lib/server/db/pool.ts';
import { noteLook } from '$lib/server/personal-data/looks.ts';
import { asSystem, write, type WriteContext } from '$lib/server/sync/write.ts';
import {
	findPerson,
	listChanges,
	listOpenProposals,
	listStaff,
	type ChangeRow,
	type PersonRow,
	type ProposalRow
} from './queries.ts';

/** A person as an administrator sees them: what they may do, and no way to reach them. */
export type PersonOfRights = {
	readonly id: string;
	readonly name: string;
	readonly roles: readonly Role[];
	readonly state: 'active' | 'locked' | 'closed';
	readonly posts: readonly { readonly agencyId: string; readonly role: PostRole; readonly from: string }[];
	readonly openCases: number;
};
export type OpenProposal = ProposalRow & { readonly accountName: string };
export type RightsOf = {
	readonly person: PersonOfRights;
	readonly changes: readonly ChangeRow[];
};

/** The name of a post is public; the one of a profile is opened for whoever may see it. '' = erased. */
export async function nameOf(tx: Tx, row: Pick<PersonRow, 'publicName' | 'nameSealed'>): Promise<string> {
	if (row.publicName !== null) return row.publicName;
	return (row.nameSealed === null ? null : (await unseal(tx, [row.nameSealed]))[0]) ?? '';
}

async function seen(tx: Tx, row: PersonRow): Promise<PersonOfRights> {
	const { id, roles, state, posts, openCases } = row;
	return { id, name: await nameOf(tx, row), roles, state, posts, openCases };
}

/**
 * TG-3.4: whoever works for the exchange, or the one member with this way to sign in. A name is looked for as a whole, by
 * its blind index: nobody leafs through members. Looking for one is in the audit.
 */
export function findPeopleOfRights(
	db: Sql,
	actor: Actor,
	input: FindPeople,
	now: string
): Promise<PersonOfRights[]> {
	return write(db, { actorId: actor.id, now }, async (ctx) => {
		const rows = input.name === '' ? await staff(ctx, input.agencyId) : await named(ctx, actor, input.name);
		return Promise.all(rows.map((row) => seen(ctx.tx, row)));
	});
}

const staff = (ctx: WriteContext, agencyId: string): Promise<PersonRow[]> =>
	asSystem(ctx, 'grants', (tx) => listStaff(tx, agencyId === '' ? null : agencyId, ctx.now));

const looks = (
	ctx: WriteContext,
	actor: Actor,
	accountId: string,
	what: 'account' | 'rights',
	action: string
): Promise<void> =>
	noteLook(
		ctx,
		actor,
		{ accountId, what, purpose: 'rights', ref: null, agencyId: null },
		{ action, subject: `account:${accountId}`, clause: 'TG-3.4' }
	);

async function named(ctx: WriteContext, actor: Actor, name: string): Promise<PersonRow[]> {
	const accountId = await accountNamed(ctx.tx, name);
	if (accountId === null) return [];
	const found = await asSystem(ctx, 'grants', (tx) => findPerson(tx, accountId, ctx.now));
	if (!found) return [];
	await looks(ctx, actor, found.id, 'account', 'person.looked-for');
	return [found];
}

/** One person's rights and every change of them; the look is in the audit. Null = there is no such account. */
export function rightsOf(db: Sql, actor: Actor, accountId: string, now: string): Promise<RightsOf | null> {
	return write(db, { actorId: actor.id, now }, async (ctx) => {
		const row = await asSystem(ctx, 'grants', (tx) => findPerson(tx, accountId, now));
		if (!row) return null;
		await looks(ctx, actor, accountId, 'rights', 'rights.looked-at');
		return { person: await seen(ctx.tx, row), changes: await listChanges(ctx.tx, accountId) };
	});
}

/** What waits for a second administrator. */
export function openProposals(db: Sql, actor: Actor, now: string): Promise<OpenProposal[]> {
	return write(db, { actorId: actor.id, now }, async (ctx) => {
		const open: OpenProposal[] = [];
		for (const proposal of await listOpenProposals(ctx.tx, now)) {
			const row = await asSystem(ctx, 'grants', (tx) => findPerson(tx, proposal.accountId, now));
			open.push({ ...proposal, accountName: row ? await nameOf(ctx.tx, row) : '' });
		}
		return open;
	});
}
