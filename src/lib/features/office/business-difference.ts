/** One line of a registration as an officer reads it; `files` by their hashes, where it has some. */
export type Line = {
	readonly id: string;
	readonly label: string;
	readonly words: string;
	readonly files?: readonly string[];
};

export type ChangedLine = {
	readonly id: string;
	readonly label: string;
	readonly before: string;
	readonly now: string;
};

const sameFiles = (a: readonly string[] = [], b: readonly string[] = []): boolean =>
	a.length === b.length && a.every((file, at) => file === b[at]);

/**
 * TG-7.2b: the lines that differ between the confirmed registration and this one, those that are gone last. Files that
 * were changed are named, since their number alone may be the same.
 */
export function changedLines(
	before: readonly Line[],
	now: readonly Line[],
	say: { readonly otherFiles: string; readonly gone: string }
): ChangedLine[] {
	const known = new Map(before.map((line) => [line.id, line]));
	const kept = now.flatMap((line): ChangedLine[] => {
		const old = known.get(line.id);
		const same = old === undefined || sameFiles(old.files, line.files);
		if (old !== undefined && same && old.words === line.words) return [];
		return [
			{
				id: line.id,
				label: line.label,
				before: old?.words ?? '',
				now: same ? line.words : `${line.words} · ${say.otherFiles}`
			}
		];
	});
	const there = new Set(now.map(({ id }) => id));
	const gone = before
		.filter(({ id }) => !there.has(id))
		.map(({ id, label, words }) => ({ id, label, before: words, now: say.gone }));
	return [...kept, ...gone];
}
