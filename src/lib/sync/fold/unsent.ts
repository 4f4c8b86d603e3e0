import type { OutboxRow } from '../store/local.ts';
import { pendingOf, type Work } from './pending.ts';
import type { UnsentItem } from './views.ts';

/** What has not reached the server, oldest first, refused commands included: nothing is hidden (sync 2). */
export function foldUnsent(work: Work, titleOf: (subjectId: string) => string | undefined): UnsentItem[] {
	return work.rows
		.filter((row) => row.state !== 'acknowledged')
		.sort((a, b) => a.seq - b.seq)
		.map((row) => {
			const subjectId = row.subject.slice(row.subject.indexOf(':') + 1);
			return {
				...pendingOf(row, work),
				subject: row.subject,
				subjectId,
				title: ownTitle(row) ?? titleOf(subjectId) ?? '',
				input: row.input
			};
		});
}

function ownTitle(row: OutboxRow): string | undefined {
	if (row.name === 'listing.submit') return row.input.content.title;
	if (row.name === 'draft.save') return row.input.fields.title;
	return row.goods?.title;
}
