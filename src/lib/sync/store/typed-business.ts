import type { Paper } from '$lib/domain/businesses/schema.ts';
import type { LocalDb } from './local.ts';
import type { TypedBusiness } from './types.ts';

/** What a window last knew of the registration, and whether that lay in the store. */
export type TypedBefore = { readonly words: TypedBusiness; readonly stored: boolean };

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

function mergeFields<T extends object>(mine: T, before: T, now: T): T {
	const known = new Map<string, unknown>(Object.entries(before));
	const changed = Object.entries(mine).filter(([field, value]) => !same(value, known.get(field)));
	return { ...now, ...Object.fromEntries(changed) };
}

function mergePapers(mine: readonly Paper[], before: readonly Paper[], now: readonly Paper[]): Paper[] {
	const of = (papers: readonly Paper[], type: string) => papers.find((paper) => paper.type === type);
	const types = new Set([...now, ...mine].map(({ type }) => type));
	return [...types].flatMap((type) => of(same(of(mine, type), of(before, type)) ? now : mine, type) ?? []);
}

/** What was changed here since `before`, over what there is now; the lower base asks about what nobody has compared. */
export const mergeTyped = (
	mine: TypedBusiness,
	before: TypedBusiness,
	now: TypedBusiness
): TypedBusiness => ({
	base: same(now, before) ? mine.base : Math.min(mine.base, now.base),
	content: {
		...mergeFields(mine.content, before.content, now.content),
		papers: mergePapers(mine.content.papers, before.content.papers, now.content.papers)
	},
	person: mergeFields(mine.person, before.person, now.person)
});

/**
 * Stores what this window has typed without touching what another one typed meanwhile, and gives back what lies there now.
 * Null = another window has sent it, and nothing was written. Without `before` everything there is replaced.
 */
export function keepTyped(
	local: LocalDb,
	mine: TypedBusiness | null,
	before?: TypedBefore
): Promise<TypedBusiness | null> {
	return local.transaction('rw', local.state, async () => {
		const now = (await local.state.get('this'))?.typedBusiness ?? null;
		if (before !== undefined && now === null && before.stored) return null;
		// Sent from here; what another window has typed since is not part of that.
		if (before !== undefined && mine === null && now !== null && !same(now, before.words)) return now;
		const typedBusiness =
			before === undefined || mine === null || now === null ? mine : mergeTyped(mine, before.words, now);
		await local.state.update('this', { typedBusiness });
		return typedBusiness;
	});
}
