import type { PublicListing } from '../../src/lib/domain/listings/schema.ts';

/** What a person waits for, in milliseconds since the program began to run. */
export type Waited = {
	/** 24 cards are in the page. */
	readonly firstCardsMs: number;
	/** A filter and sort over every listing has been answered. */
	readonly doneMs: number;
	/** The longest the page stood still until every row was there: what the answer costs is not in it. */
	readonly longestTaskMs: number;
	/** The answer itself, so that all sides can be seen to have given the same one. */
	readonly answer: readonly string[];
};

/** The goods of one kind, the newest first, of so many goods in all. */
export type Question = { readonly categoryId: string; readonly total: number; readonly url: string };

/** What each side offers to the bench that drives its page; `sync` and `open` end when all is answered. */
export type BenchPage = {
	/** With an empty profile. */
	sync(question: Question): Promise<Waited>;
	/** With what an earlier `sync` left. */
	open(question: Question): Promise<Waited>;
};

declare global {
	interface Window {
		bench: BenchPage;
	}
}

export const cardsShown = 24;

let longest = 0;
const tasks = new PerformanceObserver((list) => noteTasks(list.getEntries()));
tasks.observe({ type: 'longtask' });
const noteTasks = (entries: PerformanceEntryList): void => {
	for (const { duration } of entries) longest = Math.max(longest, duration);
};

/** The longest task over 50 ms since the page was loaded; 0 = there was none. */
export function longestTask(): number {
	noteTasks(tasks.takeRecords());
	return longest;
}

/** The same simple cards for every side. */
export function showCards(listings: readonly PublicListing[]): void {
	const list = document.createElement('ul');
	for (const { title, price, unit, seller, wardName } of listings) {
		const card = document.createElement('li');
		card.textContent = `${title}: ${price} đ/${unit}, ${seller.name}, ${wardName}`;
		list.append(card);
	}
	document.body.replaceChildren(list);
}

export const newestFirst = (a: PublicListing, b: PublicListing): number =>
	b.approvedAt.localeCompare(a.approvedAt);

/** The answer to the question from rows that are all in memory. */
export const answerFrom = (rows: readonly PublicListing[], { categoryId }: Question): string[] =>
	rows
		.filter((row) => row.categoryId === categoryId)
		.sort(newestFirst)
		.map((row) => row.id);
