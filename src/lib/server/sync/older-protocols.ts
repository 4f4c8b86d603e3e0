import type { CollectionName } from '$lib/sync/protocol/collections.ts';
import type { FeedRow } from '$lib/sync/protocol/wire.ts';

/**
 * Documents as a device of an older version can work with them (sync 16). Version 1 checks the whole content of an own
 * listing before it submits it and takes no field it does not know: the voice note is left out, and a submission
 * without one leaves it as it is. It has no words for a hand-over, and hears of none; nor has version 2 for a department
 * that was renamed or merged.
 */
export function forProtocol(protocol: number, collection: CollectionName, rows: FeedRow[]): FeedRow[] {
	if (protocol >= 3) return rows;
	if (collection === 'notifications') {
		const unknown = protocol >= 2 ? ['agency_changed'] : ['agency_changed', 'handover_brought'];
		return rows.map((row) =>
			isRecord(row.doc) && typeof row.doc.kind === 'string' && unknown.includes(row.doc.kind)
				? { ...row, doc: null }
				: row
		);
	}
	if (protocol >= 2 || collection !== 'mine') return rows;
	return rows.map((row) => ({ ...row, doc: withoutVoice(row.doc) }));
}

function withoutVoice(doc: unknown): unknown {
	if (!isRecord(doc) || !isRecord(doc.content)) return doc;
	const { voice: _, ...content } = doc.content;
	return { ...doc, content };
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);
