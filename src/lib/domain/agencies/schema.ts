import { z } from 'zod';
import { businessKinds } from '../businesses/states.ts';
import { caseKinds } from '../moderation/states.ts';

/**
 * A rule pack: the parameters of one province as data (agencies, who handles which sector, deadlines,
 * calendar, texts). The software is one; a province is a pack.
 */
const day = z.iso.date();
const effective = { effectiveFrom: day, effectiveTo: day.nullable().default(null) };
/** An entry that is chosen from a list; most were there from the beginning and have no end. */
const offered = { effectiveFrom: day.optional(), effectiveTo: day.nullable().optional() };

export const focalPointSchema = z.strictObject({
	name: z.string(),
	phone: z.string(),
	email: z.string(),
	...effective
});

export const agencyKinds = ['department', 'board', 'association', 'operator'] as const;

export const agencySchema = z.strictObject({
	id: z.string().regex(/^[a-z0-9-]+$/),
	name: z.string(),
	shortName: z.string(),
	kind: z.enum(agencyKinds),
	address: z.string(),
	phone: z.string(),
	email: z.email(),
	/** The agency that took over when this one ended (LAW-reform-2025). */
	successorId: z.string().nullable().default(null),
	/** What it was called before, oldest first; each name holds to the end of its day `until`. */
	formerNames: z.array(z.strictObject({ name: z.string(), shortName: z.string(), until: day })).optional(),
	/** What the regulation gives it to do. */
	duties: z.array(z.strictObject({ text: z.string(), clause: z.string() })).optional(),
	/** CT-5.2, BP-9.3: whom the other agencies turn to. A contact of the office, never a private one. */
	focalPoints: z.array(focalPointSchema).optional(),
	...effective
});

export const sectorSchema = z.strictObject({
	id: z.string().regex(/^[a-z0-9-]+$/),
	name: z.string(),
	/** TG-3.2: the department that moderates what is sold in this sector. */
	agencyId: z.string(),
	...effective
});

export const categorySchema = z.strictObject({
	id: z.string().regex(/^[a-z0-9-]+$/),
	name: z.string(),
	sectorId: z.string(),
	/** OCOP group of QĐ 148/QĐ-TTg, e.g. "I.1". */
	ocop: z.string().nullable(),
	...offered
});

const methodSchema = z.strictObject({ id: z.string(), name: z.string(), ...offered });

export const deadlineSchema = z.strictObject({
	kind: z.enum(caseKinds),
	workingDays: z.int().min(1).max(60),
	/** A case is "due soon" when less than this many hours are left. */
	soonHours: z.int().min(1),
	clause: z.string(),
	...effective
});

/** TG-10.3a: the words for the buyer, and what they mean for an officer who reads English. */
export const needReasonSchema = z.strictObject({
	id: z.string().regex(/^[a-z0-9-]+$/),
	text: z.string().min(1),
	english: z.string().min(1),
	clause: z.string()
});

/** What a business has to show before it may sell, and how a department looks at it (TG-7.1a, TG-12, TG-19.4). */
export const businessRulesSchema = z.strictObject({
	/** Papers of TG-7.1a. */
	papers: z.array(
		z.strictObject({
			id: z.string().regex(/^[a-z0-9-]+$/),
			name: z.string(),
			/** Needed by these kinds of business, in these sectors (empty = in every one); no kind = nobody needs it. */
			requiredKinds: z.array(z.enum(businessKinds)),
			requiredSectors: z.array(z.string()),
			/** Whether it runs out, so that its last day has to be stated. */
			expires: z.boolean(),
			clause: z.string(),
			...effective
		})
	),
	/** `refuses`: a reason to say no for good; the others ask for more. */
	reasons: z.array(
		z.strictObject({ id: z.string(), text: z.string(), clause: z.string(), refuses: z.boolean() })
	),
	/** What an officer compares and ticks; a required line has to be ticked before a confirmation (TG-19.4). */
	checkList: z.array(
		z.strictObject({
			id: z.string(),
			text: z.string(),
			clause: z.string(),
			required: z.boolean(),
			...effective
		})
	),
	/** The operating agreement accepted before the account opens (LAW-tmdt-agreement). */
	agreement: z.strictObject({ version: z.string(), title: z.string(), paragraphs: z.array(z.string()) }),
	/** From when a seller's identity must be confirmed electronically (LAW-tmdt-identity). */
	identity: z.strictObject({ dutyFrom: day, clause: z.string(), source: z.string() }),
	/** Days before a paper runs out on which its owner is told. */
	warnDays: z.array(z.int().min(1).max(365))
});
/** A pack that was loaded before there were any. */
export const noBusinessRules: z.output<typeof businessRulesSchema> = {
	papers: [],
	reasons: [],
	checkList: [],
	agreement: { version: '', title: '', paragraphs: [] },
	identity: { dutyFrom: '2027-01-01', clause: 'LAW-tmdt-identity', source: '' },
	warnDays: []
};

export const calendarSchema = z.strictObject({
	/** Days off that fall on Monday–Friday, with the reason shown to people. */
	off: z.array(z.strictObject({ day, reason: z.string() })),
	workingSaturdays: z.array(day)
});

export const unitSchema = z.strictObject({
	id: z.string(),
	name: z.string(),
	decimals: z.int().min(0).max(3),
	...offered
});

export const assignments = ['least_open', 'round_robin'] as const;

export const rulePackSchema = z.strictObject({
	id: z.string().regex(/^[a-z0-9-]+$/),
	name: z.string(),
	siteName: z.string(),
	province: z.strictObject({
		code: z.string(),
		name: z.string(),
		legacyCode: z.string(),
		legacyName: z.string()
	}),
	/** Prefix of case and order codes people read out, e.g. "TG". */
	codePrefix: z.string().regex(/^[A-Z]{2,3}$/),
	agencies: z.array(agencySchema).min(1),
	sectors: z.array(sectorSchema).min(1),
	categories: z.array(categorySchema).min(1),
	units: z.array(unitSchema).min(1),
	paymentMethods: z.array(methodSchema).min(1),
	shippingMethods: z.array(methodSchema).min(1),
	certificateTypes: z.array(methodSchema).min(1),
	returnReasons: z
		.array(z.strictObject({ id: z.string(), text: z.string(), clause: z.string(), ...offered }))
		.min(1),
	/** Why a purchase need is returned; a pack of before has none, and those of goods stand in. */
	needReasons: z.array(needReasonSchema).min(1).optional(),
	deadlines: z.array(deadlineSchema).min(1),
	businesses: businessRulesSchema.default(noBusinessRules),
	/** How a new case finds its officer. */
	assignment: z.enum(assignments),
	calendar: calendarSchema,
	texts: z.strictObject({ operator: z.string(), contact: z.string(), notice: z.string() })
});

export type BusinessRules = z.output<typeof businessRulesSchema>;
export type RulePack = z.output<typeof rulePackSchema>;
export type Agency = z.output<typeof agencySchema>;
export type FocalPoint = z.output<typeof focalPointSchema>;
export type Sector = z.output<typeof sectorSchema>;
export type Category = z.output<typeof categorySchema>;
export type Calendar = z.output<typeof calendarSchema>;

/** A ward as devices and pages show it: the name now and what it was called before 1/7/2025. */
export type Ward = {
	readonly code: string;
	readonly name: string;
	/** Old wards that became part of it, "Xã Ngũ Hiệp (huyện Cai Lậy)". */
	readonly formerly: readonly string[];
};
