import type { Actor } from '$lib/domain/accounts/permissions.ts';
import type { RulePack, Ward } from '$lib/domain/agencies/schema.ts';
import type { ListingContent } from '$lib/domain/listings/schema.ts';
import type { CaseDecide } from '$lib/domain/moderation/schema.ts';
import type { CatalogueKept, Live } from './device.ts';
import { foldCases } from './fold/cases.ts';
import { foldMyListings } from './fold/listings.ts';
import { withTyped } from './fold/merge.ts';
import { listingsOf, proposalsOf } from './fold/mine.ts';
import { foldNotifications } from './fold/notifications.ts';
import { foldNeeds } from './fold/needs.ts';
import { foldOrders } from './fold/orders.ts';
import { foldProposals } from './fold/proposals.ts';
import type { Work } from './fold/pending.ts';
import { foldKeptWords, foldUnfinished, foldUnsent, foldUnsentDrafts } from './fold/unsent.ts';
import { noNeeds } from './fold/views.ts';
import type {
	CaseView,
	Draft,
	MyListingView,
	NotificationView,
	OrderView,
	NeedsView,
	ProposalView,
	ReceiptView,
	OnlyHere,
	UnsentItem
} from './fold/views.ts';
import { nothingKept, readKept } from './kept.ts';
import type { CollectionDoc, CollectionName } from './protocol/collections.ts';
import { newestById, type StoredDoc } from './store/documents.ts';
import { allKeptWords } from './store/kept-words.ts';
import { LiveQuery, watchReads } from './store/live-query.svelte.ts';
import type { PhotoRow } from './store/local.ts';
import type { Store } from './store/store.ts';
import { catalogueChanged, type Trigger } from './store/triggers.ts';
import { readWorkRows, watchedDocuments, watchedWork, type Watched, type WorkRows } from './store/watched.ts';

/** Where a folded read takes its parts from: the disk, or what is at hand while it is watched. */
export type Sources = {
	work(): Promise<Work>;
	/** The documents of a collection, one an id, whatever audiences they came by (sync 8). */
	docs<C extends CollectionName>(collection: C): Promise<Map<string, StoredDoc<CollectionDoc<C>>>>;
	drafts(): Promise<Draft[]>;
};

const workOf = ({ rows, photos }: WorkRows): Work => ({
	rows,
	photos: new Map(photos.map((photo) => [photo.hash, photo]))
});

const onDisk = (store: Store): Sources => ({
	work: () => readWork(store),
	docs: (collection) => readDocs(store, collection),
	drafts: () => readDrafts(store)
});

/** Outbox and photos as one snapshot. */
export const readWork = async (store: Store): Promise<Work> => workOf(await readWorkRows(store));

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
export async function readMyListings(store: Store, from = onDisk(store)): Promise<MyListingView[]> {
	const work = await from.work();
	const drafts = await from.drafts();
	return foldMyListings(listingsOf(await from.docs('mine')), drafts, work);
}

export async function readOrders(store: Store, actor: Actor, from = onDisk(store)): Promise<OrderView[]> {
	const work = await from.work();
	return foldOrders(await from.docs('orders'), work, actor);
}

export async function readCases(store: Store, from = onDisk(store)): Promise<CaseView[]> {
	const work = await from.work();
	return foldCases(await from.docs('cases'), work);
}

/** What a case said at the version a decision names, while this device still has it. */
export async function seenContent(
	store: Store,
	{ caseId, listingRev }: Pick<CaseDecide, 'caseId' | 'listingRev'>
): Promise<ListingContent | null> {
	const found = (await readDocs(store, 'cases')).get(caseId)?.data;
	return found?.kind === 'listing' && found.listingRev === listingRev ? found.content : null;
}

export async function readNotifications(store: Store, from = onDisk(store)): Promise<NotificationView[]> {
	const work = await from.work();
	return foldNotifications(await from.docs('notifications'), work);
}

export async function readProposals(store: Store, from = onDisk(store)): Promise<ProposalView[]> {
	const work = await from.work();
	return foldProposals(proposalsOf(await from.docs('mine')), work);
}

/** TG-3.1: the board of purchase needs, one's own needs and offers. */
export async function readNeeds(store: Store, from = onDisk(store)): Promise<NeedsView> {
	const work = await from.work();
	return foldNeeds(await from.docs('needs'), work);
}

const titleOfNeed = (doc: CollectionDoc<'needs'>): string => {
	if (doc.kind === 'offer') return doc.need.title;
	return doc.kind === 'own' ? doc.content.title : doc.title;
};

/** What each thing is called, as far as this device knows: goods by their title, cases by their code. */
async function readTitles(from: Sources): Promise<Map<string, string>> {
	const titles = new Map<string, string>();
	for (const draft of await from.drafts()) titles.set(draft.listingId, draft.content.title);
	const own = await from.docs('mine');
	for (const doc of listingsOf(own).values()) titles.set(doc.id, doc.data.content.title);
	for (const doc of proposalsOf(own).values()) titles.set(doc.data.id, doc.data.code);
	for (const doc of (await from.docs('orders')).values()) titles.set(doc.id, doc.data.listing.title);
	for (const doc of (await from.docs('cases')).values()) titles.set(doc.id, doc.data.code);
	for (const { data } of (await from.docs('needs')).values()) titles.set(data.id, titleOfNeed(data));
	return titles;
}

export async function readUnsent(store: Store, from = onDisk(store)): Promise<UnsentItem[]> {
	const work = await from.work();
	const titles = await readTitles(from);
	return foldUnsent(work, (id) => titles.get(id));
}

/** The last received commands, newest first. */
export async function readReceipts(store: Store, from = onDisk(store)): Promise<ReceiptView[]> {
	const rows = await store.local.receipts.orderBy('seq').reverse().toArray();
	const titles = await readTitles(from);
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
 * become one of these, `left` in the buffer of typing included.
 */
export async function readOnlyHere(
	store: Store,
	left: ReadonlyMap<string, Partial<ListingContent>> = new Map()
): Promise<OnlyHere[]> {
	const commands = await readUnsent(store);
	const drafts = (await readDrafts(store)).map((draft) => withTyped(draft, left.get(draft.listingId)));
	const named = [...commands, ...foldUnsentDrafts(await readWork(store), drafts)];
	const { typedBusiness = null } = await store.readState();
	const recorded = new Set((await store.local.recordings.toArray()).map(({ listingId }) => listingId));
	for (const { subjectId } of named) recorded.delete(subjectId);
	const titles = new Map(drafts.map((draft) => [draft.listingId, draft.content.title]));
	const homeless = [...left].flatMap(([listingId, fields]): OnlyHere[] =>
		titles.has(listingId)
			? []
			: [
					{
						id: `draft:${listingId}`,
						name: 'draft.save',
						subjectId: listingId,
						title: fields.title ?? '',
						input: fields
					}
				]
	);
	const names = await readTitles(onDisk(store));
	const typed = store.userId === null ? new Map<string, unknown>() : allKeptWords(store.userId);
	const cases = await readDocs(store, 'cases');
	const isOpenCase = (id: string) => cases.get(id)?.data.state === 'open';
	return [
		...named,
		...homeless,
		...foldUnfinished(typedBusiness, recorded, (id) => titles.get(id)),
		...foldKeptWords(typed, (id) => names.get(id), isOpenCase)
	];
}

export type Reference = { readonly pack: RulePack | null; readonly wards: readonly Ward[] };

export async function readReference(store: Store, from = onDisk(store)): Promise<Reference> {
	const docs = await from.docs('reference');
	const pack = docs.get('pack')?.data;
	const wards = docs.get('wards')?.data;
	return { pack: pack?.id === 'pack' ? pack.pack : null, wards: wards?.id === 'wards' ? wards.wards : [] };
}

export type Reads = {
	readonly myListings: Live<readonly MyListingView[]>;
	readonly orders: Live<readonly OrderView[]>;
	readonly cases: Live<readonly CaseView[]>;
	readonly notifications: Live<readonly NotificationView[]>;
	readonly proposals: Live<readonly ProposalView[]>;
	readonly needs: Live<NeedsView>;
	readonly unsent: Live<readonly UnsentItem[]>;
	readonly receipts: Live<readonly ReceiptView[]>;
	readonly reference: Live<Reference>;
	readonly drafts: Live<ReadonlyMap<string, Draft>>;
	readonly photos: Live<ReadonlyMap<string, PhotoRow>>;
	readonly kept: Live<CatalogueKept>;
};

/** What is read while somebody watches it, kept at hand for all who do. */
class AtHand implements Sources {
	readonly #work: Watched<WorkRows>;
	readonly #docs: { [C in CollectionName]: Watched<readonly StoredDoc<CollectionDoc<C>>[]> };
	readonly #drafts: Watched<readonly StoredDoc<Draft>[]>;

	constructor(store: Store) {
		const { docs } = store;
		this.#work = watchedWork(store);
		this.#drafts = watchedDocuments(docs.drafts);
		this.#docs = {
			reference: watchedDocuments(docs.reference),
			notifications: watchedDocuments(docs.notifications),
			mine: watchedDocuments(docs.mine),
			orders: watchedDocuments(docs.orders),
			cases: watchedDocuments(docs.cases),
			needs: watchedDocuments(docs.needs),
			listings: watchedDocuments(docs.listings)
		};
	}

	readonly work = async (): Promise<Work> => workOf(await this.#work.read());
	readonly drafts = async (): Promise<Draft[]> => (await this.#drafts.read()).map(({ data }) => data);
	async docs<C extends CollectionName>(collection: C): Promise<Map<string, StoredDoc<CollectionDoc<C>>>> {
		return newestById(await this.#docs[collection].read());
	}

	changed(...parts: (CollectionName | 'drafts' | 'work')[]): Trigger[] {
		return parts.map((part) =>
			part === 'work'
				? this.#work.changed
				: part === 'drafts'
					? this.#drafts.changed
					: this.#docs[part].changed
		);
	}
}

/** The reactive reads of one open store. */
export function liveReads(store: Store, actor: () => Actor | null, failed: (error: unknown) => void): Reads {
	const hand = new AtHand(store);
	const live = <T>(initial: T, triggers: readonly Trigger[], read: () => Promise<T>) =>
		new LiveQuery<T>(initial, watchReads(triggers, read, failed));
	return {
		myListings: live<readonly MyListingView[]>([], hand.changed('work', 'mine', 'drafts'), () =>
			readMyListings(store, hand)
		),
		orders: live<readonly OrderView[]>([], hand.changed('work', 'orders'), async () => {
			const person = actor();
			return person ? readOrders(store, person, hand) : [];
		}),
		cases: live<readonly CaseView[]>([], hand.changed('work', 'cases'), () => readCases(store, hand)),
		notifications: live<readonly NotificationView[]>([], hand.changed('work', 'notifications'), () =>
			readNotifications(store, hand)
		),
		proposals: live<readonly ProposalView[]>([], hand.changed('work', 'mine'), () =>
			readProposals(store, hand)
		),
		needs: live<NeedsView>(noNeeds, hand.changed('work', 'needs'), () => readNeeds(store, hand)),
		unsent: live<readonly UnsentItem[]>([], hand.changed('work'), () => readUnsent(store, hand)),
		receipts: live<readonly ReceiptView[]>([], hand.changed('work'), () => readReceipts(store, hand)),
		reference: live<Reference>({ pack: null, wards: [] }, hand.changed('reference'), () =>
			readReference(store, hand)
		),
		drafts: live<ReadonlyMap<string, Draft>>(
			new Map(),
			hand.changed('drafts'),
			async () => new Map((await hand.drafts()).map((draft) => [draft.listingId, draft]))
		),
		photos: live<ReadonlyMap<string, PhotoRow>>(
			new Map(),
			hand.changed('work'),
			async () => (await hand.work()).photos
		),
		kept: live<CatalogueKept>(nothingKept, [catalogueChanged(store)], () => readKept(store))
	};
}
