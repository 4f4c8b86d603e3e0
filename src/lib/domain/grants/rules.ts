import type { Role } from '../accounts/permissions.ts';
import { no, ok, type No, type Result } from '../kernel/refusal.ts';

/** Roles an administrator gives and takes alone. Posts bring their own; members have theirs by registering. */
export const standingRoles = ['board', 'supervisor', 'operator'] as const satisfies readonly Role[];
export type StandingRole = (typeof standingRoles)[number];

/** A proposal that nobody answered means nothing any more after this long. */
export const proposalHours = 72;

/** Why rights cannot be changed like this; the screen has words for each. */
export const grantFaults = [
	'own_rights',
	'own_proposal',
	'not_administrator',
	'proposer_gone',
	'proposal_closed',
	'proposed_already',
	'last_administrator',
	'has_it',
	'has_it_not',
	'not_active'
] as const;
export type GrantFault = (typeof grantFaults)[number];

export const refuseGrant = (why: GrantFault): No =>
	no(why === 'own_rights' || why === 'own_proposal' ? 'not_allowed' : 'illegal_transition', {
		clause: 'TG-20.1',
		facts: { why }
	});

export type ProposedChange = 'grant' | 'revoke';
export type Proposal = {
	readonly accountId: string;
	readonly change: ProposedChange;
	readonly proposedBy: string;
	readonly expiresAt: string;
	readonly state: 'open' | 'confirmed' | 'declined';
};

/** Everybody who is an administrator at this moment, with whether the account can act. */
export type Administrators = readonly { readonly id: string; readonly active: boolean }[];

const isActing = (administrators: Administrators, id: string): boolean =>
	administrators.some((one) => one.id === id && one.active);

/** TG-20.1: whether the rights of an administrator may be proposed to be given to, or taken from, this person. */
export function checkProposal(
	proposal: Pick<Proposal, 'accountId' | 'change' | 'proposedBy'>,
	administrators: Administrators
): Result<void> {
	if (!isActing(administrators, proposal.proposedBy)) return refuseGrant('not_administrator');
	const has = administrators.some(({ id }) => id === proposal.accountId);
	if (proposal.change === 'grant') return has ? refuseGrant('has_it') : ok(undefined);
	if (!has) return refuseGrant('has_it_not');
	return leavesOne(administrators, proposal.accountId);
}

/** The exchange is never left without an administrator who can act. */
export const leavesOne = (administrators: Administrators, without: string): Result<void> =>
	administrators.some((one) => one.active && one.id !== without)
		? ok(undefined)
		: refuseGrant('last_administrator');

/**
 * TG-20.1: whether this person may confirm it now: another administrator than the one who proposed it, and both still are
 * administrators. `by` null = the operator at the machine, for an exchange that has no second administrator yet.
 */
export function checkConfirmation(
	proposal: Proposal,
	by: string | null,
	administrators: Administrators,
	now: string
): Result<void> {
	const open = checkAnswer(proposal, by, administrators, now);
	return open.ok ? checkProposal(proposal, administrators) : open;
}

/** Whoever may confirm may also decline; a proposer may take the own proposal back. */
export function checkDecline(
	proposal: Proposal,
	by: string,
	administrators: Administrators,
	now: string
): Result<void> {
	if (by === proposal.proposedBy)
		return isOpen(proposal, now) ? ok(undefined) : refuseGrant('proposal_closed');
	return checkAnswer(proposal, by, administrators, now);
}

function checkAnswer(
	proposal: Proposal,
	by: string | null,
	administrators: Administrators,
	now: string
): Result<void> {
	if (!isOpen(proposal, now)) return refuseGrant('proposal_closed');
	if (by === proposal.proposedBy) return refuseGrant('own_proposal');
	if (by !== null && !isActing(administrators, by)) return refuseGrant('not_administrator');
	if (by === null && administrators.some(({ id, active }) => active && id !== proposal.proposedBy))
		return refuseGrant('not_administrator');
	return isActing(administrators, proposal.proposedBy) ? ok(undefined) : refuseGrant('proposer_gone');
}

export const isOpen = (proposal: Pick<Proposal, 'state' | 'expiresAt'>, now: string): boolean =>
	proposal.state === 'open' && Date.parse(now) < Date.parse(proposal.expiresAt);
