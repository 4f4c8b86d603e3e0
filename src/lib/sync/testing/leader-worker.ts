import { leadOneTab } from '../engine/leader.ts';

/** A tab as a thread of its own: it can be killed, and be frozen in the middle of leading (tests of sync 14). */
export type Order = { readonly name: string } | { readonly freezeMs: number } | 'leave';
export type Said = 'leads' | 'leads no more' | 'left' | 'frozen';

const say = (said: Said) => self.postMessage(said);
let leave: () => Promise<void> = () => Promise.resolve();

self.addEventListener('message', ({ data }: MessageEvent<Order>) => {
	if (data === 'leave') void leave().then(() => say('left'));
	else if ('name' in data)
		leave = leadOneTab(
			data.name,
			async (ended) => {
				say('leads');
				await ended;
				say('leads no more');
			},
			{ visible: () => true, beatMs: 100 }
		);
	else {
		say('frozen');
		const until = performance.now() + data.freezeMs;
		while (performance.now() < until);
	}
});
