import { z } from 'zod';
import { cleanText } from '../kernel/text.ts';

export const languages = ['vi', 'en'] as const;
export type Language = (typeof languages)[number];

export const channels = ['email', 'sms'] as const;
export type Channel = (typeof channels)[number];

/**
 * A message is written in blocks and never in HTML: what a person typed somewhere cannot become markup, because no
 * template can write any.
 */
export type Block =
	| { readonly kind: 'text'; readonly text: string }
	/** To be typed elsewhere: large, apart, nothing around it. */
	| { readonly kind: 'code'; readonly code: string }
	/** `path` on the exchange itself, `/…`: a message never leads anywhere else. */
	| { readonly kind: 'link'; readonly label: string; readonly path: string };

export type Written = {
	readonly subject: string;
	readonly blocks: readonly Block[];
	/** The same on one line, for a phone: short, with what is needed and no more. It is sent without accents. */
	readonly sms: string;
};

export type Template<Given> = {
	/** The message in a language; `params` as they were stored. Throws when they are not this template's. */
	write(language: Language, params: unknown): Written;
	/** Checked before anything is stored, so that a message that is queued can be written. */
	check(params: Given): Given;
	readonly params: z.ZodObject;
};

/** Makes a template of the schema of its parameters and its words in both languages. */
export const template = <S extends z.ZodObject>(
	params: S,
	words: Readonly<Record<Language, (params: z.output<S>) => Written>>
): Template<z.input<S>> => ({
	params,
	write: (language, given) => words[language](params.parse(given)),
	check(given) {
		params.parse(given);
		return given;
	}
});

/** Parameters are facts on one line: names, codes, dates, places in the app. */
export const line = (max = 200) =>
	z
		.string()
		.transform((text) => oneLine(text))
		.pipe(z.string().max(max));
export const code = z.string().regex(/^[A-Z0-9-]{4,32}$/i);
export const minutes = z.int().min(1).max(100_000);
export const appPath = z
	.string()
	.max(500)
	.regex(/^\/(?!\/)[\w/?=&.%~-]*$/);

/** No line break of any kind and no sign that turns the direction of the text: subjects are header lines. */
export const oneLine = (text: string): string =>
	cleanText(text.replace(/[\s\p{Zl}\p{Zp}]+/gu, ' ').replace(/[\u202a-\u202e\u2066-\u2069]/g, ''));

export const text = (words: string): Block => ({ kind: 'text', text: words });
export const codeBlock = (given: string): Block => ({ kind: 'code', code: given });
export const link = (label: string, path: string): Block => ({ kind: 'link', label, path });
