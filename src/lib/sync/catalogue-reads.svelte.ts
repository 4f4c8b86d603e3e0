import type { PublicListing } from '$lib/domain/listings/schema.ts';
import type { CatalogueFound, CatalogueSearch, Live } from './device.ts';
import { CatalogueIndex } from './fold/catalogue.ts';
import { everything, packsFollowed } from './fold/follows.ts';
import { readBesidePacks } from './read-catalogue.ts';
import { readReference } from './reads.ts';
import { packsHere } from './store/packs.ts';
import { LiveQuery, watchReads } from './store/live-query.svelte.ts';
import type { Store } from './store/store.ts';
import { catalogueChanged, documentsChanged } from './store/triggers.ts';

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
	readonly #built: LiveQuery<number>;

	constructor(store: Store, failed: (error: unknown) => void) {
		this.#store = store;
		this.#built = new LiveQuery<number>(
			0,
			watchReads(
				[documentsChanged(store, ['listings', 'reference']), catalogueChanged(store)],
				(soFar) => this.#build(soFar),
				failed
			)
		);
	}

	async #build(soFar: (build: number) => void): Promise<number> {
		const store = this.#store;
		const index = await this.#indexNow();
		const { manifest, overlay, hidden } = await readBesidePacks(store);
		const { follows = everything } = await store.readState();
		const followed = manifest ? packsFollowed(follows, manifest) : [];
		index.keepPacks(new Set(followed.map((pack) => pack.hash)));
		const here = await packsHere(store.local);
		const fresh = followed.filter((pack) => here.has(pack.hash) && !index.hasPack(pack.hash));
		const shown = async () => {
			await index.show({ overlay, hidden, follows, coming: followed.some((pack) => !here.has(pack.hash)) });
			this.#shown = index;
			return (this.#builds += 1);
		};
		for (const { hash } of fresh) {
			const pack = await store.local.packs.get(hash);
			if (pack) await index.addPack(hash, pack.text);
			if (hash === manifest?.first?.hash && fresh.length > 1) soFar(await shown());
		}
		return shown();
	}

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
