import type { Attachment } from 'svelte/attachments';

/** Calls `seen` each time the element comes into view: a list grows while somebody scrolls down. */
export const whenSeen =
	(seen: () => void): Attachment =>
	(element) => {
		const watcher = new IntersectionObserver(
			(entries) => {
				if (entries.some((entry) => entry.isIntersecting)) seen();
			},
			{ rootMargin: '400px' }
		);
		watcher.observe(element);
		return () => watcher.disconnect();
	};
