import type { Machine } from '../kernel/machine.ts';

export const caseStates = ['open', 'approved', 'returned', 'cancelled'] as const;
export type CaseState = (typeof caseStates)[number];
export type CaseEvent = 'approve' | 'return' | 'cancel' | 'reassign';

/**
 * One moderation case, one decision (TG-10.2b): a decided case has no way back, a listing sent again
 * opens a new case with a new term. Overdue is no state: it is a fact of the clock and of the breach ledger.
 */
export const caseMachine: Machine<CaseState, CaseEvent> = {
	name: 'moderation case',
	initial: 'open',
	table: {
		open: {
			approve: 'approved',
			return: 'returned',
			cancel: 'cancelled',
			reassign: 'open'
		},
		approved: {
			approve: null,
			return: null,
			cancel: null,
			reassign: null
		},
		returned: {
			approve: null,
			return: null,
			cancel: null,
			reassign: null
		},
		cancelled: {
			approve: null,
			return: null,
			cancel: null,
			reassign: null
		}
	}
};
