import { holds } from '$lib/domain/businesses/papers.ts';
import { wardName, type PackNames } from '$lib/domain/agencies/names.ts';
import type { Ward } from '$lib/domain/agencies/schema.ts';
import type { ListingContent } from '$lib/domain/listings/schema.ts';
import { formatDate, formatDong, formatNumber, formatQuantity } from '$lib/i18n/format.ts';
import type { Locale } from '$lib/i18n/texts.ts';
import type { ContentRow } from './difference.ts';

export type ContentNames = {
	readonly names: PackNames;
	readonly wards: readonly Ward[];
	readonly locale: Locale;
};

const phrases = {
	vi: {
		from: (amount: string, price: string) => `từ ${amount}: ${price}`,
		expires: (day: string) => `hết hạn ${day}`,
		number: (number: string) => `số ${number}`,
		days: (count: number) => (count === 0 ? 'giao trong ngày' : `${count} ngày`),
		photos: (count: number) => `${count} hình`,
		voice: (mark: string) => `có lời ghi âm, ký hiệu ${mark}`
	},
	en: {
		from: (amount: string, price: string) => `from ${amount}: ${price}`,
		expires: (day: string) => `expires ${day}`,
		number: (number: string) => `no. ${number}`,
		days: (count: number) => (count === 0 ? 'same day' : `${count} days`),
		photos: (count: number) => (count === 1 ? '1 photo' : `${count} photos`),
		voice: (mark: string) => `recorded, mark ${mark}`
	}
} as const;

const joined = (parts: readonly string[], by = ' · '): string => parts.filter((part) => part !== '').join(by);

/** One line of a listing in words, '' where the seller wrote nothing. */
export function contentWords(row: ContentRow, content: ListingContent, around: ContentNames): string {
	const { names, wards, locale } = around;
	const say = phrases[locale];
	const unit = names.unit(content.unit);
	switch (row) {
		case 'title':
			return content.title;
		case 'category':
			return names.category(content.categoryId);
		case 'price':
			return content.price === null ? '' : `${formatDong(content.price, locale)} / ${unit}`;
		case 'bulk':
			return content.bulk === null
				? ''
				: say.from(
						formatQuantity(content.bulk.from, unit, locale),
						`${formatDong(content.bulk.price, locale)} / ${unit}`
					);
		case 'stock':
			return content.stock === null ? '' : formatQuantity(content.stock, unit, locale);
		case 'minimum':
			return content.minimum === null ? '' : formatQuantity(content.minimum, unit, locale);
		case 'area':
			return joined([
				joined([content.place, wardName(wards, content.wardCode) || content.wardCode], ', '),
				content.growingAreaCode
			]);
		case 'certificates':
			return content.certificates
				.map((certificate) =>
					joined([
						names.certificate(certificate.type),
						certificate.number === '' ? '' : say.number(certificate.number),
						certificate.issuedBy,
						certificate.expiresOn === null ? '' : say.expires(formatDate(certificate.expiresOn, locale))
					])
				)
				.join('\n');
		case 'description':
			return content.description;
		case 'ingredients':
			return content.ingredients;
		case 'packing':
			return content.packing;
		case 'payment':
			return content.payment.map(names.payment).join(', ');
		case 'shipping':
			return joined([content.shipping.map(names.shipping).join(', '), content.shippingTerms]);
		case 'deliveryDays':
			return content.deliveryDays === null ? '' : say.days(content.deliveryDays);
		case 'photos':
			return content.photos.length === 0 ? '' : say.photos(content.photos.length);
		case 'voice':
			// Two recordings are told apart by the beginning of their names.
			return content.voice ? say.voice(content.voice.slice(0, 4)) : '';
	}
}

/** A code is read as one word: the word joiner keeps its parts on one line. */
export const oneWord = (code: string): string => code.replaceAll('-', '-\u2060');

/** TG-6.3: certificates that had run out by `today`. */
export const expiredCertificates = (content: ListingContent, today: string) =>
	content.certificates.filter((one) => !holds(one, today));

/** "96%", "96,4%": a share of a whole as people read it; null when there is no whole. */
export const percent = (part: number, whole: number, locale: Locale): string | null =>
	whole === 0 ? null : `${formatNumber((100 * part) / whole, locale, 1)}%`;
