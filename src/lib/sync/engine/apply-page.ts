import type { RxCollection } from 'rxdb/plugins/core';
import type { CollectionName } from '../protocol/collections.ts';
import { sameValue } from '../fold/merge.ts';
import { protocolVersion } from '../protocol/version.ts';
import type { FeedRow, PullPage } from '../protocol/wire.ts';
import { documentKey, type StoredDoc } from '../store/documents.ts';
import type { PullRow } from '../store/local.ts';
import { meetEpoch } from './kept.ts';
import { purgeDisk, removeDocuments, type Store } from '../store/store.ts';

export const freshPull = (collection: CollectionName, epoch: string): PullRow => ({
	collection,
	positions: {},
	horizon: 0,
	epoch,
	round: 1,
	sweeping: [],
	purging: false,
	pulledAt: null,
	protocol: protocolVersion
});

/**
 * An older build was not sent what it had no words for, and its position has passed it: once it is a newer build, that is read
 * from the start (sync 16). Of the catalogue nothing was ever left out.
 */
const isOfOlderBuild = ({ collection, protocol = 0 }: PullRow): boolean =>
	collection !== 'listings' && protocol < protocolVersion;

/**
 * Writes one page of the feed down. The order makes a cut at any point harmless: lost audiences are forgotten,
 * then purged; rows are written; only then the positions that speak of them (sync 7, 8). Applying a page twice
 * changes nothing. Returns false when the page came from another epoch or was the first for a newer build (everything is read again, sync 13, 16), or when
 * another tab or a wipe has moved the positions since it was `asked` for: it does not go on from where they stand.
 */
export async function applyPage(
	store: Store,
	collection: CollectionName,
	page: PullPage,
	asked?: PullRow['positions']
): Promise<boolean> {
	const { pulls, state } = store.local;
	const quiet = await moveOn(store, collection, page, asked);
	if (quiet !== null) return quiet;
	const [[found, known], here] = await Promise.all([
		store.local.transaction('r', pulls, state, () => Promise.all([pulls.get(collection), state.get('this')])),
		readVersions(store, collection, page.rows)
	]);
	const stored = found ?? freshPull(collection, page.epoch);
	if (asked && !sameValue(asked, stored.positions)) return false;
	if (known?.epoch !== page.epoch) await meetEpoch(store, page.epoch);
	if (stored.epoch !== page.epoch || isOfOlderBuild(stored)) {
		await startOver(store, stored, page.epoch);
		return false;
	}
	const before = readingAgain(stored, page.again ?? []);
	const held = Object.keys(page.positions);
	// Where everything is read again there is no position, yet what is here may be of an audience that was lost since.
	const audiences = [...Object.keys(before.positions), ...before.sweeping];
	const lostAudience = audiences.some((audience) => !held.includes(audience));
	if (lostAudience)
		await store.local.pulls.put({ ...stored, positions: only(stored.positions, held), purging: true });
	// `purging` also says that a purge was cut short: what it left is looked for again.
	const lost = lostAudience || before.purging ? await keysOutside(store, collection, held) : [];
	await removeDocuments(store, collection, lost);

	const gone = page.rows.filter((row) => row.doc === null);
	if (collection === 'listings') await markGone(store, page.epoch, gone);
	await writeRows(store, collection, { round: before.round, rows: page.rows, here });
	await removeDocuments(
		store,
		collection,
		gone.map((row) => documentKey(row.audience, row.id))
	);

	let sweeping = before.sweeping.filter((audience) => held.includes(audience));
	// What was changed behind the reading has not come and has not gone.
	const complete = !page.more && !(sweeping.length > 0 && page.late === true);
	let swept: string[] = [];
	if (complete && sweeping.length > 0) {
		swept = await keysToSweep(store, collection, sweeping, before.round);
		await removeDocuments(store, collection, swept);
		sweeping = [];
	}
	const purging = before.purging || lost.length + gone.length + swept.length > 0;
	const moved = await store.local.transaction('rw', store.local.pulls, async () => {
		const now = await store.local.pulls.get(collection);
		if (!sameValue(now?.positions ?? {}, only(stored.positions, held))) {
			if (now) await store.local.pulls.put({ ...now, positions: lower(now.positions, stored.positions) });
			return true;
		}
		await store.local.pulls.put({
			...before,
			positions: { ...page.positions },
			horizon: complete ? page.horizon : before.horizon,
			pulledAt: complete ? page.serverTime : before.pulledAt,
			sweeping,
			purging
		});
		return false;
	});
	if (moved) return false;
	if (purging && !page.more) await purgeDisk(store, collection);
	return true;
}

/**
 * Most pages bring nothing: then the position is looked at and moved in one transaction. The same answer as
 * `applyPage`, or null when there is more to do than that.
 */
async function moveOn(
	{ local }: Store,
	collection: CollectionName,
	page: PullPage,
	asked?: PullRow['positions']
): Promise<boolean | null> {
	if (page.rows.length > 0 || page.more || (page.again ?? []).length > 0) return null;
	return local.transaction('rw', local.pulls, local.state, async () => {
		const [stored, known] = await Promise.all([local.pulls.get(collection), local.state.get('this')]);
		if (stored?.epoch !== page.epoch || known?.epoch !== page.epoch) return null;
		if (asked && !sameValue(asked, stored.positions)) return false;
		if (isOfOlderBuild(stored)) return null;
		const lost = Object.keys(stored.positions).some((audience) => !(audience in page.positions));
		if (lost || stored.purging || stored.sweeping.length > 0) return null;
		const { positions, horizon, serverTime } = page;
		await local.pulls.put({ ...stored, positions: { ...positions }, horizon, pulledAt: serverTime });
		return true;
	});
}

/** From where nothing can have been missed, whichever of two was written last: reading twice does no harm. */
const lower = (a: PullRow['positions'], b: PullRow['positions']): PullRow['positions'] =>
	Object.fromEntries(
		Object.entries(a).flatMap(([audience, one]) => {
			const other = b[audience];
			if (!other) return [];
			return [[audience, other.version < one.version ? other : one]];
		})
	);

/**
 * Audiences whose tombstones were missed come from the beginning: what is here of them stays on screen until the
 * reading is complete, then what was not seen again goes (sync 9). Stored with the page's positions and not before, so
 * that a page cut short begins anew.
 */
const readingAgain = (row: PullRow, audiences: readonly string[]): PullRow =>
	audiences.length === 0
		? row
		: { ...row, round: row.round + 1, sweeping: [...new Set([...row.sweeping, ...audiences])] };

/** Reads every audience again from zero and keeps what is here on screen until the reading is complete (sync 13). */
export async function startOver(store: Store, before: PullRow, epoch: string): Promise<void> {
	await meetEpoch(store, epoch);
	const docs = await store.docs[before.collection].find().exec();
	await store.local.pulls.put({
		...before,
		positions: {},
		horizon: 0,
		epoch,
		protocol: protocolVersion,
		round: before.round + 1,
		sweeping: [...new Set(docs.map((doc) => doc.audience))]
	});
}

/** A pack still holds what has left the public since: the mark outlives the document of the overlay (sync 10). */
async function markGone(store: Store, epoch: string, rows: readonly FeedRow[]): Promise<void> {
	if (rows.length === 0) return;
	const { gone } = store.local;
	await store.local.transaction('rw', gone, async () => {
		const before = await gone.bulkGet(rows.map((row) => row.id));
		await gone.bulkPut(
			rows
				.filter((row, at) => before[at]?.epoch !== epoch || before[at].version < row.version)
				.map(({ id, version }) => ({ id, version, epoch }))
		);
	});
}

/** How new what is here of a page's rows is, by their keys. */
async function readVersions(
	store: Store,
	collection: CollectionName,
	rows: readonly FeedRow[]
): Promise<Versions> {
	const keys = rows.filter((row) => row.doc !== null).map((row) => documentKey(row.audience, row.id));
	return keys.length === 0 ? new Map() : store.docs[collection].findByIds(keys).exec();
}

type Versions = ReadonlyMap<string, { readonly version: number; readonly round: number }>;
type Write = {
	readonly round: number;
	readonly rows: readonly FeedRow[];
	/** What is here of them. */
	readonly here: Versions;
};

async function writeRows(store: Store, collection: CollectionName, page: Write): Promise<void> {
	switch (collection) {
		case 'listings':
			return write(store.docs.listings, page, (doc) => -Date.parse(doc.approvedAt));
		case 'mine':
			return write(store.docs.mine, page, (doc) => -Date.parse(doc.updatedAt));
		case 'orders':
			return write(store.docs.orders, page, (doc) => -Date.parse(doc.placedAt));
		case 'cases':
			return write(store.docs.cases, page, (doc) => Date.parse(doc.dueAt));
		case 'needs':
			return write(
				store.docs.needs,
				page,
				(doc) => -Date.parse(doc.kind === 'need' ? doc.approvedAt : doc.updatedAt)
			);
		case 'notifications':
			return write(store.docs.notifications, page, (doc) => -Date.parse(doc.at));
		case 'reference':
			return write(store.docs.reference, page, () => 0);
		default:
			collection satisfies never;
	}
}

async function write<D>(
	collection: RxCollection<StoredDoc<D>>,
	{ round, rows, here: stored }: Write,
	order: (doc: D) => number
): Promise<void> {
	const live = rows.filter((row) => row.doc !== null);
	if (live.length === 0) return;
	const fresh: StoredDoc<D>[] = [];
	for (const row of live) {
		const key = documentKey(row.audience, row.id);
		const here = stored.get(key);
		if (here && here.round === round && here.version > row.version) continue;
		if (!isDoc<D>(row.doc)) throw new Error(`${collection.name} ${row.id} is not a document`);
		const data = row.doc;
		fresh.push({
			key,
			audience: row.audience,
			id: row.id,
			version: row.version,
			round,
			order: order(data),
			data
		});
	}
	const { error } = await collection.bulkUpsert(fresh);
	if (error.length > 0) throw new Error(`could not write ${error.length} documents of ${collection.name}`);
}

/**
 * The server published it through the strict schema of its projection; checking the whole shape again here
 * would make an older device refuse a field it does not know yet.
 */
const isDoc = <D>(doc: unknown): doc is D => typeof doc === 'object' && doc !== null && 'id' in doc;

const only = <T>(record: Readonly<Record<string, T>>, names: readonly string[]): Record<string, T> =>
	Object.fromEntries(Object.entries(record).filter(([name]) => names.includes(name)));

async function keysOutside(
	store: Store,
	collection: CollectionName,
	held: readonly string[]
): Promise<string[]> {
	const docs = await store.docs[collection].find({ selector: { audience: { $nin: [...held] } } }).exec();
	return docs.map((doc) => doc.key);
}

async function keysToSweep(
	store: Store,
	collection: CollectionName,
	audiences: readonly string[],
	round: number
): Promise<string[]> {
	const docs = await store.docs[collection].find({ selector: { audience: { $in: [...audiences] } } }).exec();
	return docs.filter((doc) => doc.round < round).map((doc) => doc.key);
}
