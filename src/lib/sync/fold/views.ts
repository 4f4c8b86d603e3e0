import type { Refusal } from '$lib/domain/kernel/refusal.ts';
import type { ListingContent, ListingState, MyListing } from '$lib/domain/listings/schema.ts';
import type { CaseDoc } from '$lib/domain/moderation/schema.ts';
import type { NeedSubmit, OfferSend, OwnNeed, OwnOffer, PublicNeed } from '$lib/domain/needs/schema.ts';
import type { NotificationDoc } from '$lib/domain/notifications/schema.ts';
import type { OrderDoc, OrderPlace } from '$lib/domain/orders/schema.ts';
import type { OrderEvent } from '$lib/domain/orders/states.ts';
import type { ProposalDoc, ProposalSend } from '$lib/domain/proposals/schema.ts';
import type { CommandName } from '../protocol/commands.ts';
import type { Draft, OrderGoods } from '../store/types.ts';

export type { Draft, DraftConflicts, OrderGoods } from '../store/types.ts';

/**
 * Where one command of this device is. `acknowledged` = the server has it, its effect has not come back
 * with the pull yet (sync 3).
 */
export type CommandState =
	| { readonly at: 'waiting' }
	| { readonly at: 'waiting_for_photos'; readonly sent: number; readonly total: number }
	| { readonly at: 'sending' }
	/** The exchange did not take it so often: it goes again at the next start or when the person says so (sync 2). */
	| { readonly at: 'quarantined'; readonly tries: number }
	| { readonly at: 'acknowledged'; readonly receipt: string; readonly receivedAt: string }
	| { readonly at: 'refused'; readonly refusal: Refusal; readonly receivedAt: string };

/** A command that is not yet settled, as a screen shows it beside the thing it is about. */
export type PendingCommand = {
	readonly id: string;
	readonly name: CommandName;
	/** The device's clock when the person acted. */
	readonly deviceTime: string;
	readonly state: CommandState;
};

/** A photo of a listing: on this device, on its way, or with the server. */
export type PhotoView = {
	readonly hash: string;
	readonly state: 'on_device' | 'sending' | 'stored' | 'refused' | 'missing';
	readonly bytesSent: number;
	readonly bytes: number;
	readonly refusal: Refusal | null;
};

/**
 * Where a listing is, in the words of the seller's home: on this phone → sending (2 of 5 photos) → received
 * (code, time) → approved or returned. `saved` = the server has the same draft, nothing was sent for approval.
 */
export type ListingPlace =
	| { readonly at: 'on_device' }
	| {
			readonly at: 'sending';
			readonly sentPhotos: number;
			readonly totalPhotos: number;
			/** A photo the server will not take: the listing waits until it is replaced. */
			readonly photoRefusal: Refusal | null;
	  }
	/** The exchange did not take it so often: it waits for the person. */
	| { readonly at: 'quarantined'; readonly commandId: string; readonly tries: number }
	/** The server has it; the case's code and term follow with the next pull. */
	| { readonly at: 'acknowledged'; readonly receipt: string; readonly receivedAt: string }
	| {
			readonly at: 'received';
			readonly code: string;
			readonly receivedAt: string;
			readonly dueAt: string;
			readonly lastDay: string;
			readonly agencyName: string;
	  }
	| { readonly at: 'approved'; readonly decidedAt: string | null }
	| {
			readonly at: 'returned';
			readonly code: string;
			readonly decidedAt: string | null;
			readonly reasonCodes: readonly string[];
			readonly note: string;
	  }
	| { readonly at: 'refused'; readonly commandId: string; readonly refusal: Refusal }
	| { readonly at: 'saved' }
	| { readonly at: 'withdrawn' }
	| { readonly at: 'locked' };

export type MyListingView = {
	readonly id: string;
	/** What the screen shows: the working copy, else what was sent, else what the server holds. */
	readonly content: ListingContent;
	/** The server's last word, or null while it has never seen the listing. */
	readonly server: MyListing | null;
	readonly draft: Draft | null;
	/** The server's state; `draft` while it has never seen the listing. Ask `listingMachine`, never compare. */
	readonly state: ListingState;
	readonly place: ListingPlace;
	/** The seller may type: not in review, not on its way there. */
	readonly editable: boolean;
	/** The working copy says something the server does not have yet. */
	readonly unsaved: boolean;
	readonly photos: readonly PhotoView[];
	readonly pending: readonly PendingCommand[];
	/** The stock this device has stated and nobody else sees yet, or that the exchange refused (TG-17.1). */
	readonly restock: { readonly stock: number | null; readonly command: PendingCommand } | null;
	/** Device clock of the last typing, else the server's time of the last change. */
	readonly changedAt: string;
};

export type OrderView = {
	readonly id: string;
	/** The side this person is on; somebody who bought from himself does not exist. */
	readonly party: 'buyer' | 'seller';
	/** null while the order has not come back from the server. */
	readonly order: OrderDoc | null;
	/** The order as it was typed, while `order` is null. */
	readonly placed: { readonly input: OrderPlace; readonly goods: OrderGoods } | null;
	/** The step this device has asked for and the server has not yet confirmed, or has refused. */
	readonly step: {
		readonly event: OrderEvent;
		readonly reason: string;
		readonly command: PendingCommand;
	} | null;
	/** The unsettled `order.place`, if any. */
	readonly placing: PendingCommand | null;
	readonly changedAt: string;
};

export type CaseView = {
	/** Always the server's state: nothing is shown as decided that the server has not accepted. */
	readonly case: CaseDoc;
	readonly decision: {
		readonly decision: 'approve' | 'return' | 'refuse';
		readonly reasonCodes: readonly string[];
		readonly note: string;
		readonly listingRev: number;
		/** What the officer had before the eyes, kept with the decision; null when it is not known, or not goods. */
		readonly seen: ListingContent | null;
		readonly command: PendingCommand;
	} | null;
	readonly reassignment: { readonly toAccountId: string; readonly command: PendingCommand } | null;
};

export type ProposalView = {
	readonly id: string;
	/** null while the proposal has not come back from the server. */
	readonly proposal: ProposalDoc | null;
	/** The proposal as it was typed and its unsettled command, while `proposal` is null. */
	readonly sending: { readonly input: ProposalSend; readonly command: PendingCommand } | null;
	/** Device clock of the sending, else the server's receipt. */
	readonly at: string;
};

/** One's own purchase need. */
export type OwnNeedView = {
	readonly id: string;
	/** null while the need has not come back from the server. */
	readonly need: OwnNeed | null;
	/** The text this device sends and the server has not yet shown, or has refused. */
	readonly sending: { readonly input: NeedSubmit; readonly command: PendingCommand } | null;
	/** The unsettled `need.close`, if any. */
	readonly closing: PendingCommand | null;
	/** Device clock of what this device did last, else the server's. */
	readonly at: string;
};

/** What the own business offers for a need. */
export type OwnOfferView = {
	readonly id: string;
	readonly needId: string;
	readonly listingId: string;
	readonly quantity: number;
	/** null while the offer has not come back from the server. */
	readonly offer: OwnOffer | null;
	readonly sending: { readonly input: OfferSend; readonly command: PendingCommand } | null;
	/** The unsettled `offer.withdraw`, if any. */
	readonly withdrawing: PendingCommand | null;
	readonly at: string;
};

/** The board as this person meets it: what everybody reads, one's own, and what the own business offered. */
export type NeedsView = {
	/** Newest first; one whose last day has passed since is left out by the screen, which knows the day. */
	readonly board: readonly PublicNeed[];
	readonly own: readonly OwnNeedView[];
	readonly offers: readonly OwnOfferView[];
};
export const noNeeds: NeedsView = { board: [], own: [], offers: [] };

export type NotificationView = NotificationDoc & { readonly read: boolean };

/** A command the exchange has received, with the code a person reads out. */
export type ReceiptView = {
	readonly id: string;
	readonly name: CommandName;
	readonly title: string;
	readonly receipt: string;
	readonly receivedAt: string;
};

/** One line of "what has not left this phone". */
/** What wiping this device would lose, by what a person calls it. */
export type OnlyHere = Pick<UnsentItem, 'id' | 'name' | 'subjectId' | 'title' | 'input'>;

export type UnsentItem = PendingCommand & {
	/** `listing:<id>`, `order:<id>`, `case:<id>`, `proposal:<id>`, `need:<id>`, `offer:<id>`, `notifications`. */
	readonly subject: string;
	readonly subjectId: string;
	/** Goods or case code, when the device knows it. */
	readonly title: string;
	/** What was typed, for showing and copying. */
	readonly input: unknown;
};
