import { takeOver } from './take-over.ts';

/** The part of `navigator.serviceWorker` that is needed. */
export interface WorkerContainer {
	readonly controller: object | null;
	register(url: string, options: { updateViaCache: 'none' }): Promise<WorkerRegistration>;
	addEventListener(type: 'controllerchange', listener: () => void): void;
	removeEventListener(type: 'controllerchange', listener: () => void): void;
}

export interface WorkerRegistration {
	readonly installing: InstallingWorker | null;
	readonly waiting: { postMessage(message: unknown): void } | null;
	update(): Promise<unknown>;
	addEventListener(type: 'updatefound', listener: () => void): void;
}

interface InstallingWorker {
	readonly state: string;
	addEventListener(type: 'statechange', listener: () => void): void;
}

/**
 * `waiting` = a new version is here and asks. `unfinished` = it comes when the person is done with what only this screen
 * holds. `leaving` = typed text is being put away before the reload.
 * `kept` = it could not be put away, so the screen stays as it is. `slow` = it is put away, and the browser has not let
 * the new version in yet: the screen goes on with the old one and changes when it does.
 */
export type UpdateState = 'none' | 'waiting' | 'unfinished' | 'leaving' | 'kept' | 'slow';

const hour = 3_600_000;
/** Longer than a slow phone takes to store a text, or to exchange two workers that have nothing else to do. */
const putAwayWithinMs = 10_000;
const takenOverWithinMs = 8_000;
const lookAgainMs = 500;

/**
 * Follows new versions of the program. A version never takes over by itself: a reload loses what is being typed.
 * When somebody lets it, every open screen first stores its text and only then reloads; one where somebody is in the middle
 * of something waits for them.
 */
export class Updates {
	state: UpdateState = $state('none');
	#registration: WorkerRegistration | null = null;
	readonly #container: WorkerContainer;
	readonly #flush: () => Promise<void>;
	readonly #reload: () => void;
	readonly #unfinished: () => boolean;
	/** The person said that what is unfinished here may go. */
	#anyway = false;
	#controlled: boolean;
	#patience: ReturnType<typeof setTimeout> | undefined;

	constructor(deps: {
		container: WorkerContainer;
		flush: () => Promise<void>;
		reload: () => void;
		unfinished?: () => boolean;
	}) {
		this.#container = deps.container;
		this.#flush = deps.flush;
		this.#reload = deps.reload;
		this.#unfinished = deps.unfinished ?? (() => false);
		this.#controlled = deps.container.controller !== null;
	}

	/** Registers the worker and listens until the returned function is called. */
	start(): () => void {
		const taken = () => {
			// The first worker of this browser takes over a page that is already its own version.
			if (this.#controlled) void this.#leave();
			this.#controlled = true;
		};
		this.#container.addEventListener('controllerchange', taken);
		const timer = setInterval(() => this.look(), hour);
		// Without a network, or where workers are forbidden, the program goes on as it is.
		void this.#register().catch(() => undefined);
		return () => {
			clearInterval(timer);
			clearTimeout(this.#patience);
			this.#container.removeEventListener('controllerchange', taken);
		};
	}

	/** Asks the server whether there is a newer version. */
	look(): void {
		void this.#registration?.update().catch(() => undefined);
	}

	/** Somebody wants the new version: text first, then every tab takes it. */
	async apply(): Promise<void> {
		if (this.state === 'leaving' || this.state === 'unfinished') return;
		const waiting = this.#registration?.waiting;
		if (!waiting) return this.#leave();
		if (!(await this.#putAway())) return;
		waiting.postMessage(takeOver);
		// The browser waits for what the old version's worker has under way, for minutes if need be.
		clearTimeout(this.#patience);
		this.#patience = setTimeout(() => {
			if (this.state !== 'leaving') return;
			this.#anyway = false;
			// A still newer version may have taken the place of the one that was let in.
			const now = this.#registration?.waiting ?? null;
			this.state = now !== null && now !== waiting ? 'waiting' : 'slow';
		}, takenOverWithinMs);
	}

	/** Not waiting for what is unfinished here: it goes. */
	anyway(): void {
		this.#anyway = true;
	}

	/** Not now; it asks again at the next start of the program. */
	later(): void {
		this.state = 'none';
	}

	async #register(): Promise<void> {
		const registration = await this.#container.register('/service-worker.js', { updateViaCache: 'none' });
		this.#registration = registration;
		if (registration.waiting && this.#controlled) this.#offer();
		registration.addEventListener('updatefound', () => {
			const next = registration.installing;
			next?.addEventListener('statechange', () => {
				if (next.state === 'installed' && this.#controlled) this.#offer();
			});
		});
	}

	#offer(): void {
		if (this.state === 'none' || this.state === 'slow') this.state = 'waiting';
	}

	async #leave(): Promise<void> {
		clearTimeout(this.#patience);
		if (await this.#putAway()) this.#reload();
	}

	async #finished(): Promise<void> {
		while (this.#unfinished() && !this.#anyway) {
			this.state = 'unfinished';
			await new Promise((resolve) => setTimeout(resolve, lookAgainMs));
		}
	}

	async #putAway(): Promise<boolean> {
		await this.#finished();
		this.state = 'leaving';
		let patience: ReturnType<typeof setTimeout> | undefined;
		const tooLong = new Promise<never>((_, reject) => {
			patience = setTimeout(() => reject(new Error('the text was not stored in time')), putAwayWithinMs);
		});
		try {
			await Promise.race([this.#flush(), tooLong]);
			return true;
		} catch {
			this.#anyway = false;
			this.state = 'kept';
			return false;
		} finally {
			clearTimeout(patience);
		}
	}
}
