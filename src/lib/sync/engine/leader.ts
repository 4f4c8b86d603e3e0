/** One lock a store: whoever holds it sends and receives for this user. */
export const leaderLock = (storeName: string): string => `san-sync-${storeName}`;

/**
 * Runs `lead` in one tab at a time (sync 14). The browser gives the lock to another tab as soon as this one is
 * closed or dies. Returns how to step down.
 */
export function leadOneTab(name: string, lead: (ended: Promise<void>) => Promise<void>): () => Promise<void> {
	let end: () => void = () => undefined;
	const ended = new Promise<void>((resolve) => (end = resolve));
	const abort = new AbortController();
	const done = navigator.locks
		.request(name, { signal: abort.signal }, () => lead(ended))
		.catch((error: unknown) => {
			if (!(error instanceof DOMException && error.name === 'AbortError')) throw error;
		});
	return async () => {
		end();
		// Still waiting for the lock: give up. Already leading: `lead` ends by itself.
		abort.abort();
		await done;
	};
}
