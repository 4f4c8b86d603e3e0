/** When the page showed an item, in milliseconds of the wall clock, which Postgres of the same machine shares. */
export type LivePage = {
	/** Connected, at rest, everything known is shown. */
	start(): Promise<void>;
	/** Resolves when the item with this id stands in the page. */
	shown(id: string): Promise<number>;
};

declare global {
	interface Window {
		live: LivePage;
	}
}

const seen = new Map<string, number>();
const waiting = new Map<string, (at: number) => void>();

/** Puts an item into the page, and tells whoever waits for it. */
export function show(id: string, text: string): void {
	if (seen.has(id)) return;
	const item = document.createElement('p');
	item.textContent = text;
	document.body.append(item);
	const at = performance.timeOrigin + performance.now();
	seen.set(id, at);
	waiting.get(id)?.(at);
}

export const shown = (id: string): Promise<number> =>
	new Promise((resolve) => {
		const at = seen.get(id);
		if (at === undefined) waiting.set(id, resolve);
		else resolve(at);
	});
