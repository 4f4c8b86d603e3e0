import type { ListingContent } from '$lib/domain/listings/schema.ts';

export type Certificate = ListingContent['certificates'][number];

/** One thing for sale. `note` is what is true of it alone. */
export type Item = {
	title: string;
	price: number;
	unit: string;
	packing: string;
	note: string;
	bulk?: { from: number; price: number };
	stock?: number;
	minimum?: number;
	ingredients?: string;
	deliveryDays?: number;
	/** Instead of the group's, when it does not fit this one. */
	about?: string;
	categoryId?: string;
	/** Pictures of its own, when those of the group do not show it. */
	pictures?: readonly string[];
};

/** Things of one kind: what is said of all of them, and the pictures they share. */
export type Group = {
	categoryId: string;
	pictures: readonly string[];
	about: string;
	/** Closing sentences that fit these goods better than those of the stall. */
	voice?: readonly string[];
	items: readonly Item[];
};

/** What one seller offers. `voice`: sentences in the seller's own words that close a description. */
export type Stall = {
	seller: string;
	place: string;
	growingAreaCode: string;
	certificates: readonly Certificate[];
	payment: readonly string[];
	shipping: readonly string[];
	shippingTerms: string;
	deliveryDays: number;
	voice: readonly string[];
	groups: readonly Group[];
};

type More = Omit<Item, 'title' | 'price' | 'unit' | 'packing' | 'note'>;

export const item = (
	title: string,
	price: number,
	unit: string,
	packing: string,
	note: string,
	more: More = {}
): Item => ({ title, price, unit, packing, note, ...more });

export const certificate = (
	type: string,
	number: string,
	issuedBy: string,
	expiresOn: string | null
): Certificate => ({ type, number, issuedBy, expiresOn });
