type Texts = { readonly seconds: (n: number) => string; readonly minutes: (n: number) => string };

/** How long somebody has to wait, in words: whole minutes from two minutes on. */
export const waitWords = (seconds: number, t: Texts): string =>
	seconds < 120 ? t.seconds(seconds) : t.minutes(Math.ceil(seconds / 60));
