import { z } from 'zod';
import { id, instant, requiredText, text } from '../kernel/fields.ts';
import type { OrderState } from '../orders/states.ts';
import { measureSteps, type MeasureState, type MeasureStep, type Standing } from './states.ts';

/** TG-9.2: account of a person, business or product. */
export const measureTargets = ['account', 'business', 'listing'] as const;
export type MeasureTarget = (typeof measureTargets)[number];

/** TG-9.1: who found it. */
export const measureSources = ['buyer_report', 'authority_finding', 'own_finding'] as const;
export type MeasureSource = (typeof measureSources)[number];

const bilingual = z.strictObject({ vi: z.string().min(1), en: z.string().min(1) });
const clause = z.string().regex(/^[A-Z]+-[\w.-]+$/);

/** A ground to act on. A legal fact, so it is data with its source and its time. */
export const groundSchema = z.strictObject({
	id: z.string().regex(/^[a-z0-9-]+$/),
	words: bilingual,
	/** What the person has to put right, in plain words. */
	todo: bilingual,
	clause,
	/** Where it is written, as it is cited to the person. */
	law: z.string().min(1),
	targets: z.array(z.enum(measureTargets)).min(1),
	sources: z.array(z.enum(measureSources)).min(1),
	/** How many papers or pictures must lie with it; 0 = words are enough. */
	evidenceFiles: z.int().min(0).max(8),
	/** LAW-tmdt-notice: days before an account or business is restricted. Null = at once. A product is always hidden at once. */
	notice: z.strictObject({ days: z.int().min(1).max(60), clause }).nullable(),
	/** TG-9.3a: it ends only when it was put right and approved; otherwise it may also run for a term. */
	remedyRequired: z.boolean(),
	effectiveFrom: z.iso.date(),
	effectiveTo: z.iso.date().nullable()
});
export type Ground = z.output<typeof groundSchema>;

/** The part of a rule pack about locks. Only the server needs it: nothing of it is done offline. */
export const enforcementRulesSchema = z.strictObject({
	grounds: z.array(groundSchema).min(1),
	/** Manages the accounts of people who sell nothing (TG-19.7). */
	accountsAgencyId: z.string(),
	/** Whom a violation can be handed to (TG-17.3, TG-19.8). */
	bodies: z.array(z.strictObject({ id: z.string(), name: z.string() })).min(1)
});
export type EnforcementRules = z.output<typeof enforcementRulesSchema>;

export const maxEvidenceFiles = 8;
/** A suspension for a term is no end in disguise. */
export const longestSuspensionDays = 365;

const target = z.strictObject({ kind: z.enum(measureTargets), id });
export const measureTarget = target;
export type TargetRef = z.output<typeof target>;

/** What an officer enters. `reason` is told to the person; `evidence` stays with the agency. */
export const takeMeasure = z.strictObject({
	/** Made by the screen, so that a repeated press does not act twice. */
	measureId: id,
	agencyId: z.string().max(60),
	target,
	step: z.enum(measureSteps),
	groundId: z.string().max(60),
	source: z.enum(measureSources),
	reason: requiredText(1_000),
	evidence: requiredText(2_000),
	files: z.array(id).max(maxEvidenceFiles),
	/** Last day of a suspension with a term, in Vietnam. */
	untilDay: z.iso.date().nullable(),
	/** Only with `refer`: to whom, and with which papers. */
	bodyId: z.string().max(60).nullable(),
	papers: text(1_000)
});
export type TakeMeasure = z.output<typeof takeMeasure>;

export const liftMeasure = z.strictObject({ measureId: id, reason: requiredText(1_000) });

/** TG-9.3a: what the person says was put right. */
export const remedyRequest = z.strictObject({
	measureId: id,
	text: requiredText(2_000),
	files: z.array(id).max(maxEvidenceFiles)
});
export type RemedyRequest = z.output<typeof remedyRequest>;

export type MeasureFile = { readonly id: string };

/** A measure as its person sees it. */
export type OwnMeasure = {
	readonly id: string;
	readonly code: string;
	readonly step: MeasureStep;
	readonly state: MeasureState;
	readonly target: { readonly kind: MeasureTarget; readonly name: string };
	readonly ground: { readonly vi: string; readonly en: string };
	readonly todo: { readonly vi: string; readonly en: string };
	readonly clause: string;
	readonly law: string;
	readonly reason: string;
	readonly agency: { readonly name: string; readonly phone: string; readonly email: string };
	readonly takenAt: string;
	/** When a notice is carried out, or when it was. */
	readonly effectAt: string;
	/** End of a suspension with a term; null = until it is put right. */
	readonly until: string | null;
	readonly endedAt: string | null;
	readonly endReason: string;
	readonly referredTo: string | null;
	/** Nothing can be asked for while a request waits. */
	readonly canRemedy: boolean;
	readonly remedy: RemedyView | null;
};

export type RemedyView = {
	readonly code: string;
	readonly state: 'open' | 'approved' | 'returned' | 'refused' | 'cancelled';
	readonly sentAt: string;
	readonly lastDay: string;
	readonly text: string;
	readonly answer: string;
};

/** A line of the officers' list. */
export type MeasureRow = {
	readonly id: string;
	readonly code: string;
	readonly step: MeasureStep;
	readonly state: MeasureState;
	readonly targetKind: MeasureTarget;
	readonly targetName: string;
	readonly accountId: string;
	readonly agencyId: string;
	readonly ground: { readonly vi: string; readonly en: string };
	readonly takenAt: string;
	readonly takenByName: string;
	readonly effectAt: string;
	readonly until: string | null;
	readonly endedAt: string | null;
	/** An open request for reconfirmation. */
	readonly remedyCaseId: string | null;
	readonly remedyDueAt: string | null;
};

/** All of a measure, for the agency's officers. */
export type MeasureDetail = MeasureRow & {
	readonly clause: string;
	readonly law: string;
	readonly source: MeasureSource;
	readonly reason: string;
	readonly evidence: string;
	readonly files: readonly MeasureFile[];
	readonly endedByName: string | null;
	readonly endReason: string;
	readonly referredTo: string | null;
	readonly papers: string;
	readonly mayLift: boolean;
	readonly remedies: readonly (RemedyView & {
		readonly caseId: string;
		readonly files: readonly MeasureFile[];
	})[];
};

/** What would happen, asked before anything is done. */
export type MeasurePreview = {
	readonly target: TargetRef;
	readonly name: string;
	readonly accountId: string;
	readonly standing: Standing;
	readonly agencies: readonly { readonly id: string; readonly name: string }[];
	readonly grounds: readonly (Pick<
		Ground,
		'id' | 'words' | 'clause' | 'law' | 'sources' | 'evidenceFiles' | 'remedyRequired'
	> & {
		/** When it would take effect on this target; null = at once. */
		readonly effectAt: string | null;
	})[];
	/** Steps the ladder and this officer's rights allow, each with what it does. */
	readonly steps: readonly {
		readonly step: MeasureStep;
		readonly hidden: number;
		readonly orders: number;
		readonly sessions: number;
	}[];
	readonly bodies: EnforcementRules['bodies'];
	/** Why nothing can be done now: locked already, by whom and since when. */
	readonly locked: { readonly by: string; readonly at: string } | null;
};

export const measureList = z.strictObject({
	agencyId: z.string().max(60),
	show: z.enum(['active', 'notices', 'remedies', 'history']),
	after: z.strictObject({ at: instant, id }).nullable()
});
export type MeasureListQuery = z.output<typeof measureList>;

/** An order that runs on after a lock, with what its seller may still do. */
export type LockedOrder = {
	readonly id: string;
	readonly code: string;
	readonly title: string;
	readonly state: OrderState;
	readonly rev: number;
	readonly events: readonly LockedOrderEvent[];
};
export const lockedOrderEvents = ['decline', 'hand_over', 'deliver', 'fail'] as const;
export type LockedOrderEvent = (typeof lockedOrderEvents)[number];

/** Something a measure could be about, as a search shows it. */
export type FoundTarget = {
	readonly target: TargetRef;
	readonly name: string;
	/** Whose goods or business it is; '' for an account. */
	readonly seller: string;
};
