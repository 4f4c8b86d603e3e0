/**
 * What was typed and not yet sent, for a page that reloads in between: it lives as long as the tab, and signing out
 * empties it. A store that is full or shut costs this comfort only: the text is still in the form.
 */
export function inTab(key: string): unknown {
	try {
		return JSON.parse(sessionStorage.getItem(key) ?? 'null');
	} catch {
		return null;
	}
}

/** Null takes it away. */
export function keepInTab(key: string, value: unknown): void {
	try {
		if (value === null) sessionStorage.removeItem(key);
		else sessionStorage.setItem(key, JSON.stringify(value));
	} catch {
		return;
	}
}
