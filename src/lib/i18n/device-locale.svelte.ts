import { locales, type Locale } from './texts.ts';

const key = 'san-tinh-language';

function remembered(): Locale {
	const kept = typeof localStorage === 'undefined' ? null : localStorage.getItem(key);
	return locales.find((locale) => locale === kept) ?? 'vi';
}

let current = $state<Locale>(remembered());

/** The language of the installed app, kept on the device: its addresses name no language, so that they work offline. */
export const deviceLocale = {
	get current(): Locale {
		return current;
	},
	set(locale: Locale): void {
		current = locale;
		// A browser that refuses to store anything still gets the language, until it is closed.
		try {
			localStorage.setItem(key, locale);
		} catch {
			return;
		}
	}
};
