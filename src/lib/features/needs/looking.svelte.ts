import { foldVietnamese } from '$lib/domain/kernel/text.ts';
import { searchWords } from '$lib/domain/listings/rules.ts';
import type { PublicNeed } from '$lib/domain/needs/schema.ts';

/** What somebody is looking for on the board. It outlives the screen: coming back from a need shows the same list. */
export const looking = $state({ q: '', categoryId: '', wardCode: '', room: 24 });

export function lookAgain(): void {
	Object.assign(looking, { q: '', categoryId: '', wardCode: '', room: 24 });
}

/** Every word occurs in the title, the description or the ward, with or without accents. */
export function foundNeeds(
	board: readonly PublicNeed[],
	{ q, categoryId, wardCode }: { readonly q: string; readonly categoryId: string; readonly wardCode: string }
): PublicNeed[] {
	const words = searchWords(q);
	return board.filter((need) => {
		if (categoryId !== '' && need.categoryId !== categoryId) return false;
		if (wardCode !== '' && need.wardCode !== wardCode) return false;
		if (words.length === 0) return true;
		const text = foldVietnamese(`${need.title} ${need.description} ${need.wardName}`);
		return words.every((word) => text.includes(word));
	});
}
