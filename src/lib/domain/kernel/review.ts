import { z } from 'zod';
import { instant } from './fields.ts';

/** The open or last case about something, as far as whoever sent it may see it. */
export const ownReviewSchema = z.strictObject({
	code: z.string(),
	agencyName: z.string(),
	receivedAt: instant,
	dueAt: instant,
	lastDay: z.iso.date(),
	decidedAt: instant.nullable(),
	decision: z.enum(['approved', 'returned', 'cancelled']).nullable(),
	reasonCodes: z.array(z.string()),
	note: z.string()
});
export type OwnReview = z.output<typeof ownReviewSchema>;
