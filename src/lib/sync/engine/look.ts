import { isInTerm } from '../outbox/term.ts';
import type { CollectionName } from '../protocol/collections.ts';
import type { LocalDb, PullRow } from '../store/local.ts';
import type { Store } from '../store/store.ts';

/** Where the pull of each collection stood when the round looked. */
export type Positions = ReadonlyMap<CollectionName, PullRow['positions']>;

/** What a round must know before it asks anything, in one transaction: a poke waits for it. */
export function lookBefore(store: Store, term: number | null) {
	const { local } = store;
	return local.transaction('r', local.state, local.outbox, local.pulls, async () => {
		const [inTerm, { session }, underWay, positions] = await Promise.all([
			isInTerm(local, term),
			store.readState(),
			local.outbox.where('state').anyOf('waiting', 'sending').count(),
			readPositions(local)
		]);
		return { inTerm, session, busy: underWay > 0, positions };
	});
}

/** Of every collection at once. One that moves before its turn is noticed when its page is applied. */
export async function readPositions(local: LocalDb): Promise<Positions> {
	const pulls = await local.pulls.toArray();
	return new Map(pulls.map((row) => [row.collection, row.positions]));
}
