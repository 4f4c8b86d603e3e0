import { defineTexts, type Locale } from './texts.ts';

/** From here on the device's clock is worth a word (sync 12): below it nobody would notice. */
const worthSaying = 2 * 60_000;

const words = defineTexts({
	vi: {
		minutes: (n: number) => `${n} phút`,
		hours: (n: number) => `${n} giờ`,
		days: (n: number) => `${n} ngày`
	},
	en: {
		minutes: (n) => `${n} min`,
		hours: (n) => `${n} h`,
		days: (n) => (n === 1 ? '1 day' : `${n} days`)
	}
});

/** How far the device's clock is off, in the unit people would say ("2 giờ"), or null when it is near enough. */
export function clockOff(skewMs: number | null, locale: Locale): string | null {
	if (skewMs === null || Math.abs(skewMs) < worthSaying) return null;
	const minutes = Math.round(Math.abs(skewMs) / 60_000);
	if (minutes < 90) return words[locale].minutes(minutes);
	const hours = Math.round(minutes / 60);
	return hours < 48 ? words[locale].hours(hours) : words[locale].days(Math.round(hours / 24));
}
