import { createSubscriber } from 'svelte/reactivity';

/** Begins to deliver values and returns how to stop. */
export type Watch<T> = (emit: (value: T) => void) => () => void;

/**
 * A reactive read of the device's store: it is watched while an effect or a template reads `current`, and
 * keeps its last value in between.
 */
export class LiveQuery<T> {
	#value: T;
	#ready = false;
	readonly #subscribe: () => void;

	constructor(initial: T, watch: Watch<T>) {
		this.#value = initial;
		this.#subscribe = createSubscriber((update) =>
			watch((value) => {
				this.#value = value;
				this.#ready = true;
				update();
			})
		);
	}

	get current(): T {
		this.#subscribe();
		return this.#value;
	}

	get ready(): boolean {
		this.#subscribe();
		return this.#ready;
	}
}

/**
 * Reads once, then again whenever a trigger fires: one read at a time, and one more when something changed
 * meanwhile. A read may tell what it has so far before it is done. A failed one keeps the last value and is told to
 * `failed`.
 */
export function watchReads<T>(
	triggers: readonly ((changed: () => void) => () => void)[],
	read: (soFar: (value: T) => void) => Promise<T>,
	failed: (error: unknown) => void = () => undefined
): Watch<T> {
	return (emit) => {
		let stopped = false;
		let reading = false;
		let again = false;
		const tell = (value: T) => {
			if (!stopped) emit(value);
		};
		const run = async () => {
			if (reading) {
				again = true;
				return;
			}
			reading = true;
			do {
				again = false;
				try {
					tell(await read(tell));
				} catch (error) {
					if (!stopped) failed(error);
				}
			} while (again && !stopped);
			reading = false;
		};
		const stops = triggers.map((trigger) => trigger(() => void run()));
		void run();
		return () => {
			stopped = true;
			for (const stop of stops) stop();
		};
	};
}
