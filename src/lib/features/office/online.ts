import type { NumberPurpose } from '$lib/domain/personal-data/looks.ts';
import type { IdentityView } from '$lib/domain/businesses/identity.ts';
import type { EndingPaper } from '$lib/domain/businesses/schema.ts';
import type { Result } from '$lib/domain/kernel/refusal.ts';
import type { FoundReceipts } from '$lib/domain/receipts/schema.ts';
import type { DecisionView } from '$lib/domain/moderation/decision-view.ts';

/** What the office asks of the server directly: too much, or too old, to be kept on every device. */
export type Officer = {
	readonly accountId: string;
	readonly name: string;
};

export type HistoryRow = {
	readonly id: string;
	readonly code: string;
	readonly title: string;
	readonly sellerName: string;
	readonly state: 'approved' | 'returned' | 'refused' | 'cancelled';
	readonly decidedAt: string;
	readonly decidedByName: string;
	readonly dueAt: string;
};
/** The key of the last row of a page: the next one begins after it. */
export type HistoryKey = { readonly decidedAt: string; readonly id: string };
export type HistoryPage = { readonly items: readonly HistoryRow[]; readonly next: HistoryKey | null };

export type DueCounts = {
	readonly onTime: number;
	readonly soon: number;
	readonly overdue: number;
	/** Entries of the ledger of breaches (TG-10.3b). */
	readonly breaches: number;
	readonly decidedThisWeek: number;
	readonly onTimeThisWeek: number;
};
export type AgencyDue = DueCounts & {
	readonly id: string;
	readonly name: string;
	/** `id` null = cases nobody holds. */
	readonly officers: readonly (DueCounts & { readonly id: string | null; readonly name: string | null })[];
};

export type RevealedPerson = { readonly identityNumber: string; readonly representative: string };

export type OfficeOnline = {
	/** Papers of the own sectors that end soon (TG-12). */
	endingPapers(): Promise<readonly EndingPaper[]>;
	/** How far a business has shown who it is (LAW-tmdt-identity). */
	identity(caseId: string): Promise<IdentityView>;
	/** The whole number of a registration; the look and what it is for are recorded (TG-16.2). */
	reveal(caseId: string, said: NumberPurpose): Promise<RevealedPerson>;
	officers(agencyId: string): Promise<readonly Officer[]>;
	history(agencyId: string, after: HistoryKey | null): Promise<HistoryPage>;
	overview(): Promise<readonly AgencyDue[]>;
};

/** Looks up a code that a member reads out; the question is recorded (TG-19.5). */
export type ReceiptsOnline = { lookUp(code: string): Promise<Result<FoundReceipts>> };

export type DecisionOnline = { decision(caseId: string): Promise<Result<DecisionView>> };
