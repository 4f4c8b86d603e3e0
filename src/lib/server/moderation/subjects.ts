import type { RulePack } from '$lib/domain/agencies/schema.ts';
import type { Result } from '$lib/domain/kernel/refusal.ts';
import type { CaseDecide, CaseDoc, ListingCase } from '$lib/domain/moderation/schema.ts';
import type { Tx } from '$lib/server/db/pool.ts';
import type { CommandContext } from '$lib/server/sync/write.ts';
import type { CaseRow, CaseView } from './queries.ts';

/** What a decision does to the thing it is about, once the case is decided; it also tells the applicant. */
export type Deed = () => Promise<void>;

/** The thing a case is about, held until the transaction ends. */
export type HeldSubject = {
	/** Whether this decision can be carried out on what is held; `open` is the case, undecided and held as well. */
	readonly decide: (open: CaseRow, input: CaseDecide) => Result<Deed>;
};

/** Holds, before the case itself, whatever a decision on it will change; null = it is gone. */
export type HoldSubject = (ctx: CommandContext, seen: CaseRow, pack: RulePack) => Promise<HeldSubject | null>;

/** The document of its department: what all cases say, and what is to be decided. */
export type SubjectDoc = (tx: Tx, view: CaseView, common: CommonCase) => Promise<CaseDoc>;

/** What a document of any kind says. */
export type CommonCase = Pick<ListingCase, Exclude<keyof CaseDoc, 'kind' | 'content' | 'previous'>>;
