import { isOffered, type Offered } from '../kernel/effective.ts';
import { foldVietnamese } from '../kernel/text.ts';
import type { RulePack } from '../agencies/schema.ts';

/** TG-3.4a: the lists ("danh mục") people choose from. Agencies and sectors have a screen of their own. */
export const listNames = [
	'categories',
	'units',
	'paymentMethods',
	'shippingMethods',
	'certificateTypes',
	'returnReasons'
] as const;
export type ListName = (typeof listNames)[number];

/** An entry of any list, with the words people read. */
export type ListEntry = Offered & { readonly id: string; readonly name: string };

/** A list of the pack, in its order; ended and planned entries included. */
export const entriesOf = (pack: Pick<RulePack, ListName>, list: ListName): readonly ListEntry[] =>
	list === 'returnReasons' ? pack[list].map(({ text, ...entry }) => ({ ...entry, name: text })) : pack[list];

/** Of these entries, the ones that may be chosen on `day`. */
export const offeredOn = <T extends Offered>(entries: readonly T[], day: string): T[] =>
	entries.filter((entry) => isOffered(entry, day));

/**
 * The same for a form that shows what was chosen before: an entry that ended stays while it is chosen, so that nothing
 * disappears under the hands.
 */
export const choicesOn = <T extends Offered & { readonly id: string }>(
	entries: readonly T[],
	day: string,
	chosen: readonly string[]
): T[] => entries.filter((entry) => isOffered(entry, day) || chosen.includes(entry.id));

/** Where counting what names an entry ends: more is just as much a reason to think twice. */
export const mostUses = 1_000;

const longestId = 40;

/** An id for a new entry, made of its name: "Trái cây sấy" → `trai-cay-say`, with a number when that is taken. */
export function entryIdFor(name: string, taken: readonly string[]): string {
	const plain = foldVietnamese(name)
		.replace(/[^a-z0-9]+/g, '-')
		.slice(0, longestId - 4)
		.replace(/^-+|-+$/g, '');
	const stem = plain === '' ? 'muc' : plain;
	for (let at = 1; ; at += 1) {
		const id = at === 1 ? stem : `${stem}-${at}`;
		if (!taken.includes(id)) return id;
	}
}
