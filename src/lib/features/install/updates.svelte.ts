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
 * `waiting` = a new version is here and asks. `leaving` = typed text is being put away before the reload.
 * `kept` = it could not be put away, so the screen stays as it is.
 */
export type UpdateState = 'none' | 'waiting' | 'leaving' | 'kept';

const hour = 3_600_000;

/**
 * Follows new versions of the program. A version never takes over by itself: a reload loses what is being typed.
 * When somebody lets it, every open screen first stores its text and only then reloads.
 */
export class Updates {
	state: UpdateState = $state('none');
	#registration: WorkerRegistration | null = null;
	readonly #container: WorkerContainer;
	readonly #flush: () => Promise<void>;
	readonly #reload: () => void;
	#controlled: boolean;

	constructor(deps: { container: WorkerContainer; flush: () => Promise<void>; reload: () => void }) {
		this.#container = deps.container;
		this.#flush = deps.flush;
		this.#reload = deps.reload;
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
			this.#container.removeEventListener('controllerchange', taken);
		};
	}

	/** Asks the server whether there is a newer version. */
	look(): void {
		void this.#registration?.update().catch(() => undefined);
	}

	/** Somebody wants the new version: text first, then every tab takes it. */
	async apply(): Promise<void> {
		if (this.state === 'leaving') return;
		const waiting = this.#registration?.waiting;
		if (!waiting) return this.#leave();
		if (await this.#putAway()) waiting.postMessage('take over');
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
		if (this.state === 'none') this.state = 'waiting';
	}

	async #leave(): Promise<void> {
		if (await this.#putAway()) this.#reload();
	}

	async #putAway(): Promise<boolean> {
		this.state = 'leaving';
		try {
			await this.#flush();
			return true;
		} catch {
			this.state = 'kept';
			return false;
		}
	}
}
