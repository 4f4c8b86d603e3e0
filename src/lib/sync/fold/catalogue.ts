import { searchWords } from '$lib/domain/listings/rules.ts';
import { foldAll } from '$lib/domain/kernel/text.ts';
import type { PublicListing } from '$lib/domain/listings/schema.ts';
import { inSlices } from '$lib/slices.ts';
import { followsGoods } from './follows.ts';
import type { Listed } from './listed.ts';
import { listedOf, listingsOf } from './listed.ts';
import { mergeKnown, type KnownListing } from './packed.ts';
import type { ReadPack } from '../store/local.ts';
import type { Follows } from '../store/types.ts';

export type CatalogueFilter = {
	readonly q?: string;
	readonly categoryId?: string;
	readonly wardCode?: string;
	readonly sellerId?: string;
	readonly limit?: number;
};

/** What lies beside the packs, and what of everything is to be seen. */
export type CatalogueState = {
	/** Documents of the overlay that count. */
	readonly overlay: readonly KnownListing[];
	readonly hidden: ReadonlyMap<string, number>;
	readonly follows: Follows;
	/** Packs are still to come: what is shown already keeps its place, what comes stands below it. */
	readonly coming: boolean;
};

/** Texts made ready for searching in one go. */
const textsAtOnce = 50;

/**
 * The catalogue in memory: packs, each read once, and the overlay as one list that can be searched (sync 10).
 * Everything that grows with the number of goods goes in slices, so that a slow phone stays usable meanwhile.
 */
export class CatalogueIndex {
	readonly #packs = new Map<string, readonly Listed[]>();
	/** Read already, not added yet. */
	readonly #ahead = new Map<string, Listed[]>();
	#overlay = new Map<string, Listed>();
	#byId: ReadonlyMap<string, Listed> = new Map();
	#shown: readonly Listed[] = [];
	readonly #slice = inSlices();

	/** `categoryName` is the rule pack's name of a kind, '' when unknown. */
	constructor(private categoryName: (categoryId: string) => string = () => '') {}

	/** The kinds are called otherwise from now on: they are part of what is searched. */
	rename(categoryName: (categoryId: string) => string): void {
		this.categoryName = categoryName;
		for (const rows of [
			...this.#packs.values(),
			...this.#ahead.values(),
			this.#overlay.values(),
			this.#shown
		])
			for (const entry of rows) entry.text = null;
	}

	hasPack(hash: string): boolean {
		return this.#packs.has(hash);
	}

	/** How many goods are shown. */
	get shown(): number {
		return this.#shown.length;
	}

	/** Reads a pack while it is not stored yet, so that adding it costs nothing. */
	async readAhead(pack: ReadPack): Promise<void> {
		await this.#slice();
		if (!this.hasPack(pack.hash)) this.#ahead.set(pack.hash, entriesOf(pack));
	}

	/** Seen after the next `show`. */
	async addPack(pack: ReadPack): Promise<void> {
		await this.#slice();
		this.#packs.set(pack.hash, this.#ahead.get(pack.hash) ?? entriesOf(pack));
		this.#ahead.delete(pack.hash);
	}

	/** Forgets every other pack. */
	keepPacks(hashes: ReadonlySet<string>): void {
		for (const packs of [this.#packs, this.#ahead])
			for (const hash of packs.keys()) if (!hashes.has(hash)) packs.delete(hash);
	}

	/** What is seen from now on; what was seen before stays until then. One at a time. */
	async show(state: CatalogueState): Promise<void> {
		const overlay = new Map<string, Listed>();
		for (const doc of state.overlay) {
			const before = this.#overlay.get(doc.id);
			overlay.set(doc.id, before?.version === doc.version ? before : listedOf(doc));
		}
		const added = [...overlay.values()].sort(newestFirst);
		await this.#slice();
		const found = mergeKnown(this.#packs.values(), state.hidden, added);
		await this.#slice();
		const seen = (rows: readonly Listed[]) =>
			rows.filter((row) => found.get(row.id) === row && followsGoods(state.follows, row.columns));
		const sorted = await mergeSorted([...this.#packs.values(), added].map(seen), this.#slice);
		this.#overlay = overlay;
		this.#byId = found;
		this.#shown = state.coming ? behind(this.#shown, sorted) : sorted;
	}

	listing(id: string): PublicListing | null {
		return this.#byId.get(id)?.data ?? null;
	}

	/** Accent-blind, every word must occur; in the order of the catalogue. */
	search(filter: CatalogueFilter): { items: PublicListing[]; total: number } {
		const words = searchWords(filter.q ?? '');
		const limit = filter.limit ?? Infinity;
		const items: PublicListing[] = [];
		let total = 0;
		if (words.length > 0) this.#makeTexts(this.#shown.filter((entry) => entry.text === null));
		for (const entry of this.#shown) {
			const { columns, text } = entry;
			if (filter.categoryId && columns.categoryId !== filter.categoryId) continue;
			if (filter.wardCode && columns.wardCode !== filter.wardCode) continue;
			if (filter.sellerId && columns.sellerId !== filter.sellerId) continue;
			if (!words.every((word) => text?.includes(word))) continue;
			total += 1;
			if (items.length < limit) items.push(entry.data);
		}
		return { items, total };
	}

	/** Makes what is shown ready to be searched, so that the first word typed does not wait for it. */
	async prepareSearch(): Promise<void> {
		const left = this.#shown.filter((entry) => entry.text === null);
		for (let at = 0; at < left.length; at += textsAtOnce) {
			await this.#slice();
			this.#makeTexts(left.slice(at, at + textsAtOnce));
		}
	}

	#makeTexts(entries: readonly Listed[]): void {
		const texts = entries.map((entry) => {
			const { title, categoryId, seller, wardName, formerly, place, description } = entry.glance();
			const category = this.categoryName(categoryId);
			return [title, category, seller.name, wardName, formerly, place, description].join('\n');
		});
		foldAll(texts).forEach((text, at) => {
			const entry = entries[at];
			if (entry) entry.text = text;
		});
	}
}

const entriesOf = ({ bytes }: ReadPack): Listed[] => listingsOf(bytes).sort(newestFirst);

const newestFirst = (a: Listed, b: Listed): number =>
	a.columns.order - b.columns.order || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

/** Sorted lists as one, in slices. */
async function mergeSorted(lists: Listed[][], slice: () => Promise<void>): Promise<Listed[]> {
	while (lists.length > 1) {
		const next: Listed[][] = [];
		for (let at = 0; at < lists.length; at += 2) {
			await slice();
			next.push(mergeTwo(lists[at] ?? [], lists[at + 1] ?? []));
		}
		lists = next;
	}
	return lists[0] ?? [];
}

function mergeTwo(a: readonly Listed[], b: readonly Listed[]): Listed[] {
	const both: Listed[] = [];
	let [i, j] = [0, 0];
	for (let one = a[i], other = b[j]; one && other;) {
		if (newestFirst(one, other) <= 0) {
			both.push(one);
			one = a[(i += 1)];
		} else {
			both.push(other);
			other = b[(j += 1)];
		}
	}
	return both.concat(a.slice(i), b.slice(j));
}

/** The new ones behind those that are shown: nothing moves under a finger while more is coming. */
function behind(shown: readonly Listed[], seen: readonly Listed[]): Listed[] {
	const now = new Map(seen.map((entry) => [entry.id, entry]));
	const stay: Listed[] = [];
	for (const { id } of shown) {
		const entry = now.get(id);
		if (entry) stay.push(entry);
		now.delete(id);
	}
	return [...stay, ...now.values()];
}
