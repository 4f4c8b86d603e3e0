import { may, type Actor } from '../accounts/permissions.ts';
import { no, ok, type Result } from '../kernel/refusal.ts';
import type { ProposalState } from './states.ts';

/** Nobody has more to say at once, and a machine could send thousands. */
export const mostWaiting = 20;

/** TG-3.4a: whether one more is taken of somebody who waits for so many answers. */
export const checkRoom = (waiting: number): Result<void> =>
	waiting < mostWaiting
		? ok(undefined)
		: no('too_many_waiting', { clause: 'TG-3.4a', facts: { most: mostWaiting } });

/** TG-3.4a: the Board and administrators answer, never what they proposed themselves. */
export const canAnswerProposal = (actor: Actor, proposal: { readonly accountId: string }): boolean =>
	may(actor, 'proposal.answer', {}) && proposal.accountId !== actor.id;

/** TG-3.4a: what was accepted is said to be done by whoever may answer it, while its sender is there to read so. */
export const canCarryOut = (
	actor: Actor,
	proposal: { readonly accountId: string; readonly state: ProposalState; readonly senderLeft: boolean }
): boolean => canAnswerProposal(actor, proposal) && proposal.state === 'accepted' && !proposal.senderLeft;
