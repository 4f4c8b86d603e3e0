import type { RulePack } from '../agencies/schema.ts';
import { isOffered, type Offered } from '../kernel/effective.ts';
import { nextState } from '../kernel/machine.ts';
import { no, ok, type RefusalCode, type Result } from '../kernel/refusal.ts';
import { foldVietnamese } from '../kernel/text.ts';
import { maxPhotos, type ListingContent, type ListingState } from './schema.ts';
import { isInReview, isPublic, listingMachine, type ListingEvent } from './states.ts';

/** The listing's state after `event`; refusal `illegal_transition`. */
export const nextListingState = (state: ListingState, event: ListingEvent): Result<ListingState> =>
	nextState(listingMachine, state, event);

/** A listing can be thrown away while nothing of it is public, under review or locked. */
export const canDiscardListing = (state: ListingState): boolean =>
	!isPublic(state) && !isInReview(state) && state !== 'locked';

/**
 * TG-6.2, TG-6.7, TG-3.4a: kind, unit, payment and shipping must be ones the rule pack offers on `day`. A certificate stays a
 * certificate when its kind is not offered any more.
 */
export function checkAgainstPack(content: ListingContent, pack: RulePack, day: string): Result<void> {
	const has = (list: readonly (Offered & { id: string })[], id: string): boolean =>
		list.some((item) => item.id === id && isOffered(item, day));
	const fields: Record<string, RefusalCode> = {};
	if (!has(pack.units, content.unit)) return no('unknown_unit', { fields: { unit: 'unknown_unit' } });
	// One the pack does not know has no department to go to, and is refused before.
	if (pack.categories.some((one) => one.id === content.categoryId && !isOffered(one, day)))
		fields.categoryId = 'invalid_input';
	if (!content.payment.every((id) => has(pack.paymentMethods, id))) fields.payment = 'invalid_input';
	if (!content.shipping.every((id) => has(pack.shippingMethods, id))) fields.shipping = 'invalid_input';
	if (!content.certificates.every((c) => pack.certificateTypes.some((type) => type.id === c.type)))
		fields.certificates = 'invalid_input';
	if (content.bulk && content.price !== null && content.bulk.price > content.price)
		fields.bulk = 'invalid_input';
	return Object.keys(fields).length > 0 ? no('invalid_input', { clause: 'TG-17.1', fields }) : ok(undefined);
}

/** The files a listing is made of, by their hashes. */
export const filesOf = ({ photos, voice }: Pick<ListingContent, 'photos' | 'voice'>): string[] =>
	voice ? [...photos, voice] : [...photos];

/** As many as one can name: photos and the voice note. */
export const maxFilesOfListing = maxPhotos + 1;

/** What the public search looks through, accent-blind: goods, kind, seller, area by both its names, text. */
export function searchTextOf(listing: {
	title: string;
	category: string;
	seller: string;
	ward: string;
	formerly: readonly string[];
	place: string;
	description: string;
}): string {
	const { title, category, seller, ward, formerly, place, description } = listing;
	return foldVietnamese([title, category, seller, ward, ...formerly, place, description].join('\n'));
}

/** The folded words a query must find, each of them; at most eight, so that a long text stays one cheap question. */
export const searchWords = (query: string): string[] => [
	...new Set(
		foldVietnamese(query)
			.split(/[^\p{L}\p{N}]+/u)
			.filter(Boolean)
			.slice(0, 8)
	)
];

/**
 * Stock to publish at approval. A number the seller left as it was keeps counting down; a new one was true when it
 * was sent, so what was ordered since then is taken off.
 */
export function stockAtApproval(
	content: { stock: number | null },
	published: { stock: number | null } | null,
	live: number | null,
	orderedSince: number
): number | null {
	if (content.stock === null) return null;
	if (published && live !== null && published.stock === content.stock) return live;
	return Math.max(0, Math.round((content.stock - orderedSince) * 1000) / 1000);
}
