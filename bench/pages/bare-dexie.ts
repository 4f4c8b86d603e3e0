import { Dexie, type Table } from 'dexie';
import type { PublicListing } from '../../src/lib/domain/listings/schema.ts';
import { answerFrom, cardsShown, longestTask, showCards, type Question, type Waited } from './page.ts';

/** The plainest offline catalogue there is: one fetch, one bulkPut, three indexes. */
async function openDb(): Promise<Table<PublicListing, string>> {
	const db = new Dexie('bare', { chromeTransactionDurability: 'strict' });
	db.version(1).stores({ listings: 'id, categoryId, approvedAt, wardCode' });
	await db.open();
	return db.table('listings');
}

async function ask(
	listings: Table<PublicListing, string>,
	question: Question,
	began: number
): Promise<Waited> {
	showCards(await listings.orderBy('approvedAt').reverse().limit(cardsShown).toArray());
	const firstCardsMs = performance.now() - began;
	const count = await listings.count();
	if (count !== question.total) throw new Error(`${count} of ${question.total} listings are here`);
	const longestTaskMs = longestTask();
	const answer = answerFrom(
		await listings.where('categoryId').equals(question.categoryId).toArray(),
		question
	);
	return { firstCardsMs, doneMs: performance.now() - began, longestTaskMs, answer };
}

window.bench = {
	async sync(question) {
		const began = performance.now();
		const [listings, rows] = await Promise.all([
			openDb(),
			fetch(question.url, { cache: 'no-store' }).then((response): Promise<PublicListing[]> => response.json())
		]);
		await listings.bulkPut(rows);
		return ask(listings, question, began);
	},
	async open(question) {
		const began = performance.now();
		return ask(await openDb(), question, began);
	}
};
