import { OpenDevice } from '../../src/lib/sync/open-device.svelte.ts';
import { cardsShown, longestTask, showCards, type Question, type Waited } from './page.ts';

/** The product's own device, whole: store, engine, leader, reads; only the screen is the bench's. */
async function wait({ categoryId, total }: Question): Promise<Waited> {
	const began = performance.now();
	const { catalogue, opened } = OpenDevice.open(null);
	return new Promise((resolve, reject) => {
		opened.catch(reject);
		let firstCardsMs: number | null = null;
		$effect.root(() => {
			$effect(() => {
				try {
					const newest = catalogue.search({ limit: cardsShown });
					if (newest.items.length === 0) return;
					showCards(newest.items);
					firstCardsMs ??= performance.now() - began;
					if (newest.total < total) return;
					const longestTaskMs = longestTask();
					const found = catalogue.search({ categoryId });
					const answer = found.items.map((item) => item.id);
					resolve({ firstCardsMs, doneMs: performance.now() - began, longestTaskMs, answer });
				} catch (error) {
					reject(error);
				}
			});
		});
	});
}

window.bench = { sync: wait, open: wait };
