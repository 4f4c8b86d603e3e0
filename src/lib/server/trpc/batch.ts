import { collectionNames } from '$lib/sync/protocol/collections.ts';

/** A device asks for its collections together, and for nothing else. */
export const mostTogether = collectionNames.length;

/**
 * Whether more is asked in one request than any of our clients asks: each procedure takes a connection, and a thousand of them
 * would leave none to anybody. `pathname` as it came, in which tRPC finds the names after it is decoded.
 */
export function isTooMany(pathname: string): boolean {
	try {
		return decodeURIComponent(pathname).split(',').length > mostTogether;
	} catch {
		return true;
	}
}
