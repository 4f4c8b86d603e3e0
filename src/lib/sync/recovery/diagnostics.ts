import type { StorageState } from '../device.ts';
import { audienceKind, collectionNames } from '../protocol/collections.ts';
import { protocolVersion } from '../protocol/version.ts';
import type { Store } from '../store/store.ts';

/**
 * How a device stands, for whoever helps: counts, states, times, versions and codes. Every value is chosen here by
 * name: nothing a person wrote and nothing that names a person, a thing or a device is ever copied.
 */
export async function diagnose(
	store: Store,
	storage: StorageState,
	here: { readonly now: string; readonly browser: string; readonly networkUp: boolean }
): Promise<string> {
	const { local } = store;
	const [state, rows, photos, pulls] = await Promise.all([
		store.readState(),
		local.outbox.toArray(),
		local.photos.toArray(),
		local.pulls.toArray()
	]);
	const documents: Record<string, number> = {};
	for (const name of collectionNames) documents[name] = await store.docs[name].count().exec();
	const drafts = await store.docs.drafts.find().exec();
	const times = rows.map((row) => row.deviceTime).sort();
	const { usage, quota, persisted, failed } = storage;
	const told = {
		what: 'san-tinh-diagnostics',
		version: 1,
		at: here.now,
		protocol: protocolVersion,
		browser: here.browser,
		networkUp: here.networkUp,
		state: {
			session: state.session,
			expiredSince: state.expiredSince,
			mustUpgrade: state.mustUpgrade,
			reachable: state.reachable,
			clockSkewMs: state.clockSkewMs,
			commandsEver: state.seq
		},
		outbox: {
			byNameAndState: count(rows.map((row) => `${row.name} ${row.state}`)),
			refusals: count(rows.flatMap((row) => row.refusal?.code ?? [])),
			tries: Math.max(0, ...rows.map((row) => row.tries ?? 0)),
			oldest: times[0] ?? null,
			newest: times.at(-1) ?? null
		},
		photos: {
			byState: count(photos.map((photo) => photo.state)),
			refusals: count(photos.flatMap((photo) => photo.refusal?.code ?? [])),
			bytes: photos.reduce((sum, photo) => sum + photo.bytes, 0),
			bytesSent: photos.reduce((sum, photo) => sum + photo.bytesSent, 0)
		},
		drafts: {
			count: drafts.length,
			withConflicts: drafts.filter((draft) => Object.keys(draft.data.conflicts).length > 0).length
		},
		documents,
		pulls: pulls.map((pull) => ({
			collection: pull.collection,
			pulledAt: pull.pulledAt,
			horizon: pull.horizon,
			round: pull.round,
			purging: pull.purging,
			sweeping: pull.sweeping.length,
			audiences: count(Object.keys(pull.positions).map((name) => audienceKind(name)))
		})),
		storage: { usage, quota, persisted, failed }
	};
	return JSON.stringify(told, null, '\t');
}

function count(values: readonly string[]): Record<string, number> {
	const counts: Record<string, number> = {};
	for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
	return counts;
}
