const key = (store: string): string => `${store}-catalogue`;

/**
 * Whether a whole catalogue was in this store when it was last looked at, known before any database is open: only then
 * need the exchange not be asked at once. A hint: wrong either way it costs a moment and nothing else.
 */
export function mayHoldCatalogue(store: string): boolean {
	try {
		return localStorage.getItem(key(store)) !== null;
	} catch {
		// Nothing can be kept here: the store itself is asked.
		return true;
	}
}

export function noteCatalogue(store: string, holds: boolean): void {
	try {
		if (holds) localStorage.setItem(key(store), '1');
		else localStorage.removeItem(key(store));
	} catch {
		// As above.
	}
}
