import { searchWords } from '$lib/domain/listings/rules.ts';
import { foldVietnamese } from '$lib/domain/kernel/text.ts';
import type { PublicListing } from '$lib/domain/listings/schema.ts';
import type { StoredDoc } from '../store/documents.ts';

export type CatalogueEntry = { readonly listing: PublicListing; readonly text: string };

export type CatalogueFilter = {
	readonly q?: string;
	readonly categoryId?: string;
	readonly wardCode?: string;
	readonly sellerId?: string;
	readonly limit?: number;
};

/** Folded search text of each listing, made once a version: folding is what costs when searching. */
export class CatalogueIndex {
	#made = new Map<string, { version: number; entry: CatalogueEntry }>();
	#entries: readonly CatalogueEntry[] = [];

	/** Takes the newest approved first. `categoryName` is the rule pack's name of a kind, '' when unknown. */
	rebuild(
		docs: ReadonlyMap<string, StoredDoc<PublicListing>>,
		categoryName: (categoryId: string) => string
	): void {
		const made = new Map<string, { version: number; entry: CatalogueEntry }>();
		const sorted = [...docs.values()].sort((a, b) => a.order - b.order || a.id.localeCompare(b.id));
		for (const doc of sorted) {
			const before = this.#made.get(doc.id);
			made.set(
				doc.id,
				before?.version === doc.version
					? before
					: { version: doc.version, entry: entryOf(doc.data, categoryName(doc.data.categoryId)) }
			);
		}
		this.#made = made;
		this.#entries = [...made.values()].map(({ entry }) => entry);
	}

	/** The names of the kinds changed: every text is made again at the next `rebuild`. */
	forget(): void {
		this.#made = new Map();
	}

	listing(id: string): PublicListing | null {
		return this.#made.get(id)?.entry.listing ?? null;
	}

	/** Accent-blind, every word must occur; in the order of the catalogue. */
	search(filter: CatalogueFilter): { items: PublicListing[]; total: number } {
		const words = searchWords(filter.q ?? '');
		const limit = filter.limit ?? Infinity;
		const items: PublicListing[] = [];
		let total = 0;
		for (const { listing, text } of this.#entries) {
			if (filter.categoryId && listing.categoryId !== filter.categoryId) continue;
			if (filter.wardCode && listing.wardCode !== filter.wardCode) continue;
			if (filter.sellerId && listing.seller.id !== filter.sellerId) continue;
			if (!words.every((word) => text.includes(word))) continue;
			total += 1;
			if (items.length < limit) items.push(listing);
		}
		return { items, total };
	}
}

function entryOf(listing: PublicListing, category: string): CatalogueEntry {
	const { title, seller, wardName, formerly, place, description } = listing;
	return {
		listing,
		text: foldVietnamese([title, category, seller.name, wardName, formerly, place, description].join('\n'))
	};
}
