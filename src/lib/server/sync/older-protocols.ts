import type { CollectionName } from '$lib/sync/protocol/collections.ts';
import type { FeedRow } from '$lib/sync/protocol/wire.ts';

/**
 * Documents as a device of an older version can work with them (sync 16): it hears nothing of kinds of cases and
 * notices it has no words for. A field more never troubled a device. The lists are what devices out there know: a new
 * kind is added to none of them.
 */
export function forProtocol(protocol: number, collection: CollectionName, rows: FeedRow[]): FeedRow[] {
	const known = kindsKnownTo.get(protocol);
	if (!known) return rows;
	return rows.map((row) => ({
		...row,
		doc: isRecord(row.doc) ? asKnown(known, collection, row.doc) : row.doc
	}));
}

type Doc = Readonly<Record<string, unknown>>;
/** Own listings have no kind: once they were alone there. */
type Kinds = {
	readonly cases: ReadonlySet<unknown>;
	readonly notices: ReadonlySet<unknown>;
	readonly mine: ReadonlySet<unknown>;
};

function asKnown({ cases, notices, mine }: Kinds, collection: CollectionName, doc: Doc): Doc | null {
	if (collection === 'cases') return cases.has(doc.kind) ? doc : null;
	if (collection === 'mine') return mine.has(doc.kind) ? doc : null;
	if (collection === 'notifications') return notices.has(doc.kind) ? doc : null;
	if (collection !== 'reference' || !isRecord(doc.pack) || !Array.isArray(doc.pack.deadlines)) return doc;
	const deadlines = doc.pack.deadlines.filter((one: unknown) => isRecord(one) && cases.has(one.kind));
	return { ...doc, pack: { ...doc.pack, deadlines } };
}

/** What 0.4.0 had words for. */
const kindsOf4: Kinds = {
	cases: new Set(['listing', 'business', 'reconfirmation']),
	notices: new Set([
		'listing_received',
		'listing_approved',
		'listing_returned',
		'order_new',
		'order_changed',
		'case_assigned',
		'case_overdue',
		'handover_brought',
		'business_received',
		'business_confirmed',
		'business_returned',
		'business_refused',
		'paper_expiring',
		'paper_expired',
		'agency_changed',
		'measure_taken',
		'measure_noticed',
		'measure_ended',
		'remedy_refused',
		'order_seller_locked'
	]),
	mine: new Set([undefined])
};
/** What 0.5.0 had words for. */
const kindsOf5: Kinds = {
	cases: kindsOf4.cases,
	notices: new Set([
		...kindsOf4.notices,
		'data_request',
		'misuse_answered',
		'rights_changed',
		'rights_proposed',
		'rights_answered',
		'certificate_expiring',
		'certificate_expired',
		'proposal_answered'
	]),
	mine: new Set([undefined, 'proposal'])
};
const kindsKnownTo: ReadonlyMap<number, Kinds> = new Map([
	[4, kindsOf4],
	[5, kindsOf5]
]);

const isRecord = (value: unknown): value is Doc =>
	typeof value === 'object' && value !== null && !Array.isArray(value);
