import type { BusinessContent, BusinessPerson } from '$lib/domain/businesses/schema.ts';
import type { ListingContent, ListingField } from '$lib/domain/listings/schema.ts';

/** What the server last said about who is signed in; `unknown` until it was reached (sync 2, 6). */
/** The registration of the own business while it is written; it lies on this device until it is sent (sync 15). */
export type TypedBusiness = {
	readonly base: number;
	readonly content: BusinessContent;
	readonly person: BusinessPerson;
};

/** Why the catalogue does not come: no answer for it though others come, no room on this device, a fault of our own. */
export type MarketHeld = 'unanswered' | 'full' | 'fault';

export type SessionState =
	'unknown' | 'signed_in' | 'nobody' | 'expired' | 'ended' | 'locked' | 'revoked' | 'wrong_user';

/** The working copy of one listing on this device (sync 4). */
export type Draft = {
	readonly listingId: string;
	/** The server's `rev` the text builds on; 0 = the server has not seen it. */
	readonly base: number;
	/** What the server had at `base`: the common ancestor of a merge. */
	readonly ancestor: ListingContent;
	readonly content: ListingContent;
	/** Fields another device changed meanwhile: what is here stays, what is there is shown. */
	readonly conflicts: DraftConflicts;
	/** What the exchange says of a field in which other words of this person wait already: asked after those. */
	readonly next?: DraftConflicts | undefined;
	/** The epoch of an exchange that was restored since: it may no longer have what the ancestor says (sync 13). */
	readonly restored?: string | undefined;
	/** The device's clock. */
	readonly createdAt: string;
	readonly updatedAt: string;
};
export type DraftConflicts = { readonly [F in ListingField]?: ListingContent[F] };

/** What the buyer saw when ordering, kept with the command so that an unsent order can be shown. */
export type OrderGoods = {
	readonly listingId: string;
	readonly title: string;
	readonly unit: string;
	readonly thumb: string | null;
	readonly sellerName: string;
	readonly sellerPhone: string;
};

/** The part of the catalogue a device keeps: goods of these sectors and of these wards; none named = of all. */
export type Follows = { readonly sectors: readonly string[]; readonly wards: readonly string[] };
