import { mostOffers } from '$lib/domain/needs/rules.ts';
import {
	needDocId,
	publicNeedSchema,
	type OwnNeed,
	type PublicNeed,
	type ReceivedOffer
} from '$lib/domain/needs/schema.ts';
import { isOnBoard } from '$lib/domain/needs/states.ts';
import { ownReviewOf } from '$lib/server/moderation/own-review.ts';
import { inOneGo, publishEach, type Due, type Projector } from '$lib/server/sync/publish.ts';
import type { WriteContext } from '$lib/server/sync/write.ts';
import { listOwnOffers, listShownFor, type OfferRow } from './offer-queries.ts';
import {
	listNeedReviews,
	listNeeds,
	listPublicNeeds,
	type NeedReviewRow,
	type NeedRow,
	type PublicNeedRow
} from './queries.ts';

/** `own:<id>` without its kind. */
const subjectsOf = (docIds: readonly string[]): string[] => docIds.map((id) => id.slice(id.indexOf(':') + 1));
const byId = <T extends { readonly id: string }>(rows: readonly T[]) =>
	new Map(rows.map((row) => [row.id, row]));

/** TG-15.1: what everybody reads. The strict schema throws rather than let anything of the buyer through. */
export function publicNeedOf(row: PublicNeedRow): PublicNeed {
	return publicNeedSchema.parse({
		kind: 'need',
		id: row.id,
		rev: row.rev,
		...row.content,
		sectorId: row.sectorId,
		wardName: row.wardName,
		agency: { id: row.agencyId, name: row.agencyName },
		approvedAt: row.approvedAt
	});
}

/** TG-15.1: an approved need for everyone, or nothing. */
const projectPublicNeed: Projector<'needs'> = inOneGo(async (tx, docIds) => {
	const ids = subjectsOf(docIds);
	const rows = byId(await listPublicNeeds(tx, ids));
	return ids.map((id) => {
		const row = rows.get(id);
		return row ? [{ audience: 'public', doc: publicNeedOf(row) }] : [];
	});
});

/** The buyer's own view, with where the review stands and what was offered. */
const projectOwnNeed: Projector<'needs'> = inOneGo(async (tx, docIds) => {
	const ids = subjectsOf(docIds);
	const rows = byId(await listNeeds(tx, ids));
	const onBoard = [...rows.values()].filter(({ state }) => isOnBoard(state)).map(({ id }) => id);
	const [reviews, offers] = [await listNeedReviews(tx, ids), await listShownFor(tx, onBoard)];
	return ids.map((id) => {
		const row = rows.get(id);
		if (!row) return [];
		const review = reviews.find((one) => one.needId === id) ?? null;
		const received = offers
			.filter((one) => one.needId === id)
			.slice(0, mostOffers)
			.map(receivedOf);
		return [{ audience: `user:${row.buyerId}`, doc: ownNeedOf(row, review, received) }];
	});
});

function ownNeedOf(row: NeedRow, review: NeedReviewRow | null, offers: ReceivedOffer[]): OwnNeed {
	return {
		kind: 'own',
		id: row.id,
		state: row.state,
		rev: row.rev,
		content: row.content,
		review: review && ownReviewOf(review),
		offers,
		updatedAt: row.updatedAt
	};
}

const receivedOf = ({ id, listingId, title, unit, businessId, ...offer }: OfferRow): ReceivedOffer => ({
	id,
	listing: { id: listingId, title, unit },
	seller: { id: businessId, name: offer.sellerName },
	quantity: offer.quantity,
	sentAt: offer.sentAt,
	droppedFor: offer.droppedFor
});

/** What the seller sees of an own offer: nothing of the buyer. */
const projectOffer: Projector<'needs'> = inOneGo(async (tx, docIds) => {
	const ids = subjectsOf(docIds);
	const rows = byId(await listOwnOffers(tx, ids));
	return ids.map((id) => {
		const row = rows.get(id);
		if (!row) return [];
		const { state, droppedFor, needId, needTitle, listingId, title, unit, quantity, sentAt, updatedAt } = row;
		return [
			{
				audience: `user:${row.sellerAccountId}`,
				doc: {
					kind: 'offer',
					id,
					state,
					droppedFor,
					need: { id: needId, title: needTitle },
					listing: { id: listingId, title, unit },
					quantity,
					sentAt,
					updatedAt
				}
			}
		];
	});
});

const ownDue = (id: string): Due => ({
	collection: 'needs',
	id: needDocId({ kind: 'own', id }),
	project: projectOwnNeed
});

const offerDue = (id: string): Due => ({
	collection: 'needs',
	id: needDocId({ kind: 'offer', id }),
	project: projectOffer
});

/** Brings both views of needs up to date, everybody's and their buyers', and what is offered for them. */
export const publishNeeds = (
	ctx: WriteContext,
	ids: readonly string[],
	offerIds: readonly string[] = []
): Promise<void> =>
	publishEach(ctx, [
		...ids.flatMap((id): Due[] => [
			ownDue(id),
			{ collection: 'needs', id: needDocId({ kind: 'need', id }), project: projectPublicNeed }
		]),
		...offerIds.map(offerDue)
	]);

/** The same where only the offers have changed: nobody but buyers and sellers is told. */
export const publishOffers = (
	ctx: WriteContext,
	needIds: readonly string[],
	offerIds: readonly string[]
): Promise<void> => publishEach(ctx, [...needIds.map(ownDue), ...offerIds.map(offerDue)]);
