import { liveQuery } from 'dexie';
import type { PhotoRow } from '../store/local.ts';
import type { Store } from '../store/store.ts';
import { photoHash, photosInUse } from './photos.ts';
import { askPhoto, sendPhoto, type Sent, type SendOptions } from './send-photo.ts';

export type UploaderOptions = {
	readonly store: Store;
	readonly endpoint: string;
	readonly random?: () => number;
	/** Told of a fault of our own; the photo is tried again. */
	readonly fault: (error: unknown) => void;
};

const firstWaitMs = 1_000;
const longestWaitMs = 60_000;

/**
 * Brings photos and voice notes to the server beside the commands, one after the other in the order they were added,
 * and goes on where a cut or a closed tab left it (sync 5). One that does not get through goes behind those that have
 * failed less often. Only the leading tab runs it.
 */
export class PhotoUploader {
	readonly #store: Store;
	readonly #options: UploaderOptions;
	#stops: (() => void)[] = [];
	#abort = new AbortController();
	#running: Promise<void> | null = null;
	#timer: ReturnType<typeof setTimeout> | undefined;
	#failures = 0;
	/** How often each did not get through, since this tab leads. */
	readonly #failed = new Map<string, number>();

	constructor(options: UploaderOptions) {
		this.#options = options;
		this.#store = options.store;
	}

	start(): void {
		this.#abort = new AbortController();
		const waiting = liveQuery(() =>
			this.#store.local.photos.where('state').equals('on_device').primaryKeys()
		).subscribe({ next: (hashes) => void (hashes.length > 0 && this.#failures === 0 && this.#run()) });
		// A photo is kept first and named by its draft after.
		const named = this.#store.docs.drafts.$.subscribe(() => {
			if (this.#failures === 0) this.#run();
		});
		const state = liveQuery(() => this.#store.readState()).subscribe({
			next: ({ session, reachable }) => {
				// Signed in again, or the server is back.
				if (session === 'signed_in' && reachable) this.retry();
			}
		});
		this.#stops = [() => waiting.unsubscribe(), () => named.unsubscribe(), () => state.unsubscribe()];
	}

	async stop(): Promise<void> {
		for (const stop of this.#stops) stop();
		this.#stops = [];
		clearTimeout(this.#timer);
		this.#abort.abort();
		await this.#running;
	}

	/** Tries at once, whatever failed before. */
	retry(): void {
		this.#failures = 0;
		this.#run();
	}

	/** Sends what can be sent now; resolves when nothing is left or something has to be waited for. */
	async sendAll(): Promise<'done' | 'later' | 'stop'> {
		const tried = new Set<string>();
		for (;;) {
			const photo = await this.#next(tried);
			if (!photo) return tried.size === 0 ? 'done' : 'later';
			const sent = await this.#send(photo);
			await this.#write(photo, sent);
			if (sent.outcome === 'stop') return 'stop';
			// Damaged on the way: again from the start, but not at once.
			if (sent.outcome !== 'later' && !isDamaged(sent)) continue;
			tried.add(photo.hash);
			this.#failed.set(photo.hash, (this.#failed.get(photo.hash) ?? 0) + 1);
			// Without a network the others fare no better; the next round begins with one of them.
			if (sent.outcome === 'later' && !sent.reached) return 'later';
		}
	}

	#run(): void {
		if (this.#running || this.#stops.length === 0) return;
		clearTimeout(this.#timer);
		this.#running = this.sendAll()
			.catch((error: unknown) => {
				this.#options.fault(error);
				return 'later' as const;
			})
			.then((end) => {
				this.#running = null;
				if (end === 'done') this.#failures = 0;
				// After `stop` the change of the session starts it again.
				if (end === 'later' && this.#stops.length > 0)
					this.#timer = setTimeout(() => this.#run(), this.#pause());
			});
	}

	#pause(): number {
		const full = Math.min(longestWaitMs, firstWaitMs * 2 ** this.#failures);
		this.#failures += 1;
		return full * (0.5 + (this.#options.random ?? Math.random)() / 2);
	}

	async #next(tried: ReadonlySet<string>): Promise<PhotoRow | undefined> {
		const { session } = await this.#store.readState();
		if (this.#store.userId === null || (session !== 'signed_in' && session !== 'unknown')) return undefined;
		const used = await photosInUse(this.#store);
		const waiting = await this.#store.local.photos.where('state').equals('on_device').sortBy('addedAt');
		const failures = ({ hash }: PhotoRow) => this.#failed.get(hash) ?? 0;
		const [first] = waiting
			.filter(({ hash }) => used.has(hash) && !tried.has(hash))
			.sort((a, b) => failures(a) - failures(b));
		return first;
	}

	async #send(photo: PhotoRow): Promise<Sent> {
		const { local, userId } = this.#store;
		const kept = await local.photoBytes.get(photo.hash);
		if (!kept?.original || userId === null) return { outcome: 'refused', refusal: { code: 'photo_missing' } };
		// Bytes that no longer fit their name would be refused by the server again and again.
		if ((await photoHash(kept.original)) !== photo.hash)
			return { outcome: 'refused', refusal: { code: 'photo_missing' } };
		const options: SendOptions = {
			endpoint: this.#options.endpoint,
			actorId: userId,
			signal: this.#abort.signal,
			progress: (bytesSent) => void local.photos.update(photo.hash, { bytesSent }),
			address: (uploadUrl) => void local.photos.update(photo.hash, { uploadUrl })
		};
		const known = await askPhoto(photo.hash, options);
		if (known !== 'send') return known;
		return sendPhoto(photo, kept.original, options);
	}

	async #write(photo: PhotoRow, sent: Sent): Promise<void> {
		const { photos } = this.#store.local;
		if (sent.outcome === 'stored')
			await photos.update(photo.hash, { state: 'stored', bytesSent: photo.bytes, uploadUrl: null });
		else if (isDamaged(sent)) await photos.update(photo.hash, { bytesSent: 0, uploadUrl: null });
		else if (sent.outcome === 'refused')
			await photos.update(photo.hash, { state: 'refused', refusal: sent.refusal, uploadUrl: null });
	}
}

const isDamaged = (sent: Sent): boolean =>
	sent.outcome === 'refused' && sent.refusal.code === 'upload_hash_mismatch';
