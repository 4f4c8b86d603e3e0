import type { MyListing } from '$lib/domain/listings/schema.ts';
import type { ProposalDoc } from '$lib/domain/proposals/schema.ts';
import type { CollectionDoc } from '../protocol/collections.ts';
import type { StoredDoc } from '../store/documents.ts';

type Mine = CollectionDoc<'mine'>;
type Docs<D> = ReadonlyMap<string, StoredDoc<D>>;

/** A listing never had a kind: it was alone here once. */
const isProposal = (doc: Mine): doc is ProposalDoc => 'kind' in doc;

/** The own listings among what is one's own. */
export const listingsOf = (docs: Docs<Mine>): Map<string, StoredDoc<MyListing>> =>
	ofKind(docs, (data) => (isProposal(data) ? null : data));

/** TG-3.4a: the own proposals among it, by the names of their documents. */
export const proposalsOf = (docs: Docs<Mine>): Map<string, StoredDoc<ProposalDoc>> =>
	ofKind(docs, (data) => (isProposal(data) ? data : null));

function ofKind<D>(docs: Docs<Mine>, one: (data: Mine) => D | null): Map<string, StoredDoc<D>> {
	const found = new Map<string, StoredDoc<D>>();
	for (const [id, doc] of docs) {
		const data = one(doc.data);
		if (data !== null) found.set(id, { ...doc, data });
	}
	return found;
}
