import { z } from 'zod';
import { id, instant, requiredText, sha256, text, wardCode } from '../kernel/fields.ts';
import { identityView } from './identity.ts';
import { businessKinds } from './states.ts';

export const maxFilesAPaper = 4;
export const maxPapers = 12;
const maxPlaces = 10;

/** A paper of TG-7.1a with its pictures or PDF, by their hashes. `type` is an id of the pack's `businessPapers`. */
export const paperSchema = z.strictObject({
	type: z.string().max(40),
	number: text(60),
	issuedBy: text(120),
	issuedOn: z.iso.date().nullable(),
	expiresOn: z.iso.date().nullable(),
	scope: text(300),
	files: z.array(sha256).max(maxFilesAPaper)
});
export type Paper = z.output<typeof paperSchema>;

/** A place where the business works, by the ward of today. */
const placeSchema = z.strictObject({ wardCode: wardCode.or(z.literal('')), place: text(120) });

/**
 * What a business says of itself (TG-12, TG-7.1a). A registration that is being written may leave everything empty;
 * `submittableBusiness` says what one that is sent needs.
 */
export const businessContentSchema = z.strictObject({
	kind: z.enum(businessKinds),
	name: text(120),
	intro: text(1000),
	/** Published as the way to reach the business (TG-13.3). */
	phone: text(20),
	/** Sectors it wants to sell in: one department each has to confirm (TG-7.2b). */
	sectors: z.array(z.string().max(60)).max(20),
	growingArea: text(200),
	growingAreaCode: text(40),
	/** The first is the one shown to everybody. */
	places: z.array(placeSchema).max(maxPlaces),
	papers: z.array(paperSchema).max(maxPapers)
});
export type BusinessContent = z.output<typeof businessContentSchema>;

/** What is sealed with the person's key wherever it lies, and never in the open of any document. */
export const businessPersonSchema = z.strictObject({
	/** Tax code, household code or personal number, as the kind asks for; digits. */
	identityNumber: text(20),
	representative: text(120),
	/** Pictures of the identity card; purged after the confirmation, as the pack says. */
	identityFiles: z.array(sha256).max(maxFilesAPaper)
});
export type BusinessPerson = z.output<typeof businessPersonSchema>;

export const submittableBusiness = businessContentSchema.extend({
	name: requiredText(120).pipe(z.string().min(2)),
	phone: requiredText(20).pipe(z.string().min(8)),
	sectors: z.array(z.string().min(1).max(60)).min(1).max(20),
	places: z.array(placeSchema.extend({ wardCode })).min(1).max(maxPlaces)
});
export const submittablePerson = businessPersonSchema.extend({
	identityNumber: requiredText(20),
	representative: requiredText(120).pipe(z.string().min(2))
});

/** The operating agreement as it was read and accepted (LAW-tmdt-agreement). */
export const acceptedAgreement = z.strictObject({ version: z.string().max(40), hash: sha256 });

/** TG-12 "Lưu thông tin": the frozen content. `base` 0 = the exchange has not seen this business yet. */
export const businessSubmit = z.strictObject({
	businessId: id,
	base: z.int().min(0),
	content: submittableBusiness,
	person: submittablePerson,
	agreement: acceptedAgreement
});
export type BusinessSubmit = z.output<typeof businessSubmit>;

export const businessStates = ['pending', 'confirmed', 'locked'] as const;
export type BusinessState = (typeof businessStates)[number];

/** A picture or PDF of a paper where it may be seen; private addresses. `thumb` null = a PDF. */
export const privateFile = z.strictObject({
	hash: sha256,
	thumb: z.string().nullable(),
	src: z.string()
});
export type PrivateFile = z.output<typeof privateFile>;

export const departmentAnswers = ['open', 'approved', 'returned', 'refused', 'cancelled'] as const;

/** A confirmed paper with a last day, as it stands on a day (TG-12). */
export const paperStanding = z.strictObject({
	type: z.string(),
	expiresOn: z.iso.date(),
	/** Days until its last one; below zero once it has run out. */
	left: z.int(),
	/** The sectors that need it. */
	sectors: z.array(z.string()),
	/** A newer one lies with a department. */
	renewing: z.boolean()
});
export type PaperStanding = z.output<typeof paperStanding>;

/** A paper as its department sees it coming to an end (TG-12). */
export type EndingPaper = Omit<PaperStanding, 'renewing'> & {
	readonly businessId: string;
	readonly businessName: string;
	readonly wardName: string;
	/** It has closed a sector already. */
	readonly closed: boolean;
	/** The open case of this business in the officer's own agency. */
	readonly caseId: string | null;
};

/** The owner's own view with each department's answer (TG-7.2b). */
export const myBusinessSchema = z.strictObject({
	id,
	state: z.enum(businessStates),
	/** Raised by every accepted submission; the `base` of the next one. */
	rev: z.int(),
	content: businessContentSchema,
	/** null = opened without a registration, or the key was destroyed. */
	person: businessPersonSchema.nullable(),
	files: z.array(privateFile),
	/** One line a department whose sector is sold, the last answer of each. */
	departments: z.array(
		z.strictObject({
			agencyId: z.string(),
			agencyName: z.string(),
			sectors: z.array(z.string()),
			code: z.string(),
			round: z.int(),
			state: z.enum(departmentAnswers),
			receivedAt: instant,
			lastDay: z.iso.date(),
			decidedAt: instant.nullable(),
			decidedByName: z.string(),
			reasonCodes: z.array(z.string()),
			note: z.string()
		})
	),
	/** Sectors it may sell in today. */
	openSectors: z.array(z.string()),
	/** Sectors closed until a new paper is confirmed, each with the kind of paper that ran out (TG-12). */
	closedSectors: z.array(z.strictObject({ sectorId: z.string(), paper: z.string() })),
	/** Papers with a last day, as they were confirmed. */
	papers: z.array(paperStanding),
	identity: identityView,
	updatedAt: instant
});
export type MyBusiness = z.output<typeof myBusinessSchema>;
