import type { CollectionName } from '../protocol/collections.ts';
import { commandTouches } from '../protocol/commands.ts';
import type { Here } from '../outbox/drafts.ts';
import type { OutboxRow } from '../store/local.ts';
import type { Store } from '../store/store.ts';
import { rebaseListing } from './rebase.ts';

/** The listing a command of subject `listing:<id>` is about, or null. */
const listingOf = (subject: string): string | null =>
	subject.startsWith('listing:') ? subject.slice('listing:'.length) : null;

/**
 * Lets go of acknowledged commands whose effect the pull has brought: the horizon of every collection they
 * touched has passed their version (sync 3). `rows` is the outbox, read after that pull. Returns the collections that
 * are still waited for.
 */
export async function releaseAcknowledged(
	store: Store,
	here: Here,
	rows: readonly OutboxRow[]
): Promise<CollectionName[]> {
	const waited = rows.filter((row) => row.state === 'acknowledged' && !row.released);
	if (waited.length === 0) return [];
	const pulls = new Map((await store.local.pulls.toArray()).map((pull) => [pull.collection, pull]));
	const passed = (row: OutboxRow): boolean =>
		commandTouches[row.name].every(
			(collection) => (pulls.get(collection)?.horizon ?? 0) > (row.version ?? 0)
		);
	const done = waited.filter(passed);
	// Rebase first: a command of the same listing may leave as soon as this one is released.
	for (const listingId of new Set(done.map((row) => listingOf(row.subject))))
		if (listingId !== null) await rebaseListing(store, here, listingId);
	for (const row of done) await store.local.outbox.update(row.seq, { released: true });
	const left = waited.filter((row) => !done.includes(row));
	return [...new Set(left.flatMap((row) => commandTouches[row.name]))];
}

/** Brings every working copy, and what waits in the outbox, onto what was just pulled; `rows` was read after that. */
export async function rebaseDrafts(store: Store, here: Here, rows: readonly OutboxRow[]): Promise<void> {
	const drafts = await store.docs.drafts.find().exec();
	const waiting = rows.filter((row) => row.state === 'waiting');
	const listings = new Set([...drafts.map((d) => d.id), ...waiting.map((row) => listingOf(row.subject))]);
	for (const listingId of listings) if (listingId !== null) await rebaseListing(store, here, listingId);
}
