import { liveQuery } from 'dexie';
import type { RxCollection } from 'rxdb/plugins/core';
import type { StoredDoc } from './documents.ts';
import type { OutboxRow, PhotoRow } from './local.ts';
import type { Store } from './store.ts';
import type { Trigger } from './triggers.ts';

/** Something of the store that is at hand while it is watched, so that a change is shown without reading everything anew. */
export type Watched<T> = { readonly changed: Trigger; read(): Promise<T> };

/** Tells many of one watch, which begins with the first and ends with the last. */
function shared(begin: (tell: () => void) => () => void): Trigger {
	const listeners = new Set<() => void>();
	let end: () => void = () => undefined;
	return (changed) => {
		// One of its own, should somebody watch twice.
		const listener = () => changed();
		listeners.add(listener);
		if (listeners.size === 1)
			end = begin(() => {
				for (const one of listeners) one();
			});
		return () => {
			if (listeners.delete(listener) && listeners.size === 0) end();
		};
	};
}

export type WorkRows = { readonly rows: readonly OutboxRow[]; readonly photos: readonly PhotoRow[] };

/** Outbox and photos as one snapshot. */
export async function readWorkRows({ local }: Store): Promise<WorkRows> {
	const [rows, photos] = await local.transaction('r', local.outbox, local.photos, () =>
		Promise.all([local.outbox.orderBy('seq').toArray(), local.photos.toArray()])
	);
	return { rows, photos };
}

/** Changes in this tab or another. What is at hand is the snapshot last told of, never a later one than it says. */
export function watchedWork(store: Store): Watched<WorkRows> {
	let last: WorkRows | null = null;
	const changed = shared((tell) => {
		const watching = liveQuery(() => readWorkRows(store)).subscribe({
			next: (work) => {
				last = work;
				tell();
			}
		});
		return () => {
			watching.unsubscribe();
			last = null;
		};
	});
	return { changed, read: async () => last ?? readWorkRows(store) };
}

/** How often a document was written; RxDB counts it in `_rev`, and the device's clock has no part in it. */
const height = (rev: string): number => Number.parseInt(rev, 10);

type Held<D> = { readonly doc: StoredDoc<D>; readonly height: number };

/**
 * The documents of a collection by their keys. Read from the disk once and then carried forward by what RxDB tells of
 * every tab's writes, which holds the whole document; after a removal, and when the tab is seen again after it may have
 * slept through some, they are read anew.
 */
export function watchedDocuments<D>(
	collection: RxCollection<StoredDoc<D>>
): Watched<readonly StoredDoc<D>[]> {
	let watch: DocumentsWatch<D> | null = null;
	const changed = shared((tell) => {
		const begun = (watch = new DocumentsWatch(collection, tell));
		return () => {
			begun.stop();
			watch = null;
		};
	});
	return { changed, read: async () => (watch ?? new DocumentsWatch(collection)).read() };
}

class DocumentsWatch<D> {
	readonly #collection: RxCollection<StoredDoc<D>>;
	readonly #stops: (() => void)[] = [];
	#held: Map<string, Held<D>> | null = null;
	#reading: Promise<Map<string, Held<D>>> | null = null;
	/** Told while the disk is read: which of both is the later, the height says. */
	#meanwhile: Held<D>[] = [];
	#spoilt = false;

	/** Without anybody to tell it reads the disk, once. */
	constructor(collection: RxCollection<StoredDoc<D>>, tell?: () => void) {
		this.#collection = collection;
		if (!tell) return;
		const changes = collection.$.subscribe((event) => {
			if (event.operation === 'DELETE') this.#spoil();
			else {
				const { key, audience, id, version, round, order, data, _rev } = event.documentData;
				this.#carry({ doc: { key, audience, id, version, round, order, data }, height: height(_rev) });
			}
			tell();
		});
		this.#stops.push(() => changes.unsubscribe());
		if (typeof document === 'undefined') return;
		const seen = () => void (document.visibilityState === 'visible' && this.#spoil());
		document.addEventListener('visibilitychange', seen);
		this.#stops.push(() => document.removeEventListener('visibilitychange', seen));
	}

	stop(): void {
		for (const stop of this.#stops) stop();
	}

	async read(): Promise<readonly StoredDoc<D>[]> {
		const held =
			this.#held ?? (await (this.#reading ??= this.#fromDisk().finally(() => (this.#reading = null))));
		return [...held.values()].map(({ doc }) => doc);
	}

	#spoil(): void {
		this.#spoilt = true;
		this.#held = null;
	}

	#carry(one: Held<D>): void {
		if (this.#held) putLater(this.#held, one);
		else if (this.#reading) this.#meanwhile.push(one);
	}

	async #fromDisk(): Promise<Map<string, Held<D>>> {
		for (;;) {
			this.#spoilt = false;
			this.#meanwhile = [];
			const found = new Map<string, Held<D>>();
			for (const row of await this.#collection.find().exec())
				putLater(found, { doc: row.toMutableJSON(), height: height(row.revision) });
			// Something was removed meanwhile: what was read may still hold it.
			if (this.#spoilt) continue;
			for (const one of this.#meanwhile) putLater(found, one);
			return (this.#held = found);
		}
	}
}

function putLater<D>(into: Map<string, Held<D>>, one: Held<D>): void {
	const before = into.get(one.doc.key);
	if (!before || before.height < one.height) into.set(one.doc.key, one);
}
