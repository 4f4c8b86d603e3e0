import type { ProposalDoc } from '$lib/domain/proposals/schema.ts';
import type { StoredDoc } from '../store/documents.ts';
import { notYetIn, pendingOf, type Work } from './pending.ts';
import type { ProposalView } from './views.ts';

/** Own proposals, newest first: the server's word, else what this device sends and the server has not yet shown (sync 3). */
export function foldProposals(docs: ReadonlyMap<string, StoredDoc<ProposalDoc>>, work: Work): ProposalView[] {
	const views = [...docs.values()].map((doc): ProposalView => ({
		id: doc.data.id,
		proposal: doc.data,
		sending: null,
		at: doc.data.sentAt
	}));
	const shown = new Set(views.map(({ id }) => id));
	for (const row of work.rows.toReversed()) {
		if (row.name !== 'proposal.send' || shown.has(row.input.proposalId) || !notYetIn(row, undefined))
			continue;
		shown.add(row.input.proposalId);
		views.push({
			id: row.input.proposalId,
			proposal: null,
			sending: { input: row.input, command: pendingOf(row, work) },
			at: row.deviceTime
		});
	}
	return views.sort((a, b) => b.at.localeCompare(a.at) || a.id.localeCompare(b.id));
}
