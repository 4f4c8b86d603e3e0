import type { PublicListing } from '$lib/domain/listings/schema.ts';
import type { CatalogueFound, CatalogueSearch, Live } from './device.ts';
import { CatalogueIndex } from './fold/catalogue.ts';
import { packsFollowed } from './fold/follows.ts';
import { sameValue } from './fold/merge.ts';
import type { PackManifest } from './protocol/packs.ts';
import type { Position } from './protocol/wire.ts';
import { readBesidePacks } from './read-catalogue.ts';
import { readReference } from './reads.ts';
import { noteCatalogue } from './store/catalogue-hint.ts';
import type { ReadPack } from './store/local.ts';
import { readPacks } from './store/packs.ts';
import { LiveQuery, watchReads } from './store/live-query.svelte.ts';
import type { Store } from './store/store.ts';
import { catalogueChanged, documentsChanged, type Trigger } from './store/triggers.ts';
import type { Follows } from './store/types.ts';

/** Packs read from the disk in one go. */
const packsAtOnce = 3;
/** A list that grows by packs alone is made anew after so long. */
const betweenListsMs = 1_000;

/** What has come of a first sync before the store was open. */
export type CameEarly = { readonly manifest: PackManifest; readonly first: ReadPack };

/**
 * The public catalogue on the device behind one repository: packs and what changed since (sync 10). The first
 * answer is the newest goods, which lie in a small pack of their own; the whole follows within moments.
 */
export class CatalogueReads {
	readonly #store: Store;
	readonly #index = new CatalogueIndex();
	/** The names of the kinds that are part of its texts. */
	#kinds = '';
	#builds = 0;
	/** What the list was last made from, besides packs, and when. */
	#shownAs: {
		readonly position: Position | undefined;
		readonly follows: Follows;
		readonly at: number;
	} | null = null;
	#changed: () => void = () => undefined;
	#timer: ReturnType<typeof setTimeout> | undefined;
	/** Packs that the manifest here names. */
	#named: ReadonlySet<string> = new Set();
	/** A manifest that came before the store was open; it counts until one is stored. */
	#offered: PackManifest | null = null;
	/** Packs that have just come to this tab, until they are read. */
	readonly #came = new Map<string, ReadPack>();
	readonly #built: LiveQuery<number>;
	readonly #early: Promise<CameEarly | null>;

	/** `early`: what can be shown of a first sync while nothing is stored yet. */
	constructor(store: Store, failed: (error: unknown) => void, early: Promise<CameEarly | null>) {
		this.#store = store;
		this.#early = early;
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
		await this.#nameKinds();
		const { manifest, overlay, hidden, follows, here } = await readBesidePacks(this.#store, this.#offered);
		const followed = manifest ? packsFollowed(follows, manifest) : [];
		const index = this.#index;
		this.#named = new Set(followed.map((pack) => pack.hash));
		index.keepPacks(this.#named);
		if (manifest) for (const hash of this.#came.keys()) if (!this.#named.has(hash)) this.#came.delete(hash);
		// What is seen first need not be on the disk: it is in the other packs too.
		const isReadable = (hash: string) =>
			here.has(hash) || (hash === manifest?.first?.hash && this.#came.has(hash));
		const fresh = followed
			.map((pack) => pack.hash)
			.filter((hash) => isReadable(hash) && !index.hasPack(hash));
		const coming = followed.some((pack) => !here.has(pack.hash));
		const shown = async () => {
			clearTimeout(this.#timer);
			this.#timer = undefined;
			await index.show({ overlay, hidden, follows, coming });
			this.#shownAs = { position: manifest?.position, follows, at: performance.now() };
			return (this.#builds += 1);
		};
		const several = fresh.length > 1;
		// The small one by itself: it is what is seen first.
		for (let some = fresh.splice(0, 1); some.length > 0; some = fresh.splice(0, packsAtOnce)) {
			for (const pack of await this.#read(some)) await index.addPack(pack);
			if (several && manifest?.first && some[0] === manifest.first.hash) soFar(await shown());
		}
		// In a first sync nothing changes but that packs come: on a fast line the list is not made anew for each.
		const last = this.#shownAs;
		const only = coming && manifest?.complete === false && index.shown > 0;
		if (only && last && sameValue([last.position, last.follows], [manifest.position, follows])) {
			const left = betweenListsMs - (performance.now() - last.at);
			if (left > 0) {
				this.#timer ??= setTimeout(this.#changed, left);
				return this.#builds;
			}
		}
		const build = await shown();
		if (manifest?.complete !== false) noteCatalogue(this.#store.name, manifest !== null);
		if (!coming) void index.prepareSearch();
		return build;
	}

	/** Of packs that are here: as they came just now, or from the disk. */
	async #read(hashes: readonly string[]): Promise<ReadPack[]> {
		const atHand = hashes.flatMap((hash) => this.#came.get(hash) ?? []);
		const onDisk = hashes.filter((hash) => !this.#came.has(hash));
		const read = onDisk.length > 0 ? await readPacks(this.#store.local, onDisk) : [];
		for (const hash of hashes) this.#came.delete(hash);
		return [...atHand, ...read];
	}

	/** Reads what comes while it is written, and keeps it at hand until it is on the disk. */
	readonly #atHand: Trigger = (changed) => {
		this.#changed = changed;
		const { packReaders } = this.#store.local;
		const keep = (pack: ReadPack) => {
			if (this.#index.hasPack(pack.hash)) return;
			this.#came.set(pack.hash, pack);
			if (this.#named.has(pack.hash)) void this.#index.readAhead(pack);
			if (this.#index.shown === 0) changed();
		};
		packReaders.add(keep);
		void this.#early.then((early) => {
			if (!early || this.#index.shown > 0) return;
			this.#offered = early.manifest;
			keep(early.first);
		});
		return () => {
			packReaders.delete(keep);
			clearTimeout(this.#timer);
			this.#timer = undefined;
			this.#came.clear();
		};
	};

	async #nameKinds(): Promise<void> {
		const { pack } = await readReference(this.#store);
		const names = new Map(pack?.categories.map((category) => [category.id, category.name]));
		const key = JSON.stringify([...names]);
		if (key === this.#kinds) return;
		this.#kinds = key;
		this.#index.rename((id) => names.get(id) ?? '');
	}

	search(query: CatalogueSearch): CatalogueFound {
		const ready = this.#built.current > 0;
		return { ...this.#index.search(query), ready };
	}

	listing(id: string): Live<PublicListing | null> {
		const built = this.#built;
		const found = () => this.#index.listing(id);
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
