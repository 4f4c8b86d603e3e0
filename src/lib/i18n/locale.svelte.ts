import { getContext, setContext } from 'svelte';
import type { Locale, SameShape, Texts, TextTree } from './texts.ts';

type LocaleContext = { readonly current: Locale };

const key = Symbol('locale');
const vietnamese: LocaleContext = { current: 'vi' };

/** Called once by a layout. `read` is a function so that a change of language reaches every open screen. */
export function setLocale(read: () => Locale): void {
	setContext<LocaleContext>(key, {
		get current() {
			return read();
		}
	});
}

/** The language of the screen around this component; Vietnamese where no layout has said otherwise. */
export const useLocale = (): LocaleContext => getContext<LocaleContext | undefined>(key) ?? vietnamese;

/**
 * The words of a feature in the language of the screen: `const t = useTexts(texts)`, then `t.title`.
 * Every read asks for the language again, so the words follow it without remounting anything.
 */
export function useTexts<T extends TextTree>(texts: Texts<T>): SameShape<T> {
	const locale = useLocale();
	return new Proxy(texts.en, {
		get: (_, name) => Reflect.get(texts[locale.current], name)
	});
}
