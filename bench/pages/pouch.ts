import type { PublicListing } from '../../src/lib/domain/listings/schema.ts';
import {
	answerFrom,
	cardsShown,
	longestTask,
	newestFirst,
	showCards,
	type Question,
	type Waited
} from './page.ts';

/** As much of PouchDB's browser build as is used here; the build itself is loaded by the page. */
type Database = {
	allDocs(options: { include_docs: true }): Promise<{ rows: { doc: PublicListing }[] }>;
	readonly replicate: { from(url: string, options: { batch_size?: number }): Promise<{ ok: boolean }> };
};
declare const PouchDB: new (name: string) => Database;

// Its adapter asks for no durability, and Chromium's is relaxed by default: every side writes strictly here.
const transaction = IDBDatabase.prototype.transaction;
IDBDatabase.prototype.transaction = function (names, mode) {
	return transaction.call(this, names, mode, { durability: 'strict' });
};

/** Reading all and sorting in memory is its fastest way: a Mango index of 10,000 documents costs seconds to build. */
async function ask(db: Database, question: Question, began: number): Promise<Waited> {
	const rows = (await db.allDocs({ include_docs: true })).rows.map((row) => row.doc);
	if (rows.length !== question.total)
		throw new Error(`${rows.length} of ${question.total} listings are here`);
	showCards([...rows].sort(newestFirst).slice(0, cardsShown));
	const firstCardsMs = performance.now() - began;
	const longestTaskMs = longestTask();
	const answer = answerFrom(rows, question);
	return { firstCardsMs, doneMs: performance.now() - began, longestTaskMs, answer };
}

window.bench = {
	async sync(question) {
		const began = performance.now();
		const db = new PouchDB('listings');
		const batch = new URL(question.url).searchParams.get('batch_size');
		const remote = question.url.split('?')[0] ?? '';
		const done = await db.replicate.from(remote, batch === null ? {} : { batch_size: Number(batch) });
		if (!done.ok) throw new Error('the replication did not end well');
		return ask(db, question, began);
	},
	async open(question) {
		return ask(new PouchDB('listings'), question, performance.now());
	}
};
