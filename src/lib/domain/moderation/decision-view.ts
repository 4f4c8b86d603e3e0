import type { ListingContent } from '../listings/schema.ts';
import type { NeedContent } from '../needs/schema.ts';
import type { CaseKind, CaseState } from './states.ts';

/** A line of the record about a case. `seal` null = committed, and not sealed yet. */
export type RecordedStep = {
	readonly id: number;
	readonly at: string;
	/** Past tense, `case.approved`. */
	readonly action: string;
	readonly clause: string | null;
	readonly seal: { readonly seq: number; readonly at: string } | null;
};

/** TG-19.5: who decided, when by which clock, under which clause, and on exactly what. */
export type DecisionView = {
	readonly id: string;
	readonly code: string;
	readonly kind: CaseKind;
	readonly title: string;
	readonly state: Exclude<CaseState, 'open'>;
	/** What the unit was called then. */
	readonly agencyName: string;
	readonly decidedByName: string;
	/** The server's clock, which counts. */
	readonly decidedAt: string;
	/** What the officer's device showed. */
	readonly deviceTime: string | null;
	readonly receivedAt: string;
	readonly dueAt: string;
	readonly clause: string;
	readonly reasonCodes: readonly string[];
	readonly note: string;
	/** The version that was decided on. */
	readonly rev: number;
	/** As it stood then; null for what is no listing. */
	readonly seen: { readonly content: ListingContent; readonly submittedAt: string } | null;
	/** The same of a purchase need. */
	readonly seenNeed: { readonly content: NeedContent; readonly submittedAt: string } | null;
	readonly steps: readonly RecordedStep[];
};
