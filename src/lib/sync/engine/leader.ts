/** One lock a store: whoever holds it sends and receives for this user. */
export const leaderLock = (storeName: string): string => `san-sync-${storeName}`;

export type LeaderOptions = {
	/** Somebody looks at this tab: only such a tab takes the lead from one that does not answer. */
	readonly visible?: () => boolean;
	readonly beatMs?: number;
	/** Told when leading failed; this tab stands again a little later. */
	readonly fault?: (error: unknown) => void;
};

/** So many calls stay unanswered before the leader counts as frozen: with the beat, under five seconds in all. */
const patience = 3;
const beat = 800;
const standAgainMs = 5_000;

/**
 * Runs `lead` in one tab at a time (sync 14). The browser gives the lock to another tab as soon as this one is closed
 * or dies. One that is frozen keeps it and does not answer the calls of the others: a visible one then takes it away.
 * `ended` resolves when this tab leads no more; a frozen tab learns it when it thaws, so that whatever it still does
 * must be fenced by the term of `takeLead`. Returns how to step down.
 */
export function leadOneTab(
	name: string,
	lead: (ended: Promise<void>) => Promise<void>,
	{
		visible = () => document.visibilityState === 'visible',
		beatMs = beat,
		fault = () => undefined
	}: LeaderOptions = {}
): () => Promise<void> {
	const channel = new BroadcastChannel(name);
	let left = false;
	let leading = false;
	let unanswered = 0;
	let take = false;
	let end: () => void = () => undefined;
	let turn = new AbortController();

	channel.onmessage = ({ data }: MessageEvent<unknown>) => {
		if (data === 'here') unanswered = 0;
		else if (data === 'who leads?' && leading) channel.postMessage('here');
	};
	const watch = setInterval(() => {
		if (leading || left || !visible()) {
			unanswered = 0;
			return;
		}
		unanswered += 1;
		if (unanswered <= patience) return channel.postMessage('who leads?');
		unanswered = 0;
		take = true;
		turn.abort();
	}, beatMs);

	async function reign(): Promise<void> {
		if (left) return;
		const ended = new Promise<void>((resolve) => (end = resolve));
		leading = true;
		channel.postMessage('here');
		try {
			await lead(ended);
		} finally {
			leading = false;
		}
	}

	async function stand(): Promise<void> {
		while (!left) {
			turn = new AbortController();
			const options = take ? { steal: true } : { signal: turn.signal };
			take = false;
			let reigned: Promise<void> | undefined;
			try {
				await navigator.locks.request(name, options, () => (reigned = reign()));
			} catch (error) {
				// Taken away by another tab, or this one gave up waiting; anything else is a fault of leading.
				const aborted = error instanceof DOMException && error.name === 'AbortError';
				leading = false;
				end();
				await reigned?.catch(() => undefined);
				if (aborted) continue;
				fault(error);
				await new Promise((resolve) => {
					setTimeout(resolve, standAgainMs);
					turn.signal.addEventListener('abort', resolve);
				});
			}
		}
	}

	const done = stand();
	return async () => {
		left = true;
		clearInterval(watch);
		end();
		turn.abort();
		await done;
		channel.close();
	};
}
