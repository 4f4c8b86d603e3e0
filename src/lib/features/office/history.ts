import { compareCodes } from '$lib/domain/kernel/order.ts';
import { caseTitle, type CaseDoc } from '$lib/domain/moderation/schema.ts';
import type { HistoryRow } from './online.ts';

/** Decided cases that are still on this device, newest first: what there is to show without a network. */
export function historyOnDevice(cases: readonly CaseDoc[], agencyId: string): HistoryRow[] {
	return cases
		.flatMap((doc): HistoryRow[] =>
			doc.decision === null || doc.agencyId !== agencyId
				? []
				: [
						{
							id: doc.id,
							code: doc.code,
							title: caseTitle(doc),
							sellerName: doc.seller.name,
							state: doc.decision.outcome,
							decidedAt: doc.decision.at,
							decidedByName: doc.decision.by.name,
							dueAt: doc.dueAt
						}
					]
		)
		.toSorted((a, b) => compareCodes(b.decidedAt, a.decidedAt) || compareCodes(a.id, b.id));
}

/** TG-10.2b: the end of a term is exclusive. A withdrawn listing needed no answer, so it is never late. */
export const wasLate = (row: Pick<HistoryRow, 'state' | 'decidedAt' | 'dueAt'>): boolean =>
	row.state !== 'cancelled' && Date.parse(row.decidedAt) >= Date.parse(row.dueAt);
