import { compareCodes } from '$lib/domain/kernel/order.ts';
import type { OwnNeed, OwnOffer } from '$lib/domain/needs/schema.ts';
import type { CollectionDoc } from '../protocol/collections.ts';
import type { StoredDoc } from '../store/documents.ts';
import { notYetIn, pendingOf, type Work } from './pending.ts';
import type { NeedsView, OwnNeedView, OwnOfferView } from './views.ts';

type Docs = ReadonlyMap<string, StoredDoc<CollectionDoc<'needs'>>>;
type Kept<D> = { readonly data: D; readonly version: number };

/** The board, one's own needs and offers, with what this device sends and the server has not yet shown (sync 3). */
export function foldNeeds(docs: Docs, work: Work): NeedsView {
	const board: NeedsView['board'][number][] = [];
	const own = new Map<string, Kept<OwnNeed>>();
	const offers = new Map<string, Kept<OwnOffer>>();
	for (const { data, version } of docs.values()) {
		if (data.kind === 'need') board.push(data);
		else if (data.kind === 'own') own.set(data.id, { data, version });
		else offers.set(data.id, { data, version });
	}
	return {
		board: board.sort((a, b) => compareCodes(b.approvedAt, a.approvedAt) || compareCodes(a.id, b.id)),
		own: foldOwn(own, work),
		offers: foldOffers(offers, work)
	};
}

const newestFirst = (a: { at: string; id: string }, b: { at: string; id: string }): number =>
	compareCodes(b.at, a.at) || compareCodes(a.id, b.id);

function foldOwn(docs: ReadonlyMap<string, Kept<OwnNeed>>, work: Work): OwnNeedView[] {
	const ids = new Set(docs.keys());
	for (const row of work.rows) if (row.name === 'need.submit') ids.add(row.input.needId);
	return [...ids]
		.flatMap((id): OwnNeedView[] => {
			const doc = docs.get(id);
			const rows = work.rows.filter((row) => row.subject === `need:${id}` && notYetIn(row, doc?.version));
			const submit = rows.findLast((row) => row.name === 'need.submit');
			const close = rows.findLast((row) => row.name === 'need.close');
			if (!doc && !submit) return [];
			return [
				{
					id,
					need: doc?.data ?? null,
					sending:
						submit?.name === 'need.submit' ? { input: submit.input, command: pendingOf(submit, work) } : null,
					closing: close ? pendingOf(close, work) : null,
					at: close?.deviceTime ?? submit?.deviceTime ?? doc?.data.updatedAt ?? ''
				}
			];
		})
		.sort(newestFirst);
}

function foldOffers(docs: ReadonlyMap<string, Kept<OwnOffer>>, work: Work): OwnOfferView[] {
	const ids = new Set(docs.keys());
	for (const row of work.rows) if (row.name === 'offer.send') ids.add(row.input.offerId);
	return [...ids]
		.flatMap((id): OwnOfferView[] => {
			const doc = docs.get(id);
			const rows = work.rows.filter((row) => row.subject === `offer:${id}` && notYetIn(row, doc?.version));
			const send = rows.findLast((row) => row.name === 'offer.send');
			const withdraw = rows.findLast((row) => row.name === 'offer.withdraw');
			const sending =
				send?.name === 'offer.send' ? { input: send.input, command: pendingOf(send, work) } : null;
			const said = doc
				? { needId: doc.data.need.id, listingId: doc.data.listing.id, quantity: doc.data.quantity }
				: sending?.input;
			if (!said) return [];
			return [
				{
					id,
					needId: said.needId,
					listingId: said.listingId,
					quantity: said.quantity,
					offer: doc?.data ?? null,
					sending,
					withdrawing: withdraw ? pendingOf(withdraw, work) : null,
					at: withdraw?.deviceTime ?? send?.deviceTime ?? doc?.data.updatedAt ?? ''
				}
			];
		})
		.sort(newestFirst);
}
