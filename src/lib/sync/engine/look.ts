import { isInTerm } from '../outbox/term.ts';
import type { CollectionName } from '../protocol/collections.ts';
import type { LocalDb, PullRow } from '../store/local.ts';
import type { Store } from '../store/store.ts';

/** How the pull of each collection stood when the round looked. */
export type Pulls = ReadonlyMap<CollectionName, PullRow>;

/** What a round must know before it asks anything, in one transaction: a poke waits for it. */
export function lookBefore(store: Store, term: number | null) {
	const { local } = store;
	return local.transaction('r', local.state, local.outbox, local.pulls, async () => {
		const [inTerm, { session }, underWay, pulls] = await Promise.all([
			isInTerm(local, term),
			store.readState(),
			local.outbox.where('state').anyOf('waiting', 'sending').count(),
			readPulls(local)
		]);
		return { inTerm, session, busy: underWay > 0, pulls };
	});
}

/** Of every collection at once. One that moves before its turn is noticed when its page is applied. */
export async function readPulls(local: LocalDb): Promise<Pulls> {
	const pulls = await local.pulls.toArray();
	return new Map(pulls.map((row) => [row.collection, row]));
}
