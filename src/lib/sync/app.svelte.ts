import { tellFault } from './fault.ts';
import type { Device, DeviceStatus, Live } from './device.ts';
import { photoView } from './fold/pending.ts';
import { noNeeds } from './fold/views.ts';
import { nothingKept } from './kept.ts';
import type { Reads } from './reads.ts';
import { ownStore, page, signedIn, signOut, theStore } from './this-page.svelte.ts';

export type {
	CatalogueFound,
	CatalogueKept,
	CatalogueSearch,
	Device,
	DeviceStatus,
	Follows,
	ExportedWork,
	ImportedWork,
	Live,
	SessionState,
	StorageState
} from './device.ts';
export type * from './fold/views.ts';
export type { StorageParts } from './storage.ts';
export { startDevice } from './this-page.svelte.ts';

const starting: DeviceStatus = {
	phase: 'starting',
	online: true,
	session: 'unknown',
	needsSignIn: false,
	mustUpgrade: false,
	outdated: false,
	pulledAt: {},
	lastPullAt: null,
	lastComplete: null,
	unsent: 0,
	refused: 0,
	quarantined: 0,
	clockSkewMs: null,
	storage: { usage: 0, quota: 0, persisted: null, failed: null },
	packs: null,
	market: null,
	leader: false
};

/** A read that answers from whichever store is open now. */
function live<K extends keyof Reads>(name: K, initial: Reads[K]['current']): Live<Reads[K]['current']> {
	return {
		get current() {
			return page.open?.reads[name].current ?? initial;
		},
		get ready() {
			return page.open?.reads[name].ready ?? false;
		}
	};
}

/** One item of a list read. */
function pickLive<T, R>(list: Live<T>, pick: (all: T) => R): Live<R> {
	return {
		get current() {
			return pick(list.current);
		},
		get ready() {
			return list.ready;
		}
	};
}

const reads = {
	myListings: live('myListings', []),
	orders: live('orders', []),
	cases: live('cases', []),
	notifications: live('notifications', []),
	proposals: live('proposals', []),
	needs: live('needs', noNeeds),
	unsent: live('unsent', []),
	receipts: live('receipts', []),
	reference: live('reference', { pack: null, wards: [] }),
	drafts: live('drafts', new Map()),
	photos: live('photos', new Map()),
	kept: live('kept', nothingKept)
};

/** The device of this page. Screens read and write through it alone; see `Device` for what it offers. */
export const device: Device = {
	get actor() {
		return page.actor;
	},
	get status() {
		const now = page.open?.status.current ?? { ...starting, packs: page.catalogue?.coming ?? null };
		return { ...now, phase: page.stage };
	},
	drafts: {
		create: async () => (await ownStore()).createDraft(),
		open: async (listingId) => (await ownStore()).openDraft(listingId),
		live: (listingId) => pickLive(reads.drafts, (all) => all.get(listingId) ?? null),
		get: async (listingId) => (await theStore()).readDraft(listingId),
		update: (listingId, fields) => page.open?.type(listingId, fields),
		addPhoto: async (listingId, file) => (await ownStore()).addPhoto(listingId, file),
		removePhoto: (listingId, hash) => void page.open?.removePhoto(listingId, hash),
		photoEarlier: (listingId, hash) => void page.open?.photoEarlier(listingId, hash),
		resolve: async (listingId, field, keep, seen) => (await ownStore()).resolve(listingId, field, keep, seen),
		discard: async (listingId) => (await ownStore()).discardDraft(listingId),
		savedAt: (listingId) => page.open?.savedAt(listingId) ?? null
	},
	business: {
		typed: async () => (await theStore()).typedBusiness(),
		keep: async (typed, before) => (await ownStore()).keepBusiness(typed, before),
		known: async () => (await theStore()).knownBusiness(),
		remember: async (business) => (await ownStore()).rememberBusiness(business),
		addFile: async (file) => (await ownStore()).addFile(file),
		fileType: async (hash) => (await theStore()).fileType(hash)
	},
	voice: {
		keepPiece: async (listingId, piece) => (await ownStore()).keepPiece(listingId, piece),
		unfinished: async (listingId) => (await theStore()).unfinishedVoice(listingId),
		finish: async (listingId) => (await ownStore()).finishVoice(listingId),
		drop: async (listingId) => (await ownStore()).dropVoice(listingId)
	},
	submit: async (listingId) => (await ownStore()).submit(listingId),
	command: async (name, input, more) => (await ownStore()).command(name, input, more),
	newId: () => crypto.randomUUID(),

	myListings: () => reads.myListings,
	myListing: (id) => pickLive(reads.myListings, (all) => all.find((item) => item.id === id) ?? null),
	orders: () => reads.orders,
	order: (id) => pickLive(reads.orders, (all) => all.find((item) => item.id === id) ?? null),
	cases: () => reads.cases,
	caseItem: (id) => pickLive(reads.cases, (all) => all.find((item) => item.case.id === id) ?? null),
	notifications: () => reads.notifications,
	proposals: () => reads.proposals,
	needs: () => reads.needs,
	reference: () => reads.reference,
	catalogue: {
		search: (query) => page.catalogue?.search(query) ?? { items: [], total: 0, ready: false },
		listing: (id) => ({
			get current() {
				return page.catalogue?.listing(id).current ?? null;
			},
			get ready() {
				return page.catalogue?.listing(id).ready ?? false;
			},
			get coming() {
				return page.catalogue?.listing(id).coming ?? false;
			}
		}),
		kept: () => reads.kept,
		follow: async (follows) => (await theStore()).follow(follows)
	},
	photos: {
		src: (hash) => page.open?.urls.photo(hash) ?? onServer(hash),
		view: (hash) => {
			const stored = reads.myListings.current.some(
				({ server }) => server?.storedPhotos.includes(hash) || server?.voice?.hash === hash
			);
			return photoView(hash, reads.photos.current, stored ? [hash] : []);
		},
		private: (path) => page.open?.urls.file(path) ?? path
	},
	storage: {
		parts: async () => (await theStore()).storageParts(),
		freeMarketPictures: async () => (await theStore()).freeMarketPictures(),
		persist: async () => (await theStore()).status.persist()
	},
	unsent: () => reads.unsent,
	receipts: () => reads.receipts,
	retry: async (commandId) => (await theStore()).retry(commandId),
	retryOrder: async (commandId, order) => (await theStore()).retryOrder(commandId, order),
	discard: async (commandId) => (await theStore()).discard(commandId),
	exportWork: async () => {
		// What is typed is queued first: then a text has the same id here and in the file. Where that fails it is read as it lies.
		await page.open
			?.unsent()
			.catch((error: unknown) => tellFault('queueing what goes into a file failed', error));
		const { exportAll } = await import('./recovery/all-here.ts');
		return exportAll(page.actor, page.open?.left());
	},
	importWork: async (file) => (await ownStore()).importWork(file),
	startAgain: async () => {
		const { actor } = page;
		await page
			.takeStore()
			?.close()
			.catch(() => undefined);
		page.who?.close();
		const { deleteAll } = await import('./recovery/all-here.ts');
		return deleteAll(actor);
	},
	diagnostics: async () => (await theStore()).diagnostics(),
	flush: async () => (await page.open?.flush()) ?? true,
	syncNow: async () => (await theStore()).syncNow(),
	signOut,
	signedIn
};

/** Where the server gives the seller's own photo or voice note, for a device that did not make it. */
function onServer(hash: string): string | null {
	for (const item of reads.myListings.current) {
		const picture = item.server?.pictures?.find((own) => own.hash === hash);
		if (picture) return picture.thumb;
		if (item.server?.voice?.hash === hash) return item.server.voice.src;
	}
	return null;
}
