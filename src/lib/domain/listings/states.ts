import type { Machine } from '../kernel/machine.ts';
import { listingStates, type ListingState } from './schema.ts';

export type ListingEvent = 'edit' | 'submit' | 'approve' | 'return' | 'withdraw' | 'lock' | 'unlock';

/**
 * The life of a listing. In `approved`, `revising`, `resubmitted` and `revision_returned` the approved
 * version stays public while the seller works on the next one (TG-17.1); nowhere else is anything public (TG-15.1).
 */
export const listingMachine: Machine<ListingState, ListingEvent> = {
	name: 'listing',
	initial: 'draft',
	table: {
		draft: {
			edit: 'draft',
			submit: 'submitted',
			approve: null,
			return: null,
			withdraw: null,
			lock: 'locked',
			unlock: null
		},
		submitted: {
			edit: null,
			submit: null,
			approve: 'approved',
			return: 'returned',
			withdraw: 'draft',
			lock: 'locked',
			unlock: null
		},
		returned: {
			edit: 'returned',
			submit: 'submitted',
			approve: null,
			return: null,
			withdraw: 'withdrawn',
			lock: 'locked',
			unlock: null
		},
		approved: {
			edit: 'revising',
			submit: 'resubmitted',
			approve: null,
			return: null,
			withdraw: 'withdrawn',
			lock: 'locked',
			unlock: null
		},
		revising: {
			edit: 'revising',
			submit: 'resubmitted',
			approve: null,
			return: null,
			withdraw: 'withdrawn',
			lock: 'locked',
			unlock: null
		},
		resubmitted: {
			edit: null,
			submit: null,
			approve: 'approved',
			return: 'revision_returned',
			withdraw: 'withdrawn',
			lock: 'locked',
			unlock: null
		},
		revision_returned: {
			edit: 'revision_returned',
			submit: 'resubmitted',
			approve: null,
			return: null,
			withdraw: 'withdrawn',
			lock: 'locked',
			unlock: null
		},
		withdrawn: {
			edit: 'withdrawn',
			submit: 'submitted',
			approve: null,
			return: null,
			withdraw: null,
			lock: 'locked',
			unlock: null
		},
		locked: {
			edit: null,
			submit: null,
			approve: null,
			return: null,
			withdraw: null,
			lock: null,
			unlock: 'withdrawn'
		}
	}
};

/** States in which the approved version is public. */
export const isPublic = (state: ListingState): boolean =>
	state === 'approved' || state === 'revising' || state === 'resubmitted' || state === 'revision_returned';

/** The same as a list: what was withdrawn or locked keeps what it was published with, so its state alone says it. */
export const publicStates: readonly ListingState[] = listingStates.filter(isPublic);

export const isInReview = (state: ListingState): boolean => state === 'submitted' || state === 'resubmitted';
