import type { Audience } from '$lib/sync/protocol/collections.ts';
import type { Poke } from '$lib/sync/protocol/wire.ts';

/** `end` closes the stream: the server is going away. */
type Listener = { readonly send: (poke: Poke) => void; readonly end: () => void };
type Subscriber = Listener & { readonly audiences: ReadonlySet<Audience> };

export type Hub = {
	subscribe(audiences: readonly Audience[], listener: Listener): () => void;
	deliver(pokes: readonly Poke[]): void;
	readonly connected: number;
	/** Ends every stream, so that a drained server leaves nothing open. */
	close(): void;
};

/** A public change concerns every device; spread over this time so that they do not all ask at one instant. */
const publicJitterMs = 1_000;

/** The devices connected to this process, and which pokes each may hear. */
export function createHub(random: () => number = Math.random): Hub {
	const subscribers = new Set<Subscriber>();
	return {
		subscribe(audiences, listener) {
			const subscriber = { ...listener, audiences: new Set(audiences) };
			subscribers.add(subscriber);
			return () => subscribers.delete(subscriber);
		},
		deliver(pokes) {
			for (const subscriber of subscribers)
				for (const poke of pokes) {
					if (poke.audience !== '*' && !subscriber.audiences.has(poke.audience)) continue;
					if (poke.audience === 'public' || poke.audience === '*')
						setTimeout(() => {
							if (subscribers.has(subscriber)) subscriber.send(poke);
						}, random() * publicJitterMs).unref();
					else subscriber.send(poke);
				}
		},
		get connected() {
			return subscribers.size;
		},
		close() {
			for (const subscriber of subscribers) subscriber.end();
			subscribers.clear();
		}
	};
}
