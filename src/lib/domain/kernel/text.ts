/** Control and cut signs, white space that is no space, runs of it. */
const untidy = /[^\P{Cc}\n]|\p{Cs}|[^\S\n ]| [ \n]|\n /u;

/**
 * Unicode NFC with outer white space gone and inner runs of spaces made one; line breaks stay. Control characters and
 * halves of a sign cut in two go: the database takes neither, and the command that brought one would never get through.
 */
export function cleanText(text: string): string {
	// Most texts are tidy, and every one is cleaned wherever it is read: asking first takes a third of the time.
	if (!untidy.test(text)) return text.normalize('NFC').trim();
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

/** What each UTF-16 unit folds to when that is one ASCII sign; found out once each. */
const folds = new Uint8Array(0x10000);
const [unknown, notPlain] = [0, 0xff];

function foldUnit(unit: number): number {
	const folded = foldVietnamese(String.fromCharCode(unit));
	const code = folded.length === 1 ? folded.charCodeAt(0) : notPlain;
	return (folds[unit] = code > unknown && code < 0x80 ? code : notPlain);
}

/**
 * `foldVietnamese` of each, several times as fast where there are thousands. A text whose every sign folds to one of
 * ASCII by itself is looked up sign by sign; one byte a sign also halves the time of searching it.
 */
export function foldAll(texts: readonly string[]): string[] {
	const bytes = new Uint8Array(texts.reduce((sum, text) => sum + text.length, 0));
	let end = 0;
	const ends = texts.map((text) => {
		for (let at = 0; at < text.length; at += 1) {
			const unit = text.charCodeAt(at);
			const folded = folds[unit] || foldUnit(unit);
			if (folded === notPlain) return null;
			bytes[end + at] = folded;
		}
		return (end += text.length);
	});
	const whole = new TextDecoder().decode(bytes.subarray(0, end));
	let start = 0;
	return texts.map((text, n) => {
		const until = ends[n];
		if (until === null || until === undefined) return foldVietnamese(text);
		const folded = whole.slice(start, until);
		start = until;
		return folded;
	});
}
