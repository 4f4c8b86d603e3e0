import { poke as pokeSchema, type Poke } from '../protocol/wire.ts';
import type { Transport } from './transport.ts';

const reopenMs = 15_000;

/**
 * Follows the server's pokes (sync 11). The browser reconnects by itself after a cut, but gives up on a refused
 * stream (a dead session): that one is opened again after a while.
 */
export function followEvents(url: string, on: Parameters<Transport['events']>[0]): () => void {
	if (typeof EventSource === 'undefined') return () => undefined;
	let source: EventSource | undefined;
	let timer: ReturnType<typeof setTimeout> | undefined;
	const open = () => {
		source = new EventSource(url);
		source.onopen = () => on.connected(true);
		source.onmessage = (event: MessageEvent<unknown>) => {
			const poke = readPoke(event.data);
			if (poke) on.poke(poke);
		};
		source.onerror = () => {
			on.connected(false);
			if (source?.readyState === EventSource.CLOSED) timer = setTimeout(open, reopenMs);
		};
	};
	open();
	return () => {
		clearTimeout(timer);
		source?.close();
	};
}

/** A message this build does not understand is no reason to fail: the slow poll covers it. */
export function readPoke(data: unknown): Poke | null {
	if (typeof data !== 'string') return null;
	try {
		const parsed = pokeSchema.safeParse(JSON.parse(data));
		return parsed.success ? parsed.data : null;
	} catch {
		return null;
	}
}
