import type { ListingContent, ListingField } from '$lib/domain/listings/schema.ts';
import { no, type Result } from '$lib/domain/kernel/refusal.ts';
import type { Device, Live, Draft } from '$lib/sync/app.svelte.ts';

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/**
 * One listing under somebody's hands. What was typed lies over the stored draft until the store says the same, so
 * a slow or full disk never takes a letter back from the screen, while a change made elsewhere still shows.
 */
export class ListingEditor {
	readonly #device: Device;
	readonly #live: Live<Draft | null>;
	#typed = $state.raw<Partial<ListingContent>>({});
	/** Photos being shrunk right now. */
	adding = $state(0);
	/** The last photo that could not be added. */
	photoRefused = $state.raw<Extract<Result<unknown>, { ok: false }>['refusal'] | null>(null);
	/** A press of "Gửi duyệt" that is under way: a second one does nothing. */
	sending = $state(false);

	constructor(
		device: Device,
		readonly id: string
	) {
		this.#device = device;
		this.#live = device.drafts.live(id);
	}

	get draft(): Draft | null {
		return this.#live.current;
	}

	/** What stands on the screen; null while there is no working copy. */
	get content(): ListingContent | null {
		const draft = this.draft;
		return draft === null ? null : { ...draft.content, ...this.#typed };
	}

	/** Something on the screen is not in the store yet. */
	get unsaved(): boolean {
		return Object.keys(this.#typed).length > 0;
	}

	/** Typed too late: there is no working copy any more that would take it. It stays on the screen (sync 2). */
	get tooLate(): Partial<ListingContent> {
		return this.#live.ready && this.draft === null ? this.#typed : {};
	}

	set<F extends Exclude<ListingField, 'photos'>>(field: F, value: ListingContent[F]): void {
		// A control hands on its own reactive list; the store needs the plain one.
		const change: Partial<ListingContent> = { [field]: $state.snapshot(value) };
		this.#typed = { ...this.#typed, ...change };
		this.#device.drafts.update(this.id, change);
	}

	/** Lets go of what the store has meanwhile; the view calls it whenever the draft changes. */
	settle(draft: Draft | null): void {
		if (draft === null) return;
		const left = Object.entries(this.#typed).filter(([field, value]) => {
			const stored: unknown = Object.entries(draft.content).find(([name]) => name === field)?.[1];
			return !same(stored, value);
		});
		if (left.length < Object.keys(this.#typed).length) this.#typed = Object.fromEntries(left);
	}

	/** One after the other: shrinking eight photos at once is too much for a cheap phone. */
	async addPhotos(files: readonly File[]): Promise<void> {
		this.photoRefused = null;
		this.adding += files.length;
		for (const file of files) {
			try {
				await this.#device.flush();
				const added = await this.#device.drafts.addPhoto(this.id, file);
				if (!added.ok) this.photoRefused = added.refusal;
			} catch {
				this.photoRefused = no('upload_not_an_image').refusal;
			} finally {
				this.adding -= 1;
			}
		}
	}

	// Not typed: the list on the screen may lack a photo that is just being added.
	removePhoto = (hash: string): void => this.#device.drafts.removePhoto(this.id, hash);
	photoEarlier = (hash: string): void => this.#device.drafts.photoEarlier(this.id, hash);

	/** `seen` is what stood beside it when the person chose. */
	async resolve(field: ListingField, keep: 'mine' | 'theirs', seen: Draft['conflicts']): Promise<void> {
		const { [field]: _, ...rest } = this.#typed;
		await this.#device.flush();
		await this.#device.drafts.resolve(this.id, field, keep, seen);
		this.#typed = rest;
	}

	async submit(): Promise<Result<{ commandId: string }> | null> {
		if (this.sending) return null;
		this.sending = true;
		try {
			await this.#device.flush();
			return await this.#device.submit(this.id);
		} finally {
			this.sending = false;
		}
	}
}
