import {
	emptyListing,
	listingContentSchema,
	type ListingContent,
	type ListingField
} from '$lib/domain/listings/schema.ts';
import { foldVietnamese } from '$lib/domain/kernel/text.ts';
import { orderMachine } from '$lib/domain/orders/states.ts';
import { legalEvents } from '$lib/domain/kernel/machine.ts';
import type { MyListingView, OrderView } from '$lib/sync/app.svelte.ts';
import { hasConflicts, hiddenFor } from './place-words.ts';

export const groups = ['device', 'review', 'live', 'fix', 'ended'] as const;
export type Group = (typeof groups)[number];

/** The chip a listing is found under. */
export function groupOf(listing: Pick<MyListingView, 'place' | 'draft' | 'state' | 'server'>): Group {
	if (hasConflicts(listing)) return 'fix';
	switch (listing.place.at) {
		case 'on_device':
		case 'saved':
			return 'device';
		case 'sending':
			return listing.place.photoRefusal === null ? 'review' : 'fix';
		case 'quarantined':
		case 'acknowledged':
		case 'received':
			return 'review';
		case 'approved':
			return hiddenFor(listing) === null ? 'live' : 'fix';
		case 'returned':
		case 'refused':
			return 'fix';
		case 'withdrawn':
		case 'locked':
			return 'ended';
	}
}

/** Fields that a new listing takes over from the seller's last one: they rarely change. */
export const carriedOver = [
	'wardCode',
	'place',
	'payment',
	'shipping',
	'shippingTerms',
	'deliveryDays'
] as const satisfies readonly ListingField[];

/** A new listing nobody has written anything into: not worth a line in the list, and used again for the next one. */
export function isUntouched(listing: Pick<MyListingView, 'content'>): boolean {
	const carried: readonly ListingField[] = carriedOver;
	return listingContentSchema
		.keyof()
		.options.every(
			(field) =>
				carried.includes(field) ||
				JSON.stringify(listing.content[field]) === JSON.stringify(emptyListing[field])
		);
}

/** What a new listing starts with, so that nobody chooses the same ward and payment every time. */
export function startFrom(listings: readonly MyListingView[]): Partial<ListingContent> {
	const last = [...listings]
		.filter((listing) => !isUntouched(listing))
		.sort((a, b) => (a.changedAt < b.changedAt ? 1 : -1))[0]?.content;
	if (last === undefined) return {};
	const { wardCode, place, payment, shipping, shippingTerms, deliveryDays } = last;
	return { wardCode, place, payment, shipping, shippingTerms, deliveryDays };
}

/** The list of one chip and one search, newest work first. */
export function shownListings(
	listings: readonly MyListingView[],
	group: Group | '',
	query: string
): MyListingView[] {
	const words = foldVietnamese(query).split(/\s+/).filter(Boolean);
	return listings
		.filter((listing) => !isUntouched(listing))
		.filter((listing) => group === '' || groupOf(listing) === group)
		.filter((listing) => {
			const title = foldVietnamese(listing.content.title);
			return words.every((word) => title.includes(word));
		})
		.sort((a, b) => (a.changedAt < b.changedAt ? 1 : -1));
}

export type Todo = {
	readonly fix: readonly MyListingView[];
	readonly conflicts: readonly MyListingView[];
	readonly confirm: readonly OrderView[];
};

/** What needs the seller first: listings sent back, two versions to choose from, orders to confirm. */
export function todoOf(listings: readonly MyListingView[], orders: readonly OrderView[]): Todo {
	return {
		conflicts: listings.filter(hasConflicts),
		fix: listings.filter((listing) => !hasConflicts(listing) && groupOf(listing) === 'fix'),
		confirm: orders.filter(
			({ order, party, step }) =>
				party === 'seller' &&
				order !== null &&
				step === null &&
				legalEvents(orderMachine, order.state).includes('confirm')
		)
	};
}
