import type { NeedContent, NeedRhythm } from '$lib/domain/needs/schema.ts';
import { formatDong, formatQuantity } from './format.ts';
import type { Locale } from './texts.ts';

/** How often so much is wanted, behind a quantity: "500 kg mỗi tuần". */
const rhythms: Readonly<Record<Locale, Readonly<Record<NeedRhythm, string>>>> = {
	vi: { once: 'một lần', week: 'mỗi tuần', month: 'mỗi tháng' },
	en: { once: 'once', week: 'every week', month: 'every month' }
};
const open: Readonly<Record<Locale, string>> = { vi: 'Giá thỏa thuận', en: 'Price to be agreed' };

type Amount = Pick<NeedContent, 'quantity' | 'rhythm'>;

export const rhythmWord = (rhythm: NeedRhythm, locale: Locale): string => rhythms[locale][rhythm];

/** `unit` is the name people read, not the id. */
export const needAmount = ({ quantity, rhythm }: Amount, unit: string, locale: Locale): string =>
	`${formatQuantity(quantity, unit, locale)} ${rhythmWord(rhythm, locale)}`;

/** What the buyer has in mind for one unit, or that it is to be agreed. */
export const needPrice = ({ price }: Pick<NeedContent, 'price'>, unit: string, locale: Locale): string =>
	price === null ? open[locale] : `${formatDong(price, locale)} / ${unit}`;
