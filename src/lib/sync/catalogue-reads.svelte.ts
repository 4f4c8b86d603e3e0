import type { CatalogueFound, CatalogueSearch, DeviceStatus, LiveGoods } from './device.ts';
import { CatalogueIndex } from './fold/catalogue.ts';
import { packsFollowed } from './fold/follows.ts';
import { sameValue } from './fold/merge.ts';
import type { PackManifest } from './protocol/packs.ts';
import type { Position } from './protocol/wire.ts';
import { besideNothing, readBesidePacks } from './read-catalogue.ts';
import { readReference } from './reads.ts';
import { noteCatalogue } from './store/catalogue-hint.ts';
import type { ReadPack } from './store/local.ts';
import { readPacks } from './store/packs.ts';
import { LiveQuery, watchReads } from './store/live-query.svelte.ts';
import type { Store } from './store/store.ts';
import { catalogueChanged, documentsChanged, firstPulled, onceOpen, type Trigger } from './store/triggers.ts';
import type { Follows } from './store/types.ts';

/** Packs read from the disk in one go. */
const packsAtOnce = 3;
/** A list that grows by packs alone is made anew after so long. */
const betweenListsMs = 1_000;

/** What has come of a first sync before the store was open. */
export type CameEarly = { readonly manifest: PackManifest; readonly first: ReadPack };

export type CatalogueSources = {
	readonly store: Promise<Store>;
	/** What can be shown of a first sync while nothing is stored yet. */
	readonly early: Promise<CameEarly | null>;
	/** Nothing was ever stored here: what came early is shown without waiting for the store. */
	readonly isNew: Promise<boolean>;
	readonly failed: (error: unknown) => void;
};

/**
 * The public catalogue on the device behind one repository: packs and what changed since (sync 10). The first
 * answer is the newest goods, which lie in a small pack of their own; the whole follows within moments.
 */
export class CatalogueReads {
	/** Null until it is open. */
	#store: Store | null = null;
	readonly #opened: Promise<Store | null>;
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
	/** The store has said what it holds: what is not found is not here. */
	#storeRead = false;
	/** All that is followed is in the list: what is not found is nowhere. */
	#whole = false;
	#coming = $state.raw<DeviceStatus['packs']>(null);
	/** Packs that have just come to this tab, until they are read. */
	readonly #came = new Map<string, ReadPack>();
	readonly #built: LiveQuery<number>;
	readonly #early: Promise<CameEarly | null>;

	constructor(sources: CatalogueSources) {
		// Why it does not open, who opened it hears.
		this.#opened = sources.store.then(
			(open) => (this.#store = open),
			() => null
		);
		this.#early = this.#mayShow(sources);
		const inStore = [
			onceOpen(this.#opened, (store) => documentsChanged(store, ['listings', 'reference'])),
			onceOpen(this.#opened, catalogueChanged),
			onceOpen(this.#opened, firstPulled)
		];
		this.#built = new LiveQuery<number>(
			0,
			watchReads([this.#atHand, ...inStore], (soFar) => this.#build(soFar), sources.failed)
		);
	}

	/** What came early: at once where nothing was ever stored, else when the store can say whether it counts. */
	async #mayShow({ early, isNew }: CatalogueSources): Promise<CameEarly | null> {
		const came = await early;
		if (!came) return null;
		const never = await isNew;
		if (!never) await this.#opened;
		this.#offered = came.manifest;
		if (never && this.#store === null) this.#coming = { here: 0, of: came.manifest.packs.length };
		return came;
	}

	/** How far a first sync has come whose first goods are shown while the store still opens; null = there are none. */
	get coming(): DeviceStatus['packs'] {
		return this.#coming;
	}

	async #build(soFar: (build: number) => void): Promise<number> {
		const store = this.#store;
		if (store) await this.#nameKinds(store);
		const none = this.#coming && this.#offered ? besideNothing(this.#offered) : null;
		const beside = store ? await readBesidePacks(store, this.#offered) : none;
		if (!beside) return this.#builds;
		const { manifest, overlay, hidden, follows, here } = beside;
		if (beside.stored) this.#offered = null;
		this.#storeRead = store !== null;
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
			this.#whole = beside.pulled && !coming;
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
		if (store && manifest?.complete !== false) noteCatalogue(store.name, manifest !== null);
		if (!coming) void index.prepareSearch();
		return build;
	}

	/** Of packs that are here: as they came just now, or from the disk. */
	async #read(hashes: readonly string[]): Promise<ReadPack[]> {
		const atHand = hashes.flatMap((hash) => this.#came.get(hash) ?? []);
		const onDisk = hashes.filter((hash) => !this.#came.has(hash));
		const read = this.#store && onDisk.length > 0 ? await readPacks(this.#store.local, onDisk) : [];
		for (const hash of hashes) this.#came.delete(hash);
		return [...atHand, ...read];
	}

	/** Reads what comes while it is written, and keeps it at hand until it is on the disk. */
	readonly #atHand: Trigger = (changed) => {
		this.#changed = changed;
		const keep = (pack: ReadPack) => {
			if (this.#index.hasPack(pack.hash)) return;
			this.#came.set(pack.hash, pack);
			if (this.#named.has(pack.hash)) void this.#index.readAhead(pack);
			if (this.#index.shown === 0) changed();
		};
		const stopReading = onceOpen(this.#opened, ({ local }) => () => {
			local.packReaders.add(keep);
			return () => local.packReaders.delete(keep);
		})(changed);
		void this.#early.then((early) => void (early && this.#index.shown === 0 && keep(early.first)));
		return () => {
			stopReading();
			clearTimeout(this.#timer);
			this.#timer = undefined;
			this.#came.clear();
		};
	};

	async #nameKinds(store: Store): Promise<void> {
		const { pack } = await readReference(store);
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

	listing(id: string): LiveGoods {
		const found = () => (this.#built.current > 0 ? this.#index.listing(id) : null);
		const ready = () => found() !== null || (this.#built.current > 0 && this.#storeRead);
		const coming = () => found() === null && this.#built.current > 0 && !this.#whole;
		return {
			get current() {
				return found();
			},
			get ready() {
				return ready();
			},
			get coming() {
				return coming();
			}
		};
	}
}
