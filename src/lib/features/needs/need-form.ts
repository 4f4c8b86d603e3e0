import { z } from 'zod';
import type { RulePack } from '$lib/domain/agencies/schema.ts';
import { addDays } from '$lib/domain/calendar/working-days.ts';
import { isOffered } from '$lib/domain/kernel/effective.ts';
import { checkNeed, lastNeedDay } from '$lib/domain/needs/rules.ts';
import { needContentSchema, needRhythms, type NeedContent } from '$lib/domain/needs/schema.ts';

/** How far ahead the last day stands before anybody chooses one. */
const usualDays = 30;

/** What a buyer types; kept as it was typed until it is sent. */
export const typedNeedSchema = z.object({
	title: z.string(),
	categoryId: z.string(),
	quantity: z.number().nullable(),
	unit: z.string(),
	rhythm: z.enum(needRhythms),
	price: z.number().nullable(),
	wardCode: z.string(),
	until: z.string(),
	description: z.string()
});
export type TypedNeed = z.output<typeof typedNeedSchema>;
export type NeedFieldName = keyof TypedNeed;

/** In the order of the form. */
export const needFields = [
	'title',
	'categoryId',
	'quantity',
	'unit',
	'rhythm',
	'price',
	'wardCode',
	'until',
	'description'
] as const satisfies readonly NeedFieldName[];

export const needFieldId = (field: NeedFieldName): string => `need-${field}`;

export function blankNeed(pack: RulePack | null, today: string): TypedNeed {
	const units = (pack?.units ?? []).filter((unit) => isOffered(unit, today));
	return {
		title: '',
		categoryId: '',
		quantity: null,
		unit: units.find((unit) => unit.id === 'kg')?.id ?? units[0]?.id ?? '',
		rhythm: 'once',
		price: null,
		wardCode: '',
		until: addDays(today, usualDays),
		description: ''
	};
}

/** An earlier need to start from. A last day that has passed is set anew. */
export const typedFrom = (content: NeedContent, today: string): TypedNeed => ({
	...content,
	until: content.until < today ? addDays(today, usualDays) : content.until
});

export type WrongNeed = Readonly<Partial<Record<NeedFieldName, 'wrong' | 'past_day' | 'too_far'>>>;

/** The need as it is sent, or what is not right yet. Without a rule pack on the device only its shape is checked. */
export function checkTyped(
	typed: TypedNeed,
	pack: RulePack | null,
	today: string
): { readonly content: NeedContent } | { readonly wrong: WrongNeed } {
	const parsed = needContentSchema.safeParse(typed);
	const checked = parsed.success && pack !== null ? checkNeed(parsed.data, pack, today) : null;
	const found = parsed.success
		? Object.keys(checked?.ok === false ? (checked.refusal.fields ?? {}) : {})
		: parsed.error.issues.map((issue) => issue.path[0]);
	const wrong = Object.fromEntries(
		needFields.filter((field) => found.includes(field)).map((field) => [field, 'wrong'] as const)
	);
	const until = wrongDay(typed.until, today);
	if (until === null && parsed.success && found.length === 0) return { content: parsed.data };
	return { wrong: until === null ? wrong : { ...wrong, until } };
}

/** Said at once with everything else that is wrong, and more exactly. */
function wrongDay(until: string, today: string): 'past_day' | 'too_far' | null {
	if (until === '') return null;
	if (until < today) return 'past_day';
	return until > lastNeedDay(today) ? 'too_far' : null;
}
