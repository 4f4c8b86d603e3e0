import type { Actor } from '$lib/domain/accounts/permissions.ts';
import type { RulePack, Ward } from '$lib/domain/agencies/schema.ts';
import type { MyBusiness } from '$lib/domain/businesses/schema.ts';
import type { Result } from '$lib/domain/kernel/refusal.ts';
import type { ListingField, PublicListing } from '$lib/domain/listings/schema.ts';
import type { OrderPlace } from '$lib/domain/orders/schema.ts';
import type { StorageParts } from './storage.ts';
import type { VoicePiece } from './blobs/voice.ts';
import type {
	CaseView,
	MyListingView,
	NotificationView,
	OrderView,
	PhotoView,
	NeedsView,
	ProposalView,
	ReceiptView,
	OnlyHere,
	UnsentItem
} from './fold/views.ts';
import type { CollectionName } from './protocol/collections.ts';
import type { CommandInput, CommandName } from './protocol/commands.ts';
import type { ExportedWork } from './recovery/export-work.ts';
import type { ImportedWork } from './recovery/import-work.ts';
import type { TypedFields } from './typing.ts';
import type { TypedBefore } from './store/typed-business.ts';
import type { Draft, Follows, MarketHeld, OrderGoods, SessionState, TypedBusiness } from './store/types.ts';

export type { ExportedWork } from './recovery/export-work.ts';
export type { ImportedWork } from './recovery/import-work.ts';
export type { Follows, MarketHeld, SessionState } from './store/types.ts';

/**
 * A reactive read: `current` follows every change while an effect or a template reads it. `ready` is false
 * until the first answer of the device's own store (milliseconds, never the network).
 */
export type Live<T> = { readonly current: T; readonly ready: boolean };

/** One of the goods on the market. `coming` = they are not found, and the catalogue is not all here yet (sync 10). */
export type LiveGoods = Live<PublicListing | null> & { readonly coming: boolean };

export type StorageState = {
	readonly usage: number;
	readonly quota: number;
	/** The browser promised not to clear this store by itself; null = not asked yet. */
	readonly persisted: boolean | null;
	/** The last save that failed, until one succeeds; the text is still on the screen (sync 15). */
	readonly failed: 'full' | 'other' | null;
};

export type DeviceStatus = {
	/**
	 * `early` = the store still opens, and the market shows meanwhile what the exchange has just said, on a device where
	 * nothing was ever stored (sync 10). `blocked` = an older page of the app must be closed first (sync 16). `damaged` = the store does not open: show the
	 * recovery screen.
	 */
	readonly phase: 'starting' | 'early' | 'blocked' | 'ready' | 'damaged';
	/** The last request to the server got an answer. */
	readonly online: boolean;
	readonly session: SessionState;
	/** Work is waiting, or could: the person should sign in again. Nothing is lost meanwhile. */
	readonly needsSignIn: boolean;
	/** This build is older than the server serves. */
	readonly mustUpgrade: boolean;
	/** A newer build is open in another tab: this one should be loaded anew. */
	readonly outdated: boolean;
	/** Server time of the last complete pull, a collection each. */
	readonly pulledAt: Readonly<Partial<Record<CollectionName, string>>>;
	readonly lastPullAt: string | null;
	/**
	 * The last time everything had been pulled: the server's word (the oldest of the collections), and this page's
	 * uptime (`performance.now()`) when it was heard, null = before this page began.
	 */
	readonly lastComplete: { readonly at: string; readonly uptimeMs: number | null } | null;
	/** Commands that have not reached the server, quarantined ones included; refused ones are counted apart. */
	readonly unsent: number;
	/** Those among them that wait for a new start or the person (sync 2). */
	readonly quarantined: number;
	readonly refused: number;
	/** Device clock minus server clock; null until the server was reached (sync 12). */
	readonly clockSkewMs: number | null;
	readonly storage: StorageState;
	/** Packs of the catalogue that are here, of those this device follows; null while no catalogue is known. */
	readonly packs: { readonly here: number; readonly of: number } | null;
	/** The catalogue does not come, while all else does; null = it does (sync 10). */
	readonly market: MarketHeld | null;
	/** This tab does the syncing. */
	readonly leader: boolean;
};

export type CatalogueSearch = {
	readonly q?: string;
	readonly categoryId?: string;
	readonly wardCode?: string;
	readonly sellerId?: string;
	readonly limit?: number;
};
export type CatalogueFound = {
	readonly items: readonly PublicListing[];
	readonly total: number;
	readonly ready: boolean;
};

/** What this device keeps of the catalogue. */
export type CatalogueKept = {
	readonly follows: Follows;
	/** Everything there is, in chunks of one sector and some wards; empty while unknown or where there are none. */
	readonly offered: readonly CatalogueChunk[];
};
export type CatalogueChunk = {
	readonly sectorId: string;
	readonly wards: readonly string[];
	readonly rows: number;
	/** As it travels. */
	readonly bytes: number;
	readonly here: boolean;
};

/** Everything a screen may ask of the device. Reads answer from the local store, writes go to the outbox. */
export type Device = {
	/** Who is signed in on this device, known offline; null = nobody (only the public catalogue is here). */
	readonly actor: Actor | null;
	readonly status: DeviceStatus;

	readonly drafts: {
		/** A new empty listing. Resolves with its id. */
		create(): Promise<string>;
		/** Makes the working copy of a listing the server has, unless there is one. */
		open(listingId: string): Promise<Result<Draft>>;
		live(listingId: string): Live<Draft | null>;
		get(listingId: string): Promise<Draft | null>;
		/** Takes typed fields at once and stores them within 300 ms; `flush` stores them now. */
		update(listingId: string, fields: TypedFields): void;
		/** Shrinks, names, stores the photo and puts it at the end of the draft's photos. */
		addPhoto(listingId: string, file: Blob): Promise<Result<{ hash: string }>>;
		/** Takes it out of the photos the draft has at that moment. */
		removePhoto(listingId: string, hash: string): void;
		/** Moves it one place to the front; the first one is the main photo. */
		photoEarlier(listingId: string, hash: string): void;
		/** Settles one conflict of a merge, if it is still the one that was `seen`. */
		resolve(
			listingId: string,
			field: ListingField,
			keep: 'mine' | 'theirs',
			seen: Draft['conflicts']
		): Promise<void>;
		/** Takes the working copy away; also from the server if it has the draft. */
		discard(listingId: string): Promise<void>;
		/** Device time of the last successful save of this draft, for "Đã lưu trên máy này lúc 10:42". */
		savedAt(listingId: string): string | null;
	};
	/** TG-12: the person's own business. */
	readonly business: {
		/** What was typed before and not sent; it stays on this device. */
		typed(): Promise<TypedBusiness | null>;
		/**
		 * Stores what was changed since `before`, null = nothing any more, and gives back what lies there now, with what
		 * another window typed; null = another window has sent it meanwhile, and nothing was stored.
		 */
		keep(typed: TypedBusiness | null, before?: TypedBefore): Promise<TypedBusiness | null>;
		/** What the exchange said of it last; null = nothing yet. */
		known(): Promise<MyBusiness | null>;
		remember(business: MyBusiness | null): Promise<void>;
		/** Shrinks, names and stores a picture of a paper; it goes ahead of the command that names it. */
		addFile(file: Blob): Promise<Result<{ hash: string }>>;
		/** What a file kept here is, `application/pdf`; null = it is not here. */
		fileType(hash: string): Promise<string | null>;
	};
	/** A voice note while it is recorded; a finished one is a file like a photo (`photos.src`, `photos.view`). */
	readonly voice: {
		/** Keeps the next second of a recording. Rejects when the store is full. */
		keepPiece(listingId: string, piece: VoicePiece): Promise<void>;
		/** What a tab that ended in the middle has left, to hear and to keep or drop. */
		unfinished(listingId: string): Promise<Blob | null>;
		/** Makes what was recorded the listing's voice note. */
		finish(listingId: string): Promise<Result<{ hash: string }>>;
		drop(listingId: string): Promise<void>;
	};
	/** Freezes the draft and queues it behind its photos. `invalid_input` names the missing fields. */
	submit(listingId: string): Promise<Result<{ commandId: string }>>;
	/** Queues any other command. `goods` goes with `order.place` so that the unsent order can be shown. */
	command<N extends CommandName>(
		name: N,
		input: CommandInput<N>,
		more?: { after?: readonly string[]; goods?: OrderGoods }
	): Promise<Result<{ commandId: string }>>;
	/** A fresh id for a listing, an order, a proposal, a need or an offer. */
	newId(): string;

	myListings(): Live<readonly MyListingView[]>;
	myListing(id: string): Live<MyListingView | null>;
	orders(): Live<readonly OrderView[]>;
	order(id: string): Live<OrderView | null>;
	cases(): Live<readonly CaseView[]>;
	caseItem(id: string): Live<CaseView | null>;
	notifications(): Live<readonly NotificationView[]>;
	/** TG-3.4a: what this person proposed, with the Board's answers. */
	proposals(): Live<readonly ProposalView[]>;
	/** TG-3.1, TG-6.6: the board of purchase needs, one's own needs and offers. */
	needs(): Live<NeedsView>;
	reference(): Live<{ readonly pack: RulePack | null; readonly wards: readonly Ward[] }>;

	readonly catalogue: {
		/** Accent-blind, local; reactive when called in a `$derived` or a template. */
		search(query: CatalogueSearch): CatalogueFound;
		listing(id: string): LiveGoods;
		/** The part that is kept here, and what there is to choose from (sync 10). */
		kept(): Live<CatalogueKept>;
		/** Keeps another part from now on: what is outside it leaves the disk at once, what is missing comes by itself. */
		follow(follows: Follows): Promise<void>;
	};

	readonly photos: {
		/** Address of a photo's picture, or of a voice note (`blob:` while it is here, else the server's); reactive, null = none. */
		src(hash: string): string | null;
		/** How far a photo of an own listing has come; reactive. */
		view(hash: string): PhotoView;
		/** A case's private picture: from this device when it is kept here, else the server's address itself. */
		private(path: string): string;
	};

	readonly storage: {
		/** What takes the room; for a screen that shows it. */
		parts(): Promise<StorageParts>;
		/** Lets the kept pictures of the market go; they come again when they are looked at. */
		freeMarketPictures(): Promise<void>;
		/** Asks the browser not to clear this store by itself; the answer is in `status.storage.persisted`. */
		persist(): Promise<void>;
	};

	/** What has not left this device, refused commands included. */
	unsent(): Live<readonly UnsentItem[]>;
	/** The last commands the exchange has received, newest first, with their codes. */
	receipts(): Live<readonly ReceiptView[]>;
	/** Sends a refused command once more, unchanged, under a new id; a quarantined one as it is. */
	retry(commandId: string): Promise<void>;
	/** Sends a refused order once more with what its buyer has agreed to since, under a new id (TG-15.2). */
	retryOrder(commandId: string, order: OrderPlace): Promise<void>;
	/** Takes an unsent, quarantined or refused command away for good. False when it is already with the server. */
	discard(commandId: string): Promise<boolean>;
	/**
	 * All unsent work as one file a person (normally one; several where nobody knows any more whose device this is).
	 * Works also while the store does not open, and when nothing may be sent (sync 6, 15).
	 */
	exportWork(): Promise<readonly ExportedWork[]>;
	/** Takes such a file of the same person in; rejects when the store is full (sync 15). */
	importWork(file: Blob): Promise<Result<ImportedWork>>;
	/**
	 * Deletes this person's store with all that is in it, so that the next start makes a new one. False when another
	 * page still holds it open.
	 */
	startAgain(): Promise<boolean>;
	/** How this device stands, as JSON without anything personal, for whoever helps. */
	diagnostics(): Promise<string>;
	/** Stores text that is still in the 300 ms of typing. False while some of it could not be stored: the page must stay. */
	flush(): Promise<boolean>;
	/** Pushes and pulls now; resolves when the round is over: true = the exchange answered to the end. */
	syncNow(): Promise<boolean>;
	/**
	 * Signs out and wipes this person's store. While there is unsent work it does nothing and returns it;
	 * `force` wipes all the same. `unended` = all is wiped, and the sign-out itself could neither be written down nor told:
	 * the browser may still be signed in.
	 */
	signOut(options?: {
		force?: boolean;
	}): Promise<{ readonly unsent: readonly OnlyHere[]; readonly unended?: true }>;
	/** Call after a sign-in: learns who it is and opens that person's store. */
	signedIn(): Promise<void>;
};
