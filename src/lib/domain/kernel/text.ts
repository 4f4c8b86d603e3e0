/**
 * Unicode NFC with outer white space gone and inner runs of spaces made one; line breaks stay. Control characters and
 * halves of a sign cut in two go: the database takes neither, and the command that brought one would never get through.
 */
export function cleanText(text: string): string {
	return text
		.replace(/(?!\s)[\p{Cc}\p{Cs}]/gu, '')
		.normalize('NFC')
		.replace(/[^\S\n]+/g, ' ')
		.replace(/ ?\n ?/g, '\n')
		.trim();
}

/**
 * Accent-blind form for search: no tone or vowel marks, đ → d, lower case.
 * The same folding runs in Postgres (`fold_vi`), and one set of vectors tests both.
 */
export function foldVietnamese(text: string): string {
	return text
		.normalize('NFD')
		.replace(/[\u0300-\u036f]/g, '')
		.replace(/[đĐ]/g, 'd')
		.toLowerCase();
}
