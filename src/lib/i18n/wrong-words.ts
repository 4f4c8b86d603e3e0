/** What a refusal says of a field, in the screen's own words, or those for all else; undefined when it says nothing. */
export const wrongWords = (
	words: Readonly<Record<string, string>> & { readonly other: string },
	why: string | undefined
): string | undefined =>
	why === undefined ? undefined : Object.hasOwn(words, why) ? words[why] : words.other;
