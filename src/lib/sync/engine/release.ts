import { needDocId } from '$lib/domain/needs/schema.ts';
import { proposalDocId } from '$lib/domain/proposals/schema.ts';
import type { CollectionName } from '../protocol/collections.ts';
import { commandTouches } from '../protocol/commands.ts';
import type { Here } from '../outbox/drafts.ts';
import { documentKey } from '../store/documents.ts';
import type { OutboxRow } from '../store/local.ts';
import type { Store } from '../store/store.ts';
import { rebaseListing } from './rebase.ts';

/** The listing a command of subject `listing:<id>` is about, or null. */
const listingOf = (subject: string): string | null =>
	subject.startsWith('listing:') ? subject.slice('listing:'.length) : null;

/** The document that a command makes and that its maker keeps from then on; null = it makes none, or not for good. */
function madeBy(row: OutboxRow): { readonly collection: CollectionName; readonly id: string } | null {
	switch (row.name) {
		case 'order.place':
			return { collection: 'orders', id: row.input.orderId };
		case 'proposal.send':
			return { collection: 'mine', id: proposalDocId(row.input.proposalId) };
		case 'need.submit':
			return { collection: 'needs', id: needDocId({ kind: 'own', id: row.input.needId }) };
		case 'offer.send':
			return { collection: 'needs', id: needDocId({ kind: 'offer', id: row.input.offerId }) };
		default:
			return null;
	}
}

/** Whether what the command made is here. Somebody may have changed it since, above the horizon: then it is still to come. */
async function isHere(store: Store, row: OutboxRow): Promise<boolean> {
	const made = madeBy(row);
	if (!made || !store.userId) return true;
	const key = documentKey(`user:${store.userId}`, made.id);
	return (await store.docs[made.collection].findByIds([key]).exec()).size > 0;
}

/**
 * Lets go of acknowledged commands whose effect the pull has brought: the horizon of every collection they
 * touched has passed their version, and what they made is here (sync 3). `rows` is the outbox, read after that pull. Returns the collections that
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
	const done: OutboxRow[] = [];
	for (const row of waited) if (passed(row) && (await isHere(store, row))) done.push(row);
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
