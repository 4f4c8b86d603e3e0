import { wardName, type PackNames } from '$lib/domain/agencies/names.ts';
import type { Ward } from '$lib/domain/agencies/schema.ts';
import type { ListingContent, ListingField } from '$lib/domain/listings/schema.ts';
import { formatDate, formatDong, formatQuantity } from '$lib/i18n/format.ts';
import type { Locale, SameShape } from '$lib/i18n/texts.ts';
import type { editorTexts } from './editor-texts.ts';

export type FieldSetting = {
	readonly t: SameShape<(typeof editorTexts)['vi']>;
	readonly locale: Locale;
	readonly names: PackNames;
	readonly wards: readonly Ward[];
};

/** The label the form gives a field. */
export function fieldLabel(field: ListingField, { t }: Pick<FieldSetting, 't'>): string {
	switch (field) {
		case 'categoryId':
			return t.category;
		case 'wardCode':
			return t.ward;
		case 'photos':
			return t.sections.photos;
		case 'voice':
			return t.sections.voice;
		case 'certificates':
			return t.sections.certificates;
		default:
			return t[field];
	}
}

/** What a field says, in words; `chưa ghi` for nothing. */
export function fieldText(content: ListingContent, field: ListingField, setting: FieldSetting): string {
	const words = said(content, field, setting);
	return words === '' ? setting.t.empty : words;
}

function said(
	content: ListingContent,
	field: ListingField,
	{ t, locale, names, wards }: FieldSetting
): string {
	const quantity = (amount: number | null) =>
		amount === null ? '' : formatQuantity(amount, names.unit(content.unit), locale);
	switch (field) {
		case 'title':
		case 'description':
		case 'ingredients':
		case 'packing':
		case 'place':
		case 'growingAreaCode':
		case 'shippingTerms':
			return content[field];
		case 'categoryId':
			return names.category(content.categoryId);
		case 'price':
			return content.price === null
				? ''
				: `${formatDong(content.price, locale)} / ${names.unit(content.unit)}`;
		case 'unit':
			return names.unit(content.unit);
		case 'bulk':
			return content.bulk === null
				? ''
				: t.from(quantity(content.bulk.from), formatDong(content.bulk.price, locale));
		case 'stock':
		case 'minimum':
			return quantity(content[field]);
		case 'wardCode':
			return wardName(wards, content.wardCode);
		case 'certificates':
			return content.certificates
				.map(({ type, number, expiresOn }) =>
					[names.certificate(type), number, expiresOn === null ? '' : t.until(formatDate(expiresOn, locale))]
						.filter(Boolean)
						.join(', ')
				)
				.join('; ');
		case 'payment':
			return content.payment.map(names.payment).join(', ');
		case 'shipping':
			return content.shipping.map(names.shipping).join(', ');
		case 'deliveryDays':
			return content.deliveryDays === null ? '' : t.afterDays(content.deliveryDays);
		case 'photos':
			return content.photos.length === 0 ? '' : t.photosCount(content.photos.length);
		case 'voice':
			return content.voice ? t.voiceThere : '';
	}
}
