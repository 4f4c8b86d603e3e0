import type { Machine } from '../kernel/machine.ts';

export const needStates = ['submitted', 'approved', 'returned', 'closed', 'ended'] as const;
export type NeedState = (typeof needStates)[number];
export type NeedEvent = 'approve' | 'return' | 'submit' | 'close' | 'end';

/**
 * The life of a purchase need (TG-10.3a). What was approved is not written anew: whoever needs something else closes it
 * and posts another, so that an offer always answers what its seller read. `end` = its last day has passed.
 */
export const needMachine: Machine<NeedState, NeedEvent> = {
	name: 'need',
	initial: 'submitted',
	table: {
		submitted: { approve: 'approved', return: 'returned', submit: null, close: 'closed', end: 'ended' },
		approved: { approve: null, return: null, submit: null, close: 'closed', end: 'ended' },
		returned: { approve: null, return: null, submit: 'submitted', close: 'closed', end: 'ended' },
		closed: { approve: null, return: null, submit: null, close: null, end: null },
		ended: { approve: null, return: null, submit: null, close: null, end: null }
	}
};

/** Only what was approved stands on the board (TG-15.1). */
export const isOnBoard = (state: NeedState): boolean => state === 'approved';

/** Nothing more happens to it. */
export const isOver = (state: NeedState): boolean => state === 'closed' || state === 'ended';
