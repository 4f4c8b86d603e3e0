import { liveQuery } from 'dexie';
import { SvelteMap } from 'svelte/reactivity';
import type { Store } from './store/store.ts';

/** Object URLs of pictures that lie on this device, made when first shown and freed with the store. */
export class PhotoUrls {
	readonly #store: Store;
	readonly #urls = new SvelteMap<string, string | null>();
	readonly #asked = new Set<string>();

	readonly #stop: () => void;

	constructor(store: Store) {
		this.#store = store;
		const { files, photoBytes } = store.local;
		// What was not here when it was asked for may have come since, in another tab or in the background.
		const kept = liveQuery(() =>
			Promise.all([files.toCollection().primaryKeys(), photoBytes.toCollection().primaryKeys()])
		).subscribe({ next: (keys) => keys.flat().forEach((key) => this.#refresh(key)) });
		this.#stop = () => kept.unsubscribe();
	}

	/** The address of a photo by its hash; null until it is read, or when it is not here. */
	photo(hash: string): string | null {
		return this.#get(hash, async () => {
			const { local } = this.#store;
			const bytes = await local.photoBytes.get(hash);
			const picture = bytes?.original ?? bytes?.thumb;
			return picture
				? new Blob([picture], { type: (await local.photos.get(hash))?.type ?? 'image/jpeg' })
				: null;
		});
	}

	/** The address of a private picture of a case kept for work without a network, else the server's path. */
	file(path: string): string {
		return (
			this.#get(path, async () => {
				const row = await this.#store.local.files.get(path);
				return row ? new Blob([row.bytes], { type: row.type }) : null;
			}) ?? path
		);
	}

	close(): void {
		this.#stop();
		for (const url of this.#urls.values()) if (url) URL.revokeObjectURL(url);
		this.#urls.clear();
	}

	#refresh(key: string): void {
		if (this.#urls.get(key) !== null) return;
		this.#asked.delete(key);
		this.#urls.delete(key);
	}

	#get(key: string, read: () => Promise<Blob | null>): string | null {
		const known = this.#urls.get(key);
		if (known === undefined && !this.#asked.has(key)) {
			this.#asked.add(key);
			void read()
				.catch(() => null)
				.then((blob) => this.#urls.set(key, blob ? URL.createObjectURL(blob) : null));
		}
		return known ?? null;
	}
}
