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
import { hasConflicts, hiddenFor, ranOutOf } from './place-words.ts';

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
	/** Hidden for a paper of the business: one new paper shows them all again (TG-12). */
	readonly hidden: readonly { readonly paper: string; readonly listings: readonly MyListingView[] }[];
	readonly conflicts: readonly MyListingView[];
	readonly confirm: readonly OrderView[];
};

/** The paper of the business that these goods are hidden for; their own certificates are put right on the goods. */
function paperOf(listing: MyListingView, today: string): string | null {
	if (listing.place.at !== 'approved' || hasConflicts(listing)) return null;
	const paper = hiddenFor(listing);
	return paper !== null && ranOutOf(listing, today).includes(paper) ? null : paper;
}

/**
 * What needs the seller first: listings sent back, papers that hide goods, two versions to choose from, orders to confirm.
 */
export function todoOf(
	listings: readonly MyListingView[],
	orders: readonly OrderView[],
	today: string
): Todo {
	const hidden = new Map<string, MyListingView[]>();
	for (const listing of listings) {
		const paper = paperOf(listing, today);
		if (paper !== null) hidden.set(paper, [...(hidden.get(paper) ?? []), listing]);
	}
	return {
		hidden: [...hidden].map(([paper, held]) => ({ paper, listings: held })),
		conflicts: listings.filter(hasConflicts),
		fix: listings.filter(
			(listing) => !hasConflicts(listing) && groupOf(listing) === 'fix' && paperOf(listing, today) === null
		),
		confirm: orders.filter(
			({ order, party, step }) =>
				party === 'seller' &&
				order !== null &&
				step === null &&
				legalEvents(orderMachine, order.state).includes('confirm')
		)
	};
}
