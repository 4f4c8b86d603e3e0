import type { Audience } from '$lib/sync/protocol/collections.ts';
import type { Hub, StreamEnd } from './hub.ts';

export type EventStreamOptions = {
	readonly hub: Hub;
	readonly audiences: readonly Audience[];
	/** Whose stream it is; null = nobody is signed in. */
	readonly memberId: string | null;
	readonly heartbeatMs: number;
	/** Asked with every heartbeat: false ends the stream, a rejection (the database is away) leaves it. */
	readonly mayStillHear: () => Promise<boolean>;
	readonly random?: () => number;
};

/** A device whose stream had to go asks by itself meanwhile, as without a stream. */
const crowdedForMs = 10 * 60_000;

/**
 * Server-sent pokes: where to look, never what is there (sync 11). A dead session closes its stream, so that a
 * locked account stops hearing within one heartbeat. One that had to make room for newer ones is told to
 * stay away for a while: its browser would come back at once and push the next one out.
 */
export function eventStream(options: EventStreamOptions): ReadableStream<Uint8Array> {
	let unsubscribe = () => {};
	let heartbeat: NodeJS.Timeout | undefined;
	let open = true;
	/** True for the first who asks: closing a stream that is closed throws where nobody would catch it. */
	const close = (): boolean => {
		const first = open;
		open = false;
		clearInterval(heartbeat);
		unsubscribe();
		return first;
	};
	return new ReadableStream<Uint8Array>({
		start(controller) {
			const encoder = new TextEncoder();
			const send = (text: string) => controller.enqueue(encoder.encode(text));
			const end = (why?: StreamEnd) => {
				if (!close()) return;
				if (why === 'crowded') send(`retry: ${crowdedForMs}\n: too many newer streams\n\n`);
				controller.close();
			};
			// After a restart of the server all come back: not all at one instant.
			const reconnectMs = 2_000 + Math.round((options.random ?? Math.random)() * 8_000);
			send(`retry: ${reconnectMs}\n: open\n\n`);
			unsubscribe = options.hub.subscribe(options.audiences, options.memberId, {
				send: (poke) => send(`data: ${JSON.stringify(poke)}\n\n`),
				end
			});
			heartbeat = setInterval(() => {
				send(': here\n\n');
				options.mayStillHear().then(
					(may) => {
						if (!may) end();
					},
					() => undefined
				);
			}, options.heartbeatMs);
		},
		cancel: () => {
			close();
		}
	});
}
