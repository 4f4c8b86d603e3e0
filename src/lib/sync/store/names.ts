/** The databases of one user, so that two people of one phone never share any (sync 6). */
export const storeName = (of: { readonly userId: string | null; readonly prefix?: string }): string =>
	`${of.prefix ?? 'san'}-${(of.userId ?? 'nobody').toLowerCase()}`;

/** Pictures another app handed over, before anybody says which listing they are for: a store of the whole browser. */
export const sharedPictures = 'san-shared';

/** Outbox, photos and bookkeeping of a store. */
export const workName = (store: string): string => `${store}-work`;
