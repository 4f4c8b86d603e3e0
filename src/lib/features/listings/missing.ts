import type { RulePack } from '$lib/domain/agencies/schema.ts';
import { checkAgainstPack } from '$lib/domain/listings/rules.ts';
import { submittableSchema, type ListingContent, type ListingField } from '$lib/domain/listings/schema.ts';

/** Fields in the order the editor shows them: the first missing one is the first one jumped to. */
export const editorOrder = [
	'photos',
	'voice',
	'title',
	'categoryId',
	'price',
	'unit',
	'bulk',
	'stock',
	'minimum',
	'description',
	'ingredients',
	'packing',
	'wardCode',
	'place',
	'growingAreaCode',
	'certificates',
	'payment',
	'shipping',
	'shippingTerms',
	'deliveryDays'
] as const satisfies readonly ListingField[];

/**
 * TG-10.2a, TG-17.1: what still keeps a listing from being sent for approval, in the order of the form. Without
 * a rule pack on the device only the server can tell whether its words are known on `today`.
 */
export function missingFields(content: ListingContent, pack: RulePack | null, today: string): ListingField[] {
	const checked = submittableSchema.safeParse(content);
	const named = new Set<unknown>(checked.success ? [] : checked.error.issues.map((issue) => issue.path[0]));
	const known = pack === null ? null : checkAgainstPack(content, pack, today);
	if (known !== null && !known.ok)
		for (const field of Object.keys(known.refusal.fields ?? {})) named.add(field);
	return editorOrder.filter((field) => named.has(field));
}

/** The element a jump goes to. */
export const fieldId = (field: ListingField): string => `field-${field}`;
