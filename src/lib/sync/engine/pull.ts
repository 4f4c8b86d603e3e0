import type { CollectionName } from '../protocol/collections.ts';
import { protocolVersion } from '../protocol/version.ts';
import type { PullAnswer, PullPage } from '../protocol/wire.ts';
import type { PullRow } from '../store/local.ts';
import type { Store } from '../store/store.ts';
import type { Transport } from '../transport/transport.ts';
import { applyPage } from './apply-page.ts';

const pageSize = 500;

/**
 * Pulls a collection to its end. Returns the answer that stopped it: the last page, or what the server said
 * instead. Rejects when no answer came; what was applied until then stays. A page that `refuses` says no to is
 * returned as it is, not applied.
 */
export async function pullCollection(
	store: Store,
	transport: Pick<Transport, 'pull'>,
	collection: CollectionName,
	{
		limit = pageSize,
		refuses = () => false,
		at
	}: {
		readonly limit?: number;
		readonly refuses?: (page: PullPage) => boolean;
		/** How it stands, when that was read just now; `applyPage` looks once more. */
		readonly at?: PullRow;
	} = {}
): Promise<PullAnswer> {
	for (let known = at; ; known = undefined) {
		const { positions = {}, sweeping = [] } = known ?? (await store.local.pulls.get(collection)) ?? {};
		const answer = await transport.pull({
			protocol: protocolVersion,
			actorId: store.userId,
			collection,
			positions,
			limit,
			...(sweeping.length > 0 && { sweeps: true })
		});
		if (answer.outcome !== 'page' || refuses(answer)) return answer;
		const applied = await applyPage(store, collection, answer, positions);
		if (applied && !answer.more) return answer;
	}
}
