import type { Machine } from '../kernel/machine.ts';

export const caseStates = ['open', 'approved', 'returned', 'refused', 'cancelled'] as const;
export type CaseState = (typeof caseStates)[number];
export type CaseEvent = 'approve' | 'return' | 'refuse' | 'cancel' | 'reassign';

/** Goods or a purchase need (TG-10.3a) to be approved, a business to be confirmed (TG-7.2b), somebody locked who asks to be confirmed again. */
export const caseKinds = ['listing', 'business', 'reconfirmation', 'need'] as const;
export type CaseKind = (typeof caseKinds)[number];

/**
 * One moderation case, one decision (TG-10.2b): a decided case has no way back, what is sent again
 * opens a new case with a new term. Overdue is no state: it is a fact of the clock and of the breach ledger.
 */
export const caseMachine: Machine<CaseState, CaseEvent> = {
	name: 'moderation case',
	initial: 'open',
	table: {
		open: {
			approve: 'approved',
			return: 'returned',
			refuse: 'refused',
			cancel: 'cancelled',
			reassign: 'open'
		},
		approved: {
			approve: null,
			return: null,
			refuse: null,
			cancel: null,
			reassign: null
		},
		returned: {
			approve: null,
			return: null,
			refuse: null,
			cancel: null,
			reassign: null
		},
		refused: {
			approve: null,
			return: null,
			refuse: null,
			cancel: null,
			reassign: null
		},
		cancelled: {
			approve: null,
			return: null,
			refuse: null,
			cancel: null,
			reassign: null
		}
	}
};
