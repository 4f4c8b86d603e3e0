import { isPublic } from '$lib/domain/listings/states.ts';
import { isOnBoard } from '$lib/domain/needs/states.ts';
import type { Truth } from './truth.ts';

/** A document somebody must be told of, with what it must say at least. */
export type Due = {
	readonly collection: string;
	readonly audience: string;
	readonly id: string;
	readonly says: Readonly<Record<string, unknown>>;
};

export const dueKey = (of: Pick<Due, 'collection' | 'audience' | 'id'>): string =>
	`${of.collection} ${of.audience}|${of.id}`;

/**
 * Who may and must know what, worked out from the tables alone: nothing here asks the feed, or what publishes to it. An
 * order is its buyer's and its seller's, a case its agency's, a draft its owner's, a notice its addressee's; everybody reads
 * what is approved.
 */
export function dueDocuments(truth: Truth): ReadonlyMap<string, Due> {
	const due = [
		...dueOrders(truth),
		...dueCases(truth),
		...dueListings(truth),
		...dueNotices(truth),
		...dueNeeds(truth)
	];
	return new Map(due.map((one) => [dueKey(one), one]));
}

const dueOrders = ({ orders, steps }: Truth): Due[] =>
	[...orders.values()].flatMap(({ buyerId, sellerId, ...order }) => {
		const timeline = steps
			.filter((step) => step.orderId === order.id)
			.map(({ state, at, by, reason }) => ({ state, at, by, reason }));
		const says = { ...order, timeline, buyer: { id: buyerId }, seller: { accountId: sellerId } };
		return [buyerId, sellerId].map((party): Due => ({
			...{ collection: 'orders', audience: `user:${party}` },
			...{ id: order.id, says }
		}));
	});

const dueCases = ({ cases }: Truth): Due[] =>
	[...cases.values()].map(
		({ kind, subjectId, subjectRev, agencyId, assigneeId, decidedAt, reasonCodes, ...one }) => {
			const { receivedAt, ...common } = one;
			const decision = decidedAt === null ? null : { at: decidedAt, outcome: one.state, reasonCodes };
			const subject =
				kind === 'listing'
					? { listingId: subjectId, listingRev: subjectRev }
					: { needId: subjectId, subjectRev };
			const assignee = assigneeId === null ? null : { id: assigneeId };
			return {
				...{ collection: 'cases', audience: `agency:${agencyId}`, id: one.id },
				says: { ...common, kind, ...subject, agencyId, receivedAt, assignee, decision }
			};
		}
	);

function dueListings({ listings }: Truth): Due[] {
	const due: Due[] = [];
	for (const { id, ownerId, state, rev, content, publishedRev, updatedAt, ...one } of listings.values()) {
		if (one.discarded) continue;
		const says = { id, state, rev, content, publishedRev, updatedAt };
		due.push({ collection: 'mine', audience: `user:${ownerId}`, id, says });
		if (!isPublic(state)) continue;
		const { title, price, description, minimum, packing } = one.publishedContent ?? content;
		due.push({
			...{ collection: 'listings', audience: 'public', id },
			says: { id, rev: publishedRev, stock: one.stock, title, price, description, minimum, packing }
		});
	}
	return due;
}

const dueNotices = ({ notices }: Truth): Due[] =>
	[...notices.values()].map(({ ownerId, ...says }) => ({
		...{ collection: 'notifications', audience: `user:${ownerId}` },
		...{ id: says.id, says }
	}));

function dueNeeds({ needs, offers }: Truth): Due[] {
	const due: Due[] = [];
	const add = (audience: string, id: string, says: Due['says']) =>
		due.push({ collection: 'needs', audience, id, says });
	for (const { id, buyerId, state, rev, content, updatedAt } of needs.values()) {
		add(`user:${buyerId}`, `own:${id}`, { id, state, rev, content, updatedAt });
		if (isOnBoard(state)) add('public', `need:${id}`, { id, ...content });
	}
	for (const { id, sellerId, needId, listingId, state, quantity, updatedAt } of offers.values())
		add(`user:${sellerId}`, `offer:${id}`, {
			...{ id, state, quantity, updatedAt },
			...{ need: { id: needId }, listing: { id: listingId } }
		});
	return due;
}
