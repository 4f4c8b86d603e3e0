import { liveQuery } from 'dexie';
import { merge, type Observable } from 'rxjs';
import type { Store } from './store.ts';

export type Trigger = (changed: () => void) => () => void;

/** Fires once the store is open, and then as the store's own. */
export const onceOpen =
	(opened: Promise<Store | null>, inStore: (store: Store) => Trigger): Trigger =>
	(changed) => {
		let stop: (() => void) | null = () => undefined;
		void opened.then((store) => {
			if (!store || !stop) return;
			stop = inStore(store)(changed);
			changed();
		});
		return () => {
			stop?.();
			stop = null;
		};
	};

/** Fires when a document of one of these collections changes, in this tab or another. */
export const documentsChanged =
	(store: Store, names: readonly (keyof Store['docs']['collections'])[]): Trigger =>
	(changed) => {
		const changes = names.map((name): Observable<unknown> => store.docs[name].$);
		const subscription = merge(...changes).subscribe(changed);
		return () => subscription.unsubscribe();
	};

/** Fires when a pack, the manifest, a mark of what is gone, or the part that is followed changes, in this tab or another. */
export const catalogueChanged =
	(store: Store): Trigger =>
	(changed) => {
		const { packs, manifest, gone, state } = store.local;
		const watched = () =>
			Promise.all([
				packs.toCollection().primaryKeys(),
				manifest.get('this'),
				gone.toArray(),
				state.get('this')
			]);
		const subscription = liveQuery(() =>
			store.local.transaction('r', packs, manifest, gone, state, watched)
		).subscribe({ next: changed });
		return () => subscription.unsubscribe();
	};

/** Fires when the catalogue has been pulled to its end for the first time, in this tab or another. */
export const firstPulled =
	({ local }: Store): Trigger =>
	(changed) => {
		let before = false;
		const pulled = async () => ((await local.pulls.get('listings'))?.pulledAt ?? null) !== null;
		const subscription = liveQuery(pulled).subscribe({
			next: (now) => {
				if (now && !before) changed();
				before = now;
			}
		});
		return () => subscription.unsubscribe();
	};
