import { z } from 'zod';
import { cleanText } from '$lib/domain/kernel/text.ts';
import { contactSchema, type Contact } from '$lib/domain/orders/schema.ts';
import type { PublicListing } from '$lib/domain/listings/schema.ts';
import type { OrderView } from '$lib/sync/app.svelte.ts';

/** What a buyer types; kept as it was typed until the order is placed. */
export const typedOrderSchema = z.object({
	name: z.string(),
	phone: z.string(),
	address: z.string(),
	payment: z.string(),
	shipping: z.string(),
	note: z.string()
});
export type TypedOrder = z.output<typeof typedOrderSchema>;
export type OrderFieldName = Exclude<keyof TypedOrder, 'note'>;

/** "+84 912 345 678" and "0912.345.678" are the same number. */
export function tidyPhone(typed: string): string {
	const digits = typed.replace(/[^\d+]/g, '');
	return digits.replace(/^(?:\+|00)?84(?=\d{9,10}$)/, '0');
}

export const contactOf = (typed: TypedOrder): Contact => ({
	name: cleanText(typed.name),
	phone: tidyPhone(typed.phone),
	address: cleanText(typed.address),
	wardCode: ''
});

/** The fields that are not right yet, in the order of the form. */
export function wrongFields(
	typed: TypedOrder,
	listing: Pick<PublicListing, 'payment' | 'shipping'>
): OrderFieldName[] {
	const checked = contactSchema.safeParse(contactOf(typed));
	const named = new Set<unknown>(checked.success ? [] : checked.error.issues.map((issue) => issue.path[0]));
	const fields: readonly OrderFieldName[] = ['name', 'phone', 'address', 'payment', 'shipping'];
	return fields.filter((field) =>
		field === 'payment' || field === 'shipping' ? !listing[field].includes(typed[field]) : named.has(field)
	);
}

/** What a person's own page says of them. */
export type OwnContact = {
	readonly name: string;
	readonly phone: string | null;
	readonly address: string | null;
};

/**
 * The form with the person's own page in it, where nobody has typed since `before`. Without an address there it only fills
 * what is empty: what the last order said is the better guess then.
 */
export function filledFrom(own: OwnContact, typed: TypedOrder, before: TypedOrder): TypedOrder {
	const fill = (field: 'name' | 'phone' | 'address'): string => {
		const given = own[field] ?? '';
		const untouched = typed[field] === before[field];
		return untouched && given !== '' && (own.address || typed[field] === '') ? given : typed[field];
	};
	const filled = { ...typed, name: fill('name'), phone: fill('phone'), address: fill('address') };
	const same = (['name', 'phone', 'address'] as const).every((field) => filled[field] === typed[field]);
	return same ? typed : filled;
}

/** The contact of the person's latest order on this device: nobody types an address twice. */
export function lastContact(orders: readonly OrderView[]): Contact | null {
	const bought = orders
		.filter((view) => view.party === 'buyer')
		.map((view) => ({
			at: view.changedAt,
			contact: view.placed?.input.contact ?? view.order?.contact ?? null
		}))
		.sort((a, b) => (a.at < b.at ? 1 : -1));
	for (const { contact } of bought) if (contact !== null && typeof contact === 'object') return contact;
	return null;
}

/** Where the stepper starts and how far it goes. A whole unit is the step, whatever decimals may be typed. */
export function quantityBounds(
	listing: Pick<PublicListing, 'minimum' | 'stock'>,
	decimals: number
): { min: number; max: number; start: number } {
	const least = decimals === 0 ? 1 : Number((10 ** -decimals).toFixed(decimals));
	const min = listing.minimum ?? least;
	const max = listing.stock ?? 1_000_000;
	return { min, max, start: Math.min(max, Math.max(min, 1)) };
}

/** Nothing can be ordered: less is left than the least one may buy. */
export const isSoldOut = (bounds: { min: number; max: number }): boolean => bounds.max < bounds.min;
