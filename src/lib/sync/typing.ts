import type { ListingContent } from '$lib/domain/listings/schema.ts';
import { queueDraftSave, typeIntoDraft, type Here } from './outbox/drafts.ts';
import type { Store } from './store/store.ts';

/** Photos are no text: they are added and taken out one by one. */
export type TypedFields = Partial<Omit<ListingContent, 'photos'>>;

const storeAfterMs = 250;
const queueAfterMs = 3_000;
const retryAfterMs = 2_000;

export type TypingOptions = {
	readonly store: Store;
	readonly here: Here;
	readonly saved: (listingId: string, at: string) => void;
	/** A save failed; the text stays here and is tried again (sync 15). */
	readonly failed: (error: unknown) => void;
};

/**
 * What is being typed: stored within 300 ms, queued for the server after a pause. Text leaves this buffer only
 * when the store has reported it written.
 */
export class Typing {
	readonly #options: TypingOptions;
	readonly #typed = new Map<string, TypedFields>();
	readonly #toQueue = new Map<string, ReturnType<typeof setTimeout>>();
	#timer: ReturnType<typeof setTimeout> | undefined;
	#writing: Promise<void> = Promise.resolve();

	constructor(options: TypingOptions) {
		this.#options = options;
	}

	/** Takes fields at once. */
	type(listingId: string, fields: TypedFields): void {
		this.#typed.set(listingId, { ...this.#typed.get(listingId), ...fields });
		this.#timer ??= setTimeout(() => void this.flush(), storeAfterMs);
	}

	/** Stores everything typed until now. Rejects never; what could not be stored stays and is tried again. */
	flush(): Promise<void> {
		clearTimeout(this.#timer);
		this.#timer = undefined;
		this.#writing = this.#writing.then(() => this.#write());
		return this.#writing;
	}

	/** What lies in this buffer alone, a listing each: nothing may end this page, or the store, over it. */
	left(): ReadonlyMap<string, TypedFields> {
		return new Map([...this.#typed].filter(([, fields]) => Object.keys(fields).length > 0));
	}

	/** Does something else to the working copies, behind what was typed until now; whoever flushes waits for it too. */
	behind<T>(work: () => Promise<T>): Promise<T> {
		const done = this.flush().then(work);
		this.#writing = done.then(
			() => undefined,
			() => undefined
		);
		return done;
	}

	/** Forgets what was typed into a listing that is being thrown away. */
	drop(listingId: string): void {
		this.#typed.delete(listingId);
		clearTimeout(this.#toQueue.get(listingId));
		this.#toQueue.delete(listingId);
	}

	/** Stores and queues everything now, pause or not. */
	async queueAll(): Promise<void> {
		await this.flush();
		for (const [listingId, timer] of this.#toQueue) {
			clearTimeout(timer);
			this.#toQueue.delete(listingId);
			await queueDraftSave(this.#options.store, this.#options.here, listingId);
		}
	}

	async close(): Promise<void> {
		await this.flush();
		clearTimeout(this.#timer);
		for (const timer of this.#toQueue.values()) clearTimeout(timer);
	}

	async #write(): Promise<void> {
		const { store, here } = this.#options;
		const failures: unknown[] = [];
		for (const [listingId, fields] of [...this.#typed]) {
			try {
				const typed = await typeIntoDraft(store, here, listingId, fields);
				if (!typed.ok) {
					// The listing is no longer editable: nothing typed can be meant for it.
					this.#forget(listingId, fields);
					continue;
				}
				this.#forget(listingId, fields);
				this.#options.saved(listingId, typed.value.updatedAt);
				this.#queueLater(listingId);
			} catch (error) {
				failures.push(error);
				this.#timer ??= setTimeout(() => void this.flush(), retryAfterMs);
			}
		}
		// Said last: a listing that could be stored must not hide one that could not.
		for (const error of failures) this.#options.failed(error);
	}

	/** Takes stored fields out, but not what was typed over them meanwhile. */
	#forget(listingId: string, stored: TypedFields): void {
		const now = this.#typed.get(listingId);
		if (!now) return;
		const written = new Map(Object.entries(stored));
		const left = Object.entries(now).filter(
			([field, value]) => !written.has(field) || written.get(field) !== value
		);
		if (left.length === 0) this.#typed.delete(listingId);
		else {
			this.#typed.set(listingId, Object.fromEntries(left));
			this.#timer ??= setTimeout(() => void this.flush(), storeAfterMs);
		}
	}

	#queueLater(listingId: string): void {
		const { store, here, failed } = this.#options;
		clearTimeout(this.#toQueue.get(listingId));
		this.#toQueue.set(
			listingId,
			setTimeout(() => {
				this.#toQueue.delete(listingId);
				queueDraftSave(store, here, listingId).catch(failed);
			}, queueAfterMs)
		);
	}
}

/** Queues every working copy the server does not have as it is here: what a closed tab had no time for. */
export async function queueAllDrafts(store: Store, here: Here): Promise<void> {
	for (const doc of await store.docs.drafts.find().exec()) await queueDraftSave(store, here, doc.id);
}
