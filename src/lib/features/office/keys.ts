/** What a single key does at the desk. */
export type DeskAction =
	'next' | 'previous' | 'approve' | 'return' | 'reassign' | 'search' | 'keys' | 'photos';

/** The keys as they are printed in the table of keys, in the order shown. */
export const deskKeys: readonly { readonly key: string; readonly action: DeskAction }[] = [
	{ key: 'J', action: 'next' },
	{ key: 'K', action: 'previous' },
	{ key: 'A', action: 'approve' },
	{ key: 'R', action: 'return' },
	{ key: 'G', action: 'reassign' },
	{ key: 'P', action: 'photos' },
	{ key: '/', action: 'search' },
	{ key: '?', action: 'keys' }
];

export type KeyPress = {
	readonly key: string;
	readonly ctrlKey: boolean;
	readonly altKey: boolean;
	readonly metaKey: boolean;
	readonly isComposing: boolean;
	readonly repeat: boolean;
};

/**
 * The action of a key press, or null. Nothing while somebody writes or a dialog is open: a letter typed into
 * a note must never approve a case. A key held down moves on, but decides nothing twice.
 */
export function deskAction(
	press: KeyPress,
	around: { readonly writing: boolean; readonly dialogOpen: boolean }
): DeskAction | null {
	if (around.writing || around.dialogOpen) return null;
	if (press.ctrlKey || press.altKey || press.metaKey || press.isComposing) return null;
	const wanted = press.key.toUpperCase();
	const found = deskKeys.find((entry) => entry.key === wanted)?.action ?? null;
	return press.repeat && found !== 'next' && found !== 'previous' ? null : found;
}

/** In the dialog of reasons 1…9 and 0 choose the first ten. */
export function reasonIndex(key: string): number | null {
	if (!/^[0-9]$/.test(key)) return null;
	return key === '0' ? 9 : Number(key) - 1;
}

/** True where a letter is text: boxes to write in, lists to choose from. */
export const isWriting = (target: EventTarget | null): boolean =>
	target instanceof HTMLElement &&
	(target.isContentEditable || target.matches('textarea, select, input:not([type=checkbox], [type=radio])'));
