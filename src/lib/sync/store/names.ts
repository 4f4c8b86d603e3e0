/** The databases of one user, so that two people of one phone never share any (sync 6). */
export const storeName = (of: { readonly userId: string | null; readonly prefix?: string }): string =>
	`${of.prefix ?? 'san'}-${(of.userId ?? 'nobody').toLowerCase()}`;

/** Outbox, photos and bookkeeping of a store. */
export const workName = (store: string): string => `${store}-work`;
