import type { CollectionName } from '$lib/sync/protocol/collections.ts';
import type { FeedRow } from '$lib/sync/protocol/wire.ts';

/**
 * Documents as a device of an older version can work with them (sync 16). Version 1 checks the whole content of an own
 * listing before it submits it and takes no field it does not know: the voice note is left out, and a submission
 * without one leaves it as it is. It has no words for a hand-over, and hears of none. Version 2 knows cases about goods
 * only, and no other notices than its own.
 */
export function forProtocol(protocol: number, collection: CollectionName, rows: FeedRow[]): FeedRow[] {
	const changes = [...(protocol < 3 ? [beforeVersion3] : []), ...(protocol < 2 ? [beforeVersion2] : [])];
	return rows.map((row) => ({
		...row,
		doc: changes.reduce((doc, change) => (isRecord(doc) ? change(collection, doc) : doc), row.doc)
	}));
}

type Doc = Readonly<Record<string, unknown>>;

function beforeVersion2(collection: CollectionName, doc: Doc): unknown {
	if (collection === 'notifications') return doc.kind === 'handover_brought' ? null : doc;
	return collection === 'mine' ? withoutVoice(doc) : doc;
}

function beforeVersion3(collection: CollectionName, doc: Doc): unknown {
	if (collection === 'cases') return doc.kind === 'listing' ? doc : null;
	if (collection === 'notifications') return noticesOfVersion2.has(String(doc.kind)) ? doc : null;
	if (collection !== 'reference' || !isRecord(doc.pack) || !Array.isArray(doc.pack.deadlines)) return doc;
	const deadlines = doc.pack.deadlines.filter((one: unknown) => isRecord(one) && one.kind === 'listing');
	return { ...doc, pack: { ...doc.pack, deadlines } };
}

const noticesOfVersion2 = new Set([
	'listing_received',
	'listing_approved',
	'listing_returned',
	'order_new',
	'order_changed',
	'case_assigned',
	'case_overdue',
	'handover_brought'
]);

function withoutVoice(doc: Doc): unknown {
	if (!isRecord(doc.content)) return doc;
	const { voice: _, ...content } = doc.content;
	return { ...doc, content };
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);
