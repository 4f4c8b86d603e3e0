import type { Audience } from '$lib/sync/protocol/collections.ts';
import type { Poke } from '$lib/sync/protocol/wire.ts';

/** Why a stream is closed: the server is going away, or too many newer ones of its member or of visitors were opened. */
export type StreamEnd = 'closing' | 'crowded';
type Listener = { readonly send: (poke: Poke) => void; readonly end: (why: StreamEnd) => void };
type Subscriber = Listener & {
	readonly memberId: string | null;
	readonly audiences: ReadonlySet<Audience>;
	/** Collections of public changes it will hear of in a while, all in one poke; null = nothing is waiting. */
	soon: Set<string> | null;
};

export type Hub = {
	/**
	 * `memberId` null = nobody is signed in. Of one member, and of all visitors together, the newest streams stay; an older
	 * one ends as `crowded`.
	 */
	subscribe(audiences: readonly Audience[], memberId: string | null, listener: Listener): () => void;
	deliver(pokes: readonly Poke[]): void;
	readonly connected: number;
	/** Ends every stream, so that a drained server leaves nothing open. */
	close(): void;
};

/**
 * A public change concerns every device: spread, so that they do not all ask at one instant. Two milliseconds a device is
 * what one process answers with room to spare; at 10,000 devices that is 20 s, and never longer than their own poll.
 */
const perDeviceMs = 2;
const longestSpreadMs = 60_000;

/** More devices than anybody has: one stream a device, whatever number of tabs. */
export const mostStreams = 20;
/** Of those nobody is signed in on, together: what one process holds open with room left for members. */
export const mostVisitorStreams = 10_000;

const everywhere = '*';

/** The devices connected to this process, and which pokes each may hear. */
export function createHub(random: () => number = Math.random): Hub {
	const subscribers = new Set<Subscriber>();
	/** The streams of each member, and of all visitors under null, the oldest first. */
	const ofMember = new Map<string | null, Set<Subscriber>>();

	function add(subscriber: Subscriber): void {
		subscribers.add(subscriber);
		const { memberId } = subscriber;
		const own = (ofMember.get(memberId) ?? new Set()).add(subscriber);
		ofMember.set(memberId, own);
		const [oldest] = own;
		if (own.size <= (memberId === null ? mostVisitorStreams : mostStreams) || !oldest) return;
		remove(oldest);
		oldest.end('crowded');
	}

	function remove(subscriber: Subscriber): void {
		subscribers.delete(subscriber);
		const own = ofMember.get(subscriber.memberId);
		own?.delete(subscriber);
		if (own?.size === 0) ofMember.delete(subscriber.memberId);
	}

	/** Further changes join a poke that still waits: a busy minute is one question a device and not sixty. */
	function spread(subscriber: Subscriber, poke: Poke): void {
		const named = poke.audience === '*' ? [everywhere] : poke.collections;
		const waiting = subscriber.soon !== null;
		subscriber.soon = new Set([...(subscriber.soon ?? []), ...named]);
		if (waiting) return;
		const window = Math.min(longestSpreadMs, subscribers.size * perDeviceMs);
		setTimeout(() => {
			const collections = [...(subscriber.soon ?? [])];
			subscriber.soon = null;
			if (!subscribers.has(subscriber)) return;
			if (collections.includes(everywhere)) subscriber.send({ audience: '*', collections: [] });
			else subscriber.send({ audience: 'public', collections });
		}, random() * window).unref();
	}

	return {
		subscribe(audiences, memberId, listener) {
			const subscriber: Subscriber = { ...listener, memberId, audiences: new Set(audiences), soon: null };
			add(subscriber);
			return () => remove(subscriber);
		},
		deliver(pokes) {
			for (const subscriber of subscribers)
				for (const poke of pokes) {
					if (poke.audience !== '*' && !subscriber.audiences.has(poke.audience)) continue;
					if (poke.audience === 'public' || poke.audience === '*') spread(subscriber, poke);
					else subscriber.send(poke);
				}
		},
		get connected() {
			return subscribers.size;
		},
		close() {
			for (const subscriber of subscribers) subscriber.end('closing');
			subscribers.clear();
			ofMember.clear();
		}
	};
}
