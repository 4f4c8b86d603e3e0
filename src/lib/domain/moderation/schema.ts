import { z } from 'zod';
import { id, instant, text } from '../kernel/fields.ts';
import { businessContentSchema, privateFile } from '../businesses/schema.ts';
import { listingContentSchema, privateVoiceNote } from '../listings/schema.ts';
import { needContentSchema } from '../needs/schema.ts';
import { measureSteps } from '../enforcement/states.ts';
import { caseStates } from './states.ts';

/** What a case of any kind says: who, by when, and what was answered. */
const anyCase = {
	id,
	/** What people read out, e.g. "TG-42-17". */
	code: z.string(),
	state: z.enum(caseStates),
	rev: z.int(),
	agencyId: z.string(),
	assignee: z.strictObject({ id, name: z.string() }).nullable(),
	/** How often it was sent so far. */
	round: z.int().min(1),
	/** Who waits for the answer; without a business, `id` is the account and the names are empty. */
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
			/** What the unit was called then (LAW-reform-2025). */
			agencyName: z.string().optional(),
			at: instant,
			deviceTime: instant,
			outcome: z.enum(['approved', 'returned', 'refused', 'cancelled']),
			reasonCodes: z.array(z.string()),
			note: z.string(),
			/** What was compared by the pack's check list (TG-19.4); absent before there were any. */
			checked: z.array(z.string()).optional()
		})
		.nullable()
};

export const listingCaseSchema = z.strictObject({
	...anyCase,
	kind: z.literal('listing'),
	listingId: id,
	/** The listing's `rev` under decision: a decision names it, so that a changed one is refused. */
	listingRev: z.int(),
	content: listingContentSchema,
	/** What is public now, to compare with; null at the first submission. */
	previous: listingContentSchema.nullable(),
	photos: z.array(z.strictObject({ hash: z.string(), thumb: z.string(), detail: z.string() })),
	voice: privateVoiceNote.nullable().optional()
});
export type ListingCase = z.output<typeof listingCaseSchema>;

export const businessCaseSchema = z.strictObject({
	...anyCase,
	kind: z.literal('business'),
	businessId: id,
	/** The business's `rev` under decision. */
	subjectRev: z.int(),
	content: businessContentSchema,
	/** The last version this department confirmed; null at the first one. */
	previous: businessContentSchema.nullable(),
	/** The sectors this department answers for (TG-7.2b). */
	sectors: z.array(z.string()),
	/** The last digits only; the whole number is asked for online, and that is logged. */
	identityMask: z.string(),
	/** How often the number stands in other registrations: told to the department, never to the applicant. */
	sameNumber: z.int().min(0),
	files: z.array(privateFile)
});
export type BusinessCase = z.output<typeof businessCaseSchema>;

/** TG-9.3a: somebody whose account, business or goods are locked, or soon will be, asks to be confirmed again. */
export const reconfirmationCaseSchema = z.strictObject({
	...anyCase,
	kind: z.literal('reconfirmation'),
	measureId: id,
	subjectRev: z.int(),
	/** Of the goods or the business, or the code of the measure: never a person's name. */
	title: z.string(),
	measure: z.strictObject({
		code: z.string(),
		step: z.enum(measureSteps),
		target: z.enum(['account', 'business', 'listing']),
		ground: z.strictObject({ vi: z.string(), en: z.string() }),
		clause: z.string(),
		takenAt: instant,
		takenByName: z.string()
	}),
	/** What was put right, in the person's words; sealed in the feed, null after erasure. */
	request: z.string().nullable(),
	files: z.array(privateFile)
});
export type ReconfirmationCase = z.output<typeof reconfirmationCaseSchema>;

/** TG-10.3a, TG-10.3b: a purchase need to be approved. */
export const needCaseSchema = z.strictObject({
	...anyCase,
	kind: z.literal('need'),
	needId: id,
	/** The need's `rev` under decision. */
	subjectRev: z.int(),
	content: needContentSchema
});
export type NeedCase = z.output<typeof needCaseSchema>;

/** `agency:<id>`, collection `cases`: an open case of the unit, or one decided in the last days. */
export const caseDocSchema = z.discriminatedUnion('kind', [
	listingCaseSchema,
	businessCaseSchema,
	reconfirmationCaseSchema,
	needCaseSchema
]);
export type CaseDoc = z.output<typeof caseDocSchema>;

/** What a case is called in a list. */
export function caseTitle(doc: CaseDoc): string {
	if (doc.kind === 'reconfirmation') return doc.title;
	return doc.kind === 'business' ? doc.content.name : doc.content.title;
}

/** The version of its subject a decision has to name. */
export const caseSubjectRev = (doc: CaseDoc): number =>
	doc.kind === 'listing' ? doc.listingRev : doc.subjectRev;

/** `listingRev`: the version of the subject, called after the only kind of case there once was (sync 16). */
const answer = { caseId: id, listingRev: z.int(), note: text(1000) };
const reasonCodes = z.array(z.string().max(40)).max(8);
/** Lines of the check list that were compared (TG-19.4). */
const checked = z.array(z.string().max(40)).max(20).optional();

/** TG-10.2b: approve, or answer with reasons; `refuse` is for a business, never for goods (TG-7.2b). */
export const caseDecide = z.discriminatedUnion('decision', [
	z.strictObject({ ...answer, decision: z.literal('approve'), checked }),
	z.strictObject({ ...answer, decision: z.literal('return'), reasonCodes, checked }),
	z.strictObject({ ...answer, decision: z.literal('refuse'), reasonCodes, checked })
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
