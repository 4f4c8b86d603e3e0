import type { OwnReview } from '$lib/domain/kernel/review.ts';

/** What is read of the latest case about something, whoever it is of. */
export type OwnReviewRow = Omit<OwnReview, 'decision'> & {
	readonly state: 'open' | NonNullable<OwnReview['decision']>;
};

/** As whoever sent it sees it: an open case has no decision yet. */
export const ownReviewOf = ({
	code,
	agencyName,
	receivedAt,
	dueAt,
	lastDay,
	decidedAt,
	state,
	reasonCodes,
	note
}: OwnReviewRow): OwnReview => ({
	code,
	agencyName,
	receivedAt,
	dueAt,
	lastDay,
	decidedAt,
	decision: state === 'open' ? null : state,
	reasonCodes,
	note
});
