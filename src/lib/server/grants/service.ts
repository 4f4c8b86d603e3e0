import type { Actor, PostRole, Role } from '$lib/domain/accounts/permissions.ts';
import {
	checkConfirmation,
	checkDecline,
	checkProposal,
	proposalHours,
	refuseGrant
} from '$lib/domain/grants/rules.ts';
import type {
	AdministratorChange,
	PostChange,
	ProposalAnswer,
	RoleChange
} from '$lib/domain/grants/schema.ts';
import { no, ok, type Refusal, type Result } from '$lib/domain/kernel/refusal.ts';
import { endPost, givePost } from '$lib/server/accounts/service.ts';
import { audit } from '$lib/server/audit/audit.ts';
import type { Sql } from '$lib/server/db/pool.ts';
import { asSystem, newId, write, type WriteContext } from '$lib/server/sync/write.ts';
import { nameOf } from './people.ts';
import {
	agencyExists,
	findPerson,
	insertChange,
	insertProposal,
	listOpenProposals,
	lockAdministrators,
	lockProposal,
	lockRoles,
	updateProposal,
	updateRoles,
	type ChangeKind,
	type ProposalRow
} from './queries.ts';
import { tellAnswered, tellChanged, tellProposed } from './words.ts';

/** Who changes rights: an administrator, or the operator at the machine itself (`account` null). */
export type By = { readonly id: string; readonly account: string | null; readonly name: string };
const actorBy = ({ id, name }: Actor): By => ({ id, account: id, name });

/** Undoes what was begun when the answer is no. */
class Refused extends Error {
	constructor(readonly refusal: Refusal) {
		super(refusal.code);
	}
}

async function change(
	db: Sql,
	by: By,
	now: string,
	work: (ctx: WriteContext) => Promise<Result<void>>
): Promise<Result<void>> {
	try {
		await write(db, { actorId: by.id, now }, async (ctx) => {
			const done = await work(ctx);
			if (!done.ok) throw new Refused(done.refusal);
		});
		return ok(undefined);
	} catch (error) {
		if (error instanceof Refused) return { ok: false, refusal: error.refusal };
		throw error;
	}
}

async function record(
	ctx: WriteContext,
	by: By,
	what: { accountId: string; kind: ChangeKind; role: Role; agencyId?: string; reason: string }
): Promise<void> {
	const { accountId, kind, role, agencyId = null, reason } = what;
	await insertChange(ctx.tx, {
		accountId,
		kind,
		role,
		agencyId,
		reason,
		at: ctx.now,
		by: by.id,
		byName: by.name
	});
	await audit(ctx, {
		action: `right.${kind}`,
		subject: `account:${accountId}`,
		clause: 'TG-20.1',
		data: { role, ...(agencyId !== null && { agency: agencyId }) }
	});
	await tellChanged(ctx, { accountId, kind, role, agencyId, reason, byName: by.name });
}

async function setRole(
	ctx: WriteContext,
	accountId: string,
	role: Role,
	has: boolean
): Promise<Result<void>> {
	const account = await lockRoles(ctx.tx, accountId);
	if (!account) return no('not_found');
	if (has && !account.active) return refuseGrant('not_active');
	if (account.roles.includes(role) === has) return refuseGrant(has ? 'has_it' : 'has_it_not');
	await updateRoles(
		ctx.tx,
		accountId,
		has ? [...account.roles, role] : account.roles.filter((held) => held !== role)
	);
	return ok(undefined);
}

/**
 * TG-20.1: gives or takes a standing role, with a reason; nobody changes the own rights. What the role showed leaves the
 * person's devices at their next contact, since audiences follow the roles of the moment (sync 8).
 */
export function changeRole(
	db: Sql,
	actor: Actor,
	has: boolean,
	input: RoleChange,
	now: string
): Promise<Result<void>> {
	const { accountId, role, reason } = input;
	const by = actorBy(actor);
	return change(db, by, now, async (ctx) => {
		if (accountId === actor.id) return refuseGrant('own_rights');
		const done = await setRole(ctx, accountId, role, has);
		if (done.ok) await record(ctx, by, { accountId, kind: has ? 'granted' : 'revoked', role, reason });
		return done;
	});
}

const rolesOfPost = (role: PostRole): readonly Role[] => (role === 'lead' ? ['officer', 'lead'] : [role]);

/** TG-3.2, TG-20.1: gives a post in an agency. The name becomes public with it, since every decision is named. */
export function giveOffice(db: Sql, actor: Actor, input: PostChange, now: string): Promise<Result<void>> {
	const { accountId, agencyId, role, reason } = input;
	const by = actorBy(actor);
	return change(db, by, now, async (ctx) => {
		if (accountId === actor.id) return refuseGrant('own_rights');
		if (!(await agencyExists(ctx.tx, agencyId)))
			return no('not_found', { fields: { agencyId: 'not_found' } });
		const account = await lockRoles(ctx.tx, accountId);
		if (!account) return no('not_found');
		if (!account.active) return refuseGrant('not_active');
		const person = await asSystem(ctx, 'grants', (tx) => findPerson(tx, accountId, now));
		if (!person) return no('not_found');
		if (person.posts.some((post) => post.agencyId === agencyId && post.role === role))
			return refuseGrant('has_it');
		await givePost(ctx, { accountId, agencyId, role, publicName: await nameOf(ctx.tx, person) });
		await record(ctx, by, { accountId, kind: 'post_given', role, agencyId, reason });
		return ok(undefined);
	});
}

/**
 * Ends what the person holds in an agency: decisions keep the name, open cases go back to the unit, and its cases leave
 * the devices at their next contact (sync 8).
 */
export function endOffice(db: Sql, actor: Actor, input: PostChange, now: string): Promise<Result<void>> {
	const { accountId, agencyId, role, reason } = input;
	const by = actorBy(actor);
	return change(db, by, now, async (ctx) => {
		if (accountId === actor.id) return refuseGrant('own_rights');
		const account = await lockRoles(ctx.tx, accountId);
		const held = await asSystem(ctx, 'grants', (tx) => findPerson(tx, accountId, now));
		if (!account || !held) return no('not_found');
		if (!held.posts.some((post) => post.agencyId === agencyId && post.role === role))
			return refuseGrant('has_it_not');
		await endPost(ctx, { accountId, agencyId });
		const rolesWhere = (here: boolean) =>
			held.posts
				.filter((post) => (post.agencyId === agencyId) === here)
				.flatMap((post) => rolesOfPost(post.role));
		const left = rolesWhere(false);
		const gone = rolesWhere(true).filter((one) => !left.includes(one));
		await updateRoles(
			ctx.tx,
			accountId,
			account.roles.filter((one) => !gone.includes(one))
		);
		await record(ctx, by, { accountId, kind: 'post_ended', role, agencyId, reason });
		return ok(undefined);
	});
}

/** TG-20.1: one administrator proposes to make or unmake another. Nothing changes before somebody else confirms. */
export function proposeAdministrator(
	db: Sql,
	actor: Actor,
	input: AdministratorChange,
	now: string
): Promise<Result<void>> {
	const by = actorBy(actor);
	return change(db, by, now, async (ctx) => {
		const administrators = await lockAdministrators(ctx.tx);
		const allowed = checkProposal({ ...input, proposedBy: actor.id }, administrators);
		if (!allowed.ok) return allowed;
		const account = await lockRoles(ctx.tx, input.accountId);
		if (!account) return no('not_found');
		if (input.change === 'grant' && !account.active) return refuseGrant('not_active');
		const open = await listOpenProposals(ctx.tx, now);
		if (open.some((one) => one.accountId === input.accountId && one.change === input.change))
			return refuseGrant('proposed_already');
		const proposal = {
			id: newId(),
			...input,
			proposedBy: actor.id,
			proposedByName: actor.name,
			proposedAt: now,
			expiresAt: new Date(Date.parse(now) + proposalHours * 3_600_000).toISOString()
		};
		await insertProposal(ctx.tx, proposal);
		await tellProposed(ctx, proposal, administrators);
		const { accountId, reason } = input;
		await record(ctx, by, { accountId, kind: 'proposed', role: 'administrator', reason });
		return ok(undefined);
	});
}

/**
 * Answers such a proposal. Every administrator is held first: of two who unmake each other the first to commit wins, the
 * other's proposal has lost its proposer, and the last administrator stays one.
 */
export function answerProposal(
	db: Sql,
	actor: Actor,
	input: ProposalAnswer,
	now: string
): Promise<Result<void>> {
	const by = actorBy(actor);
	return change(db, by, now, async (ctx) => {
		const administrators = await lockAdministrators(ctx.tx);
		const proposal = await lockProposal(ctx.tx, input.proposalId);
		if (!proposal) return no('not_found');
		if (input.yes) {
			const allowed = checkConfirmation(proposal, actor.id, administrators, now);
			return allowed.ok ? carryOut(ctx, by, proposal) : allowed;
		}
		const allowed = checkDecline(proposal, actor.id, administrators, now);
		if (!allowed.ok) return allowed;
		await close(ctx, by, proposal, 'declined');
		return ok(undefined);
	});
}

/** The same at the machine, where an exchange has only one administrator: who stands there has the database anyway. */
export function confirmAtMachine(db: Sql, proposalId: string, now: string): Promise<Result<ProposalRow>> {
	const by: By = { id: 'system:operator', account: null, name: 'Vận hành máy chủ' };
	let confirmed: ProposalRow | null = null;
	return change(db, by, now, async (ctx) => {
		const administrators = await lockAdministrators(ctx.tx);
		const proposal = await lockProposal(ctx.tx, proposalId);
		if (!proposal) return no('not_found');
		const allowed = checkConfirmation(proposal, null, administrators, now);
		if (!allowed.ok) return allowed;
		confirmed = proposal;
		return carryOut(ctx, by, proposal);
	}).then((done) => (done.ok && confirmed ? ok(confirmed) : done.ok ? no('not_found') : done));
}

async function carryOut(ctx: WriteContext, by: By, proposal: ProposalRow): Promise<Result<void>> {
	const { accountId, change: what, reason } = proposal;
	const done = await setRole(ctx, accountId, 'administrator', what === 'grant');
	if (!done.ok) return done;
	await close(ctx, by, proposal, 'confirmed');
	const kind = what === 'grant' ? 'granted' : 'revoked';
	await record(ctx, by, { accountId, kind, role: 'administrator', reason });
	return ok(undefined);
}

async function close(
	ctx: WriteContext,
	by: By,
	proposal: ProposalRow,
	state: 'confirmed' | 'declined'
): Promise<void> {
	await updateProposal(ctx.tx, { id: proposal.id, state, by: by.id, byName: by.name, at: ctx.now });
	const { accountId, reason } = proposal;
	await record(ctx, by, { accountId, kind: state, role: 'administrator', reason });
	await tellAnswered(ctx, proposal, by, state === 'confirmed');
}
