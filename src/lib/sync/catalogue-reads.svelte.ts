import type { PublicListing } from '$lib/domain/listings/schema.ts';
import type { CatalogueFound, CatalogueSearch, Live } from './device.ts';
import { CatalogueIndex } from './fold/catalogue.ts';
import { readDocs, readReference } from './reads.ts';
import { LiveQuery, watchReads } from './store/live-query.svelte.ts';
import type { Store } from './store/store.ts';
import { documentsChanged } from './store/triggers.ts';

/**
 * The public catalogue on the device, behind one repository: today listing by listing, later packs with an
 * overlay, and no screen will notice.
 */
export class CatalogueReads {
	readonly #index = new CatalogueIndex();
	readonly #built: LiveQuery<number>;

	constructor(store: Store, failed: (error: unknown) => void) {
		let builds = 0;
		let packKnown = false;
		this.#built = new LiveQuery<number>(
			0,
			watchReads(
				[documentsChanged(store, ['listings', 'reference'])],
				async () => {
					const { pack } = await readReference(store);
					const names = new Map(pack?.categories.map((category) => [category.id, category.name]));
					if (pack && !packKnown) this.#index.forget();
					packKnown = pack !== null;
					this.#index.rebuild(await readDocs(store, 'listings'), (id) => names.get(id) ?? '');
					return (builds += 1);
				},
				failed
			)
		);
	}

	search(query: CatalogueSearch): CatalogueFound {
		const ready = this.#built.current > 0;
		return { ...this.#index.search(query), ready };
	}

	listing(id: string): Live<PublicListing | null> {
		const built = this.#built;
		const index = this.#index;
		return {
			get current() {
				return built.current > 0 ? index.listing(id) : null;
			},
			get ready() {
				return built.ready;
			}
		};
	}
}
