import type { ListingContent } from '$lib/domain/listings/schema.ts';

/** What a reviewer reads as one line; some lines join several fields of the form. */
export const contentRows = [
	'title',
	'category',
	'price',
	'bulk',
	'stock',
	'minimum',
	'area',
	'certificates',
	'description',
	'ingredients',
	'packing',
	'payment',
	'shipping',
	'deliveryDays',
	'photos',
	'voice'
] as const;
export type ContentRow = (typeof contentRows)[number];

/** The fields of the form each line is made of: every field is in exactly one line. */
export const rowFields: Readonly<Record<ContentRow, readonly (keyof ListingContent)[]>> = {
	title: ['title'],
	category: ['categoryId'],
	price: ['price', 'unit'],
	bulk: ['bulk'],
	stock: ['stock'],
	minimum: ['minimum'],
	area: ['place', 'wardCode', 'growingAreaCode'],
	certificates: ['certificates'],
	description: ['description'],
	ingredients: ['ingredients'],
	packing: ['packing'],
	payment: ['payment'],
	shipping: ['shipping', 'shippingTerms'],
	deliveryDays: ['deliveryDays'],
	photos: ['photos'],
	voice: ['voice']
};

/** The lines whose fields differ between two versions, in the order they are read. */
export function changedRows(before: ListingContent, now: ListingContent): ContentRow[] {
	// A field an older build did not know is one nothing was said in.
	const said = (content: ListingContent, field: keyof ListingContent) =>
		JSON.stringify(content[field] ?? null);
	const same = (field: keyof ListingContent) => said(before, field) === said(now, field);
	return contentRows.filter((row) => !rowFields[row].every(same));
}

export type Piece = { readonly text: string; readonly changed: boolean };

/**
 * A long text cut in three by whole words: what both versions begin with, the part that is new, what both
 * end with. Empty pieces are left out.
 */
export function changedPart(before: string, now: string): Piece[] {
	const [a, b] = [before.split(/(?<=\s)/), now.split(/(?<=\s)/)];
	const most = Math.min(a.length, b.length);
	let head = 0;
	// The last word of one may have more behind it in the other.
	const same = (x: string | undefined, y: string | undefined) => x?.trimEnd() === y?.trimEnd();
	while (head < most && same(a[head], b[head])) head += 1;
	let tail = 0;
	while (tail < most - head && same(a[a.length - 1 - tail], b[b.length - 1 - tail])) tail += 1;
	const middle = b.slice(head, b.length - tail).join('');
	// A mark ends with its last word, not with the space after it.
	const words = middle.trimEnd();
	return [
		{ text: b.slice(0, head).join(''), changed: false },
		{ text: words, changed: true },
		{ text: middle.slice(words.length) + b.slice(b.length - tail).join(''), changed: false }
	].filter((piece) => piece.text !== '');
}
