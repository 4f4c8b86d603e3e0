import { Dexie } from 'dexie';
import type { Refusal } from '$lib/domain/kernel/refusal.ts';
import type { MyBusiness } from '$lib/domain/businesses/schema.ts';
import type { ListingContent } from '$lib/domain/listings/schema.ts';
import type { CollectionName } from '../protocol/collections.ts';
import type { AnyCommand } from '../protocol/commands.ts';
import type { PackEntry } from '../protocol/packs.ts';
import type { Position } from '../protocol/wire.ts';
import type { Follows, MarketHeld, OrderGoods, SessionState, TypedBusiness } from './types.ts';

/** One command of the outbox. Settled ones stay until the pull has shown their effect (sync 3). */
export type OutboxRow = AnyCommand & {
	/** The device's own counter: the order, never time (sync 1). */
	seq: number;
	id: string;
	subject: string;
	deviceTime: string;
	/** Commands it builds on: refused with them (sync 2). */
	after: string[];
	/** Photos that must be on the server first (sync 5). */
	blobs: string[];
	/** `quarantined`: the exchange did not take it so often that only a new start or the person sends it again (sync 2). */
	state: 'waiting' | 'sending' | 'quarantined' | 'acknowledged' | 'refused';
	/** How often the exchange answered that it does not take it now; a missing answer does not count. */
	tries?: number;
	/** It has left the device at least once: id and input are frozen, whatever became of the answer. */
	sent: boolean;
	version: number | null;
	receipt: string | null;
	receivedAt: string | null;
	refusal: Refusal | null;
	/** The pull has passed its version; kept a little longer for tabs that still read older documents. */
	released: boolean;
	/** The exchange had taken it before it was restored (sync 13). */
	again?: boolean;
	/** A file of unsent work holds it, and may be handed in elsewhere: under its id nothing else is said any more (sync 15). */
	exported?: boolean;
	/** The device it was made on, when a file brought it. */
	broughtFrom?: string;
	/** No working copy here holds its words: a file brought it, or it was given back when there was none (sync 13, 15). */
	alone?: boolean;
	goods: OrderGoods | null;
	/** What an officer had before the eyes when deciding, to say later what has changed since. */
	seen?: ListingContent | null;
};

/** What the exchange received of this person, with the code to read out; the last ones only. */
export type ReceiptRow = Pick<OutboxRow, 'seq' | 'id' | 'name' | 'subject' | 'deviceTime'> & {
	title: string | null;
	receipt: string;
	receivedAt: string;
};

/** A photo or a voice note (`type` tells) by its name; its bytes lie apart so that lists never load them. */
export type PhotoRow = {
	hash: string;
	type: string;
	bytes: number;
	bytesSent: number;
	state: 'on_device' | 'stored' | 'refused';
	/** Where the resumable upload continues. */
	uploadUrl: string | null;
	refusal: Refusal | null;
	addedAt: string;
};
export type PhotoBytesRow = { hash: string; original: ArrayBuffer | null; thumb: ArrayBuffer | null };

/** A second of a voice note that is being recorded. */
export type RecordingRow = { listingId: string; nth: number; type: string; bytes: ArrayBuffer };

/** Where the pull of one collection stands. Written only after the rows it speaks of (sync 7). */
export type PullRow = {
	collection: CollectionName;
	positions: Record<string, Position>;
	/** Every version below it has been pulled. */
	horizon: number;
	epoch: string;
	round: number;
	/** Audiences being read again from the start; swept when the reading is complete. */
	sweeping: string[];
	/** Documents were deleted and must still be taken off the disk (sync 8). */
	purging: boolean;
	pulledAt: string | null;
	/** The protocol it is read by; missing = one before 5, which left out what that build had no words for (sync 16). */
	protocol?: number;
};

/** One pack of the catalogue as it came: immutable, so its name says all about it (sync 10). */
export type PackRow = {
	/** SHA-256 of its text. */
	hash: string;
} & (
	| {
			/** As it travels: an eighth of the text, and small enough for the browser to keep it beside its key. */
			gzip: ArrayBuffer;
	  }
	| {
			/** Where an earlier build has stored it. */
			text: ArrayBuffer | string;
	  }
);
/** A pack that has been unpacked: its text in UTF-8. */
export type ReadPack = { readonly hash: string; readonly bytes: Uint8Array };

/**
 * The manifest the packs here belong to; one row (sync 10). What is shown is its packs, without `hidden` and what
 * `gone` names, and the overlay from `position` on.
 */
export type ManifestRow = {
	id: 'this';
	epoch: string;
	position: Position;
	first: PackEntry | null;
	packs: PackEntry[];
	hidden: string[];
	/** The pull's round it belongs to: overlay documents of an earlier one are of another epoch. */
	round: number;
	/** Every pack followed at that time is here, and the pull goes on from `position`. */
	complete: boolean;
	/** Packs, overlay documents and marks that no longer count are still on the disk. */
	tidying: boolean;
	/** From this many rows beside the packs on, a newer manifest is worth its packs. */
	enough: number;
};

/** A listing that left the public since the packs here were made: they still hold it (sync 10). */
export type GoneRow = { id: string; version: number; epoch: string };

/** What is known about this store as a whole; one row. */
export type StateRow = {
	id: 'this';
	deviceId: string;
	seq: number;
	session: SessionState;
	/** Device clock when the session was first found expired. */
	expiredSince: string | null;
	mustUpgrade: boolean;
	reachable: boolean;
	clockSkewMs: number | null;
	/** How often a tab has begun to lead; the last one may send (sync 14). Absent before the first. */
	term?: number;
	/** The exchange this store belongs to; another one after a restore (sync 13). */
	epoch?: string | null;
	/** Every version below it is in a backup of the exchange; null = it keeps none. */
	watermark?: number | null;
	/** Files of unsent work that were taken in completely: once is enough (sync 15). */
	imported?: string[];
	/** The part of the catalogue kept here; absent = all of it. */
	follows?: Follows;
	/** The catalogue does not come, while the rest does (sync 10). */
	market?: MarketHeld | undefined;
	/** The registration of the own business while it is being written. */
	typedBusiness?: TypedBusiness | null;
	/** What the exchange said of it last, for a look without a network. */
	knownBusiness?: MyBusiness | null;
};

export const firstState = (deviceId: string): StateRow => ({
	id: 'this',
	deviceId,
	seq: 0,
	session: 'unknown',
	expiredSince: null,
	mustUpgrade: false,
	reachable: true,
	clockSkewMs: null
});

/** Private pictures an officer has looked at, for work without a network; gone with their case. */
export type FileRow = { path: string; caseId: string; type: string; bytes: ArrayBuffer };

export const isNewer = (version: number | null): boolean => version !== null && version > 0;

/** Outbox, photos and bookkeeping of one user, beside the documents. */
export class LocalDb extends Dexie {
	readonly outbox;
	readonly photos;
	readonly photoBytes;
	readonly pulls;
	readonly state;
	readonly files;
	readonly receipts;
	readonly recordings;
	readonly packs;
	readonly manifest;
	readonly gone;
	/** Taken by the exchange and shown, in no backup yet (sync 13). */
	readonly kept;
	/** Who reads packs in this tab gets each as it comes: it is read while it is written, and not from the disk again. */
	readonly packReaders = new Set<(pack: ReadPack) => void>();

	constructor(name: string) {
		super(name, { chromeTransactionDurability: 'strict' });
		// Without a new version somebody deletes the store: what this tab or the worker still writes must not make it anew
		// (sync 6). The documents are never opened again by themselves.
		this.on('versionchange', ({ newVersion }) => {
			if (isNewer(newVersion)) return;
			this.close();
			// Dexie's own answer would come after this one, and opens again.
			return false;
		});
		this.version(1).stores({
			outbox: 'seq, &id, subject, state',
			photos: 'hash, state',
			photoBytes: 'hash',
			pulls: 'collection',
			state: 'id',
			files: 'path, caseId'
		});
		this.version(3).stores({ receipts: 'seq' });
		this.version(4).stores({ recordings: '[listingId+nth], listingId' });
		this.version(5).stores({ packs: 'hash', manifest: 'id', gone: 'id, version' });
		this.version(6).stores({ kept: 'seq' });
		this.outbox = this.table<OutboxRow, number>('outbox');
		this.photos = this.table<PhotoRow, string>('photos');
		this.photoBytes = this.table<PhotoBytesRow, string>('photoBytes');
		this.pulls = this.table<PullRow, CollectionName>('pulls');
		this.state = this.table<StateRow, 'this'>('state');
		this.recordings = this.table<RecordingRow, [string, number]>('recordings');
		this.receipts = this.table<ReceiptRow, number>('receipts');
		this.kept = this.table<OutboxRow, number>('kept');
		this.files = this.table<FileRow, string>('files');
		this.packs = this.table<PackRow, string>('packs');
		this.manifest = this.table<ManifestRow, 'this'>('manifest');
		this.gone = this.table<GoneRow, string>('gone');
	}
}
