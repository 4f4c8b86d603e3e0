export const locales = ['vi', 'en'] as const;
export type Locale = (typeof locales)[number];

/** A text is a string, or a function of what it must name. Groups of texts nest. */
export type TextTree = { readonly [key: string]: string | ((...given: never[]) => string) | TextTree };

/** The same keys and the same parameters, any words. */
export type SameShape<T> = {
	readonly [K in keyof T]: T[K] extends string
		? string
		: T[K] extends (...given: infer Given) => string
			? (...given: Given) => string
			: SameShape<T[K]>;
};

export type Texts<T extends TextTree> = { readonly vi: T; readonly en: SameShape<T> };

/**
 * The words of one feature in both languages. Vietnamese sets the keys; the compiler refuses an English
 * side that lacks one, has one too many, or takes other parameters.
 */
export const defineTexts = <T extends TextTree>(texts: {
	readonly vi: T;
	readonly en: SameShape<NoInfer<T>>;
}): Texts<T> => texts;
