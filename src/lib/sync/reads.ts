import type { Actor } from '$lib/domain/accounts/permissions.ts';
import type { RulePack, Ward } from '$lib/domain/agencies/schema.ts';
import type { ListingContent } from '$lib/domain/listings/schema.ts';
import type { CaseDecide } from '$lib/domain/moderation/schema.ts';
import type { CatalogueKept, Live } from './device.ts';
import { foldCases } from './fold/cases.ts';
import { foldMyListings } from './fold/listings.ts';
import { foldNotifications } from './fold/notifications.ts';
import { foldOrders } from './fold/orders.ts';
import type { Work } from './fold/pending.ts';
import { foldUnfinished, foldUnsent, foldUnsentDrafts } from './fold/unsent.ts';
import type {
	CaseView,
	Draft,
	MyListingView,
	NotificationView,
	OrderView,
	ReceiptView,
	OnlyHere,
	UnsentItem
} from './fold/views.ts';
import { nothingKept, readKept } from './kept.ts';
import type { CollectionDoc, CollectionName } from './protocol/collections.ts';
import { newestById, type StoredDoc } from './store/documents.ts';
import { LiveQuery, watchReads } from './store/live-query.svelte.ts';
import type { PhotoRow } from './store/local.ts';
import type { Store } from './store/store.ts';
import { catalogueChanged, documentsChanged, workChanged } from './store/triggers.ts';

/** Outbox and photos as one snapshot. */
export async function readWork(store: Store): Promise<Work> {
	const [rows, photos] = await Promise.all([
		store.local.outbox.orderBy('seq').toArray(),
		store.local.photos.toArray()
	]);
	return { rows, photos: new Map(photos.map((photo) => [photo.hash, photo])) };
}

/** The documents of a collection, one an id, whatever audiences they came by (sync 8). */
export async function readDocs<C extends CollectionName>(
	store: Store,
	collection: C
): Promise<Map<string, StoredDoc<CollectionDoc<C>>>>;
export async function readDocs(
	store: Store,
	collection: CollectionName
): Promise<Map<string, StoredDoc<CollectionDoc<CollectionName>>>> {
	const docs = await store.docs[collection].find().exec();
	return newestById<CollectionDoc<CollectionName>>(docs.map((doc) => doc.toMutableJSON()));
}

export async function readDrafts(store: Store): Promise<Draft[]> {
	return (await store.docs.drafts.find().exec()).map((doc) => doc.toMutableJSON().data);
}

/**
 * Every folded read reads the work first and the documents after: a command that has left the outbox by then
 * is in the documents, so that nothing is missing in between (sync 3).
 */
export async function readMyListings(store: Store): Promise<MyListingView[]> {
	const work = await readWork(store);
	const drafts = await readDrafts(store);
	return foldMyListings(await readDocs(store, 'mine'), drafts, work);
}

export async function readOrders(store: Store, actor: Actor): Promise<OrderView[]> {
	const work = await readWork(store);
	return foldOrders(await readDocs(store, 'orders'), work, actor);
}

export async function readCases(store: Store): Promise<CaseView[]> {
	const work = await readWork(store);
	return foldCases(await readDocs(store, 'cases'), work);
}

/** What a case said at the version a decision names, while this device still has it. */
export async function seenContent(
	store: Store,
	{ caseId, listingRev }: Pick<CaseDecide, 'caseId' | 'listingRev'>
): Promise<ListingContent | null> {
	const found = (await readDocs(store, 'cases')).get(caseId)?.data;
	return found?.kind === 'listing' && found.listingRev === listingRev ? found.content : null;
}

export async function readNotifications(store: Store): Promise<NotificationView[]> {
	const work = await readWork(store);
	return foldNotifications(await readDocs(store, 'notifications'), work);
}

/** What each thing is called, as far as this device knows: goods by their title, cases by their code. */
async function readTitles(store: Store): Promise<Map<string, string>> {
	const titles = new Map<string, string>();
	for (const draft of await readDrafts(store)) titles.set(draft.listingId, draft.content.title);
	for (const doc of (await readDocs(store, 'mine')).values()) titles.set(doc.id, doc.data.content.title);
	for (const doc of (await readDocs(store, 'orders')).values()) titles.set(doc.id, doc.data.listing.title);
	for (const doc of (await readDocs(store, 'cases')).values()) titles.set(doc.id, doc.data.code);
	return titles;
}

export async function readUnsent(store: Store): Promise<UnsentItem[]> {
	const work = await readWork(store);
	const titles = await readTitles(store);
	return foldUnsent(work, (id) => titles.get(id));
}

/** The last received commands, newest first. */
export async function readReceipts(store: Store): Promise<ReceiptView[]> {
	const rows = await store.local.receipts.orderBy('seq').reverse().toArray();
	const titles = await readTitles(store);
	return rows.map(({ id, name, subject, title, receipt, receivedAt }) => ({
		id,
		name,
		title: title ?? titles.get(subject.slice(subject.indexOf(':') + 1)) ?? '',
		receipt,
		receivedAt
	}));
}

/**
 * Everything that exists on this device alone: commands, working copies none of them brings, and what has not even
 * become one of these.
 */
export async function readOnlyHere(store: Store): Promise<OnlyHere[]> {
	const commands = await readUnsent(store);
	const drafts = await readDrafts(store);
	const named = [...commands, ...foldUnsentDrafts(await readWork(store), drafts)];
	const { typedBusiness = null } = await store.readState();
	const recorded = new Set((await store.local.recordings.toArray()).map(({ listingId }) => listingId));
	for (const { subjectId } of named) recorded.delete(subjectId);
	const titles = new Map(drafts.map((draft) => [draft.listingId, draft.content.title]));
	return [...named, ...foldUnfinished(typedBusiness, recorded, (id) => titles.get(id))];
}

export type Reference = { readonly pack: RulePack | null; readonly wards: readonly Ward[] };

export async function readReference(store: Store): Promise<Reference> {
	const docs = await readDocs(store, 'reference');
	const pack = docs.get('pack')?.data;
	const wards = docs.get('wards')?.data;
	return { pack: pack?.id === 'pack' ? pack.pack : null, wards: wards?.id === 'wards' ? wards.wards : [] };
}

export type Reads = {
	readonly myListings: Live<readonly MyListingView[]>;
	readonly orders: Live<readonly OrderView[]>;
	readonly cases: Live<readonly CaseView[]>;
	readonly notifications: Live<readonly NotificationView[]>;
	readonly unsent: Live<readonly UnsentItem[]>;
	readonly receipts: Live<readonly ReceiptView[]>;
	readonly reference: Live<Reference>;
	readonly drafts: Live<ReadonlyMap<string, Draft>>;
	readonly photos: Live<ReadonlyMap<string, PhotoRow>>;
	readonly kept: Live<CatalogueKept>;
};

/** The reactive reads of one open store. */
export function liveReads(store: Store, actor: () => Actor | null, failed: (error: unknown) => void): Reads {
	const work = workChanged(store);
	const docs = (...names: Parameters<typeof documentsChanged>[1][number][]) => documentsChanged(store, names);
	return {
		myListings: new LiveQuery<readonly MyListingView[]>(
			[],
			watchReads([work, docs('mine', 'drafts')], () => readMyListings(store), failed)
		),
		orders: new LiveQuery<readonly OrderView[]>(
			[],
			watchReads(
				[work, docs('orders')],
				async () => {
					const person = actor();
					return person ? readOrders(store, person) : [];
				},
				failed
			)
		),
		cases: new LiveQuery<readonly CaseView[]>(
			[],
			watchReads([work, docs('cases')], () => readCases(store), failed)
		),
		notifications: new LiveQuery<readonly NotificationView[]>(
			[],
			watchReads([work, docs('notifications')], () => readNotifications(store), failed)
		),
		unsent: new LiveQuery<readonly UnsentItem[]>(
			[],
			watchReads([work], () => readUnsent(store), failed)
		),
		receipts: new LiveQuery<readonly ReceiptView[]>(
			[],
			watchReads([work], () => readReceipts(store), failed)
		),
		reference: new LiveQuery<Reference>(
			{ pack: null, wards: [] },
			watchReads([docs('reference')], () => readReference(store), failed)
		),
		drafts: new LiveQuery<ReadonlyMap<string, Draft>>(
			new Map(),
			watchReads(
				[docs('drafts')],
				async () => new Map((await readDrafts(store)).map((draft) => [draft.listingId, draft])),
				failed
			)
		),
		photos: new LiveQuery<ReadonlyMap<string, PhotoRow>>(
			new Map(),
			watchReads([work], async () => (await readWork(store)).photos, failed)
		),
		kept: new LiveQuery<CatalogueKept>(
			nothingKept,
			watchReads([catalogueChanged(store)], () => readKept(store), failed)
		)
	};
}
