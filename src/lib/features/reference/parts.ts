import { subjectOf, type RecordedReferenceChange } from '$lib/domain/reference/changes.ts';
import { listNames, type ListName } from '$lib/domain/reference/lists.ts';

/** The pages of this place, by the word in their address. */
const addresses = {
	categories: 'categories',
	units: 'units',
	payment: 'paymentMethods',
	shipping: 'shippingMethods',
	certificates: 'certificateTypes',
	'return-reasons': 'returnReasons',
	terms: 'terms',
	calendar: 'calendar',
	pages: 'pages'
} as const satisfies Readonly<Record<string, ListName | 'terms' | 'calendar' | 'pages'>>;

export type Part = (typeof addresses)[keyof typeof addresses];
export const settingParts = ['terms', 'calendar', 'pages'] as const satisfies readonly Part[];

export const isList = (part: Part): part is ListName => listNames.some((name) => name === part);

/** The part of an address; null for one there is not. */
export const partAt = (address: string): Part | null =>
	Object.entries(addresses).find(([word]) => word === address)?.[1] ?? null;

export const addressOf = (part: Part): string =>
	Object.entries(addresses).find(([, named]) => named === part)?.[0] ?? '';

/** Whether a change is shown with this part. */
export function isAbout(part: Part, { change }: RecordedReferenceChange): boolean {
	switch (change.kind) {
		case 'term':
		case 'assignment':
			return part === 'terms';
		case 'calendar':
			return part === 'calendar';
		case 'texts':
			return part === 'pages';
		default:
			return subjectOf(change).startsWith(`${part}:`);
	}
}
