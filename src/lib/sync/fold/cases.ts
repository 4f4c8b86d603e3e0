import { compareCodes } from '$lib/domain/kernel/order.ts';
import type { CaseDoc } from '$lib/domain/moderation/schema.ts';
import type { StoredDoc } from '../store/documents.ts';
import { notYetIn, pendingOf, type Work } from './pending.ts';
import type { CaseView } from './views.ts';

/**
 * The unit's cases by the end of their term, each with what this officer has asked for. The case itself stays
 * what the server says: an unsent decision is not a decision.
 */
export function foldCases(docs: ReadonlyMap<string, StoredDoc<CaseDoc>>, work: Work): CaseView[] {
	return [...docs.values()]
		.sort((a, b) => compareCodes(a.data.dueAt, b.data.dueAt) || compareCodes(a.id, b.id))
		.map((doc): CaseView => {
			const rows = work.rows.filter((row) => row.subject === `case:${doc.id}` && notYetIn(row, doc.version));
			const decide = rows.findLast((row) => row.name === 'case.decide');
			const reassign = rows.findLast((row) => row.name === 'case.reassign');
			return {
				case: doc.data,
				decision:
					decide?.name === 'case.decide'
						? {
								decision: decide.input.decision,
								reasonCodes: decide.input.decision === 'approve' ? [] : decide.input.reasonCodes,
								note: decide.input.note,
								listingRev: decide.input.listingRev,
								seen: decide.seen ?? null,
								command: pendingOf(decide, work)
							}
						: null,
				reassignment:
					reassign?.name === 'case.reassign'
						? { toAccountId: reassign.input.toAccountId, command: pendingOf(reassign, work) }
						: null
			};
		});
}
