import type { PublicListing } from '$lib/domain/listings/schema.ts';
import type { CatalogueFound, CatalogueSearch, Live } from './device.ts';
import { CatalogueIndex } from './fold/catalogue.ts';
import { packsFollowed } from './fold/follows.ts';
import { sameValue } from './fold/merge.ts';
import type { Position } from './protocol/wire.ts';
import { readBesidePacks } from './read-catalogue.ts';
import { readReference } from './reads.ts';
import type { PackRow } from './store/local.ts';
import { LiveQuery, watchReads } from './store/live-query.svelte.ts';
import type { Store } from './store/store.ts';
import { catalogueChanged, documentsChanged, type Trigger } from './store/triggers.ts';
import type { Follows } from './store/types.ts';

/** Packs read from the disk in one go. */
const packsAtOnce = 6;

/**
 * The public catalogue on the device behind one repository: packs and what changed since (sync 10). The first
 * answer is the newest goods, which lie in a small pack of their own; the whole follows within moments.
 */
export class CatalogueReads {
	readonly #store: Store;
	#shown = new CatalogueIndex();
	/** The index that is being made, with the names of the kinds that are part of its texts. */
	#making = { names: '', index: new CatalogueIndex() };
	#builds = 0;
	/** What the list was last made from, besides packs. */
	#shownAs: { readonly position: Position | undefined; readonly follows: Follows } | null = null;
	/** Packs that have just come to this tab, until they are read. */
	readonly #came = new Map<string, string>();
	readonly #built: LiveQuery<number>;

	constructor(store: Store, failed: (error: unknown) => void) {
		this.#store = store;
		this.#built = new LiveQuery<number>(
			0,
			watchReads(
				[this.#atHand, documentsChanged(store, ['listings', 'reference']), catalogueChanged(store)],
				(soFar) => this.#build(soFar),
				failed
			)
		);
	}

	async #build(soFar: (build: number) => void): Promise<number> {
		const index = await this.#indexNow();
		const { manifest, overlay, hidden, follows, here } = await readBesidePacks(this.#store);
		const followed = manifest ? packsFollowed(follows, manifest) : [];
		const names = new Set(followed.map((pack) => pack.hash));
		index.keepPacks(names);
		for (const hash of this.#came.keys()) if (!names.has(hash)) this.#came.delete(hash);
		const fresh = followed.map((pack) => pack.hash).filter((hash) => here.has(hash) && !index.hasPack(hash));
		const coming = followed.some((pack) => !here.has(pack.hash));
		const shown = async () => {
			await index.show({ overlay, hidden, follows, coming });
			this.#shown = index;
			this.#shownAs = { position: manifest?.position, follows };
			return (this.#builds += 1);
		};
		const several = fresh.length > 1;
		// The small one by itself: it is what is seen first.
		for (let some = fresh.splice(0, 1); some.length > 0; some = fresh.splice(0, packsAtOnce)) {
			for (const [hash, text] of await this.#texts(some)) await index.addPack(hash, text);
			if (several && manifest?.first && some[0] === manifest.first.hash) soFar(await shown());
		}
		// In a first sync nothing changes but that packs come: each time the list has doubled it is made anew.
		const { added, shown: before } = index.size;
		const waits = coming && manifest?.complete === false && added < 2 * before;
		if (waits && sameValue(this.#shownAs, { position: manifest.position, follows })) return this.#builds;
		const build = await shown();
		if (!coming) void index.prepareSearch();
		return build;
	}

	/** Of packs that are here: as they came just now, or from the disk. */
	async #texts(hashes: readonly string[]): Promise<Map<string, string>> {
		const texts = new Map<string, string>();
		const onDisk = hashes.filter((hash) => !this.#came.has(hash));
		const rows = onDisk.length > 0 ? await this.#store.local.packs.bulkGet(onDisk) : [];
		for (const row of rows) if (row) texts.set(row.hash, row.text);
		for (const hash of hashes) {
			const text = this.#came.get(hash);
			if (text !== undefined) texts.set(hash, text);
			this.#came.delete(hash);
		}
		return texts;
	}

	/** Fires for nothing: keeps what comes at hand until it is on the disk and read. */
	readonly #atHand: Trigger = () => {
		const { packReaders } = this.#store.local;
		const keep = (packs: readonly PackRow[]) => {
			for (const { hash, text } of packs) this.#came.set(hash, text);
		};
		packReaders.add(keep);
		return () => {
			packReaders.delete(keep);
			this.#came.clear();
		};
	};

	/** The same index again, or an empty one when the names of the kinds have changed. */
	async #indexNow(): Promise<CatalogueIndex> {
		const { pack } = await readReference(this.#store);
		const names = new Map(pack?.categories.map((category) => [category.id, category.name]));
		const key = JSON.stringify([...names]);
		if (key !== this.#making.names)
			this.#making = { names: key, index: new CatalogueIndex((id) => names.get(id) ?? '') };
		return this.#making.index;
	}

	search(query: CatalogueSearch): CatalogueFound {
		const ready = this.#built.current > 0;
		return { ...this.#shown.search(query), ready };
	}

	listing(id: string): Live<PublicListing | null> {
		const built = this.#built;
		const found = () => this.#shown.listing(id);
		return {
			get current() {
				return built.current > 0 ? found() : null;
			},
			get ready() {
				return built.ready;
			}
		};
	}
}
