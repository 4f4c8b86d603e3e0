import { z } from 'zod';
import { id, instant, text } from '../kernel/fields.ts';
import { listingContentSchema, privateVoiceNote } from '../listings/schema.ts';
import { caseStates } from './states.ts';

/** `agency:<id>`, collection `cases`: an open case of the unit, or one decided in the last days. */
export const caseDocSchema = z.strictObject({
	id,
	/** What people read out, e.g. "TG-42-17". */
	code: z.string(),
	kind: z.literal('listing'),
	state: z.enum(caseStates),
	rev: z.int(),
	agencyId: z.string(),
	assignee: z.strictObject({ id, name: z.string() }).nullable(),
	listingId: id,
	/** The listing's `rev` under decision: a decision names it, so that a changed one is refused. */
	listingRev: z.int(),
	content: listingContentSchema,
	/** What is public now, to compare with; null at the first submission. */
	previous: listingContentSchema.nullable(),
	/** How often this listing was sent before. */
	round: z.int().min(1),
	photos: z.array(z.strictObject({ hash: z.string(), thumb: z.string(), detail: z.string() })),
	voice: privateVoiceNote.nullable().optional(),
	seller: z.strictObject({ id, accountId: id, name: z.string(), wardName: z.string() }),
	/** The server's receipt: the term runs from it. */
	receivedAt: instant,
	/** What the device said; shown beside it, decides nothing. */
	deviceTime: instant,
	/** Exclusive end of the term. */
	dueAt: instant,
	lastDay: z.iso.date(),
	countedDays: z.array(z.iso.date()),
	skippedDays: z.array(z.strictObject({ day: z.iso.date(), reason: z.string() })),
	soonHours: z.int(),
	/** The instant the breach was written, when the term passed undecided. */
	breachedAt: instant.nullable(),
	decision: z
		.strictObject({
			by: z.strictObject({ id, name: z.string() }),
			/** The officer who was away and for whom this one stood in. */
			insteadOf: z.string().optional(),
			at: instant,
			deviceTime: instant,
			outcome: z.enum(['approved', 'returned', 'cancelled']),
			reasonCodes: z.array(z.string()),
			note: z.string()
		})
		.nullable()
});
export type CaseDoc = z.output<typeof caseDocSchema>;

/** TG-10.2b: approve, or answer with reasons. */
export const caseDecide = z.discriminatedUnion('decision', [
	z.strictObject({ caseId: id, listingRev: z.int(), decision: z.literal('approve'), note: text(1000) }),
	z.strictObject({
		caseId: id,
		listingRev: z.int(),
		decision: z.literal('return'),
		reasonCodes: z.array(z.string().max(40)).max(8),
		note: text(1000)
	})
]);
export type CaseDecide = z.output<typeof caseDecide>;

export const caseReassign = z.strictObject({ caseId: id, toAccountId: id, reason: text(300) });

export type DueState = 'on_time' | 'soon' | 'overdue';

/** Where an open case stands against its term at `now` (epoch ms). */
export function dueState(moderationCase: { dueAt: string; soonHours: number }, now: number): DueState {
	const left = Date.parse(moderationCase.dueAt) - now;
	if (left <= 0) return 'overdue';
	return left < moderationCase.soonHours * 3_600_000 ? 'soon' : 'on_time';
}
