/** The databases of one user, so that two people of one phone never share any (sync 6). */
export const storeName = (of: { readonly userId: string | null; readonly prefix?: string }): string =>
	`${of.prefix ?? 'san'}-${(of.userId ?? 'nobody').toLowerCase()}`;

/** Pictures another app handed over, before anybody says which listing they are for: a store of the whole browser. */
export const sharedPictures = 'san-shared';

/** Outbox, photos and bookkeeping of a store. */
export const workName = (store: string): string => `${store}-work`;

/**
 * Whether nothing was ever stored under this name, known before anything is opened: the browser has no such database. Not
 * known is false. What is being made meanwhile may count as there, never the other way.
 */
export async function neverStored(store: string): Promise<boolean> {
	try {
		return !(await indexedDB.databases()).some(({ name }) => name === workName(store));
	} catch {
		return false;
	}
}
