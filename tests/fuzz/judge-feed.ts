import { isDeepStrictEqual } from 'node:util';
import { dueDocuments, dueKey } from './due.ts';
import type { Truth } from './truth.ts';

/**
 * sync 7, TG-15.1: what the exchange publishes is what its tables hold: a document for everybody who must be told, and in
 * it what its row says. That devices hold what is published is judged by itself.
 */
export function judgeFeed(truth: Truth): string[] {
	const published = new Map(
		truth.feed.filter((row) => row.doc !== null).map((row) => [dueKey(row), row.doc])
	);
	const found: string[] = [];
	for (const [key, { collection, audience, id, says }] of dueDocuments(truth)) {
		const doc = published.get(key);
		const what = `${collection} ${id.slice(0, 12)}`;
		if (doc === undefined) found.push(`sync 7: ${what} is not published to ${audience}`);
		else
			for (const [field, value] of Object.entries(says))
				if (!tells(fieldOf(doc, field), value))
					found.push(
						`sync 7: ${what} is published with ${field} ${JSON.stringify(fieldOf(doc, field))} and is ${JSON.stringify(value)}`
					);
	}
	return found;
}

const fieldOf = (doc: unknown, field: string): unknown =>
	typeof doc === 'object' && doc !== null ? Object.getOwnPropertyDescriptor(doc, field)?.value : undefined;

/** A document may say more of a thing than is asked. */
function tells(said: unknown, due: unknown): boolean {
	if (typeof due !== 'object' || due === null || Array.isArray(due)) return isDeepStrictEqual(said, due);
	return Object.entries(due).every(([field, value]) => tells(fieldOf(said, field), value));
}
