import type { Machine } from '../kernel/machine.ts';

export const proposalOutcomes = ['accepted', 'declined', 'done'] as const;
export type ProposalOutcome = (typeof proposalOutcomes)[number];
export const proposalStates = ['sent', 'considering', ...proposalOutcomes, 'withdrawn'] as const;
export type ProposalState = (typeof proposalStates)[number];
export type ProposalEvent = 'consider' | 'accept' | 'decline' | 'finish' | 'carry_out' | 'withdraw';

const over = {
	consider: null,
	accept: null,
	decline: null,
	finish: null,
	carry_out: null,
	withdraw: null
} as const;

/**
 * TG-3.4a: a proposal is answered once, with what becomes of it; one that was accepted is later carried out, once. It is withdrawn
 * when its sender leaves before there is an answer.
 */
export const proposalMachine: Machine<ProposalState, ProposalEvent> = {
	name: 'proposal',
	initial: 'sent',
	table: {
		sent: {
			consider: 'considering',
			accept: 'accepted',
			decline: 'declined',
			finish: 'done',
			carry_out: null,
			withdraw: 'withdrawn'
		},
		considering: {
			consider: null,
			accept: 'accepted',
			decline: 'declined',
			finish: 'done',
			carry_out: null,
			withdraw: 'withdrawn'
		},
		accepted: { ...over, carry_out: 'done' },
		declined: over,
		done: over,
		withdrawn: over
	}
};

/** What an answer with this outcome does. */
export const eventOf: Readonly<Record<ProposalOutcome, ProposalEvent>> = {
	accepted: 'accept',
	declined: 'decline',
	done: 'finish'
};

/** Somebody still waits for the Board's word. */
export const isWaiting = (state: ProposalState): boolean => state === 'sent' || state === 'considering';
