/**
 * What RxDB asks of its query library on a device, in the library's place (`scripts/lighter-device.ts`): it is a tenth of
 * all that a phone loads of RxDB, and the store knows three questions, of fields that hold one value. Any other throws.
 */
export function getMingoQuery(selector: Readonly<Record<string, unknown>>): {
	test(doc: Readonly<Record<string, unknown>>): boolean;
} {
	const questions = Object.entries(selector).flatMap(([field, wanted]) =>
		Object.entries(conditionsOf(field, wanted)).map(([name, value]) => ({
			field,
			fits: questionOf(name, value)
		}))
	);
	return { test: (doc) => questions.every(({ field, fits }) => fits(doc[field])) };
}

/** The order of two keys of one kind. */
export const compare = (a: string | number, b: string | number): number => (a < b ? -1 : a > b ? 1 : 0);

function conditionsOf(field: string, wanted: unknown): object {
	if (field.startsWith('$') || field.includes('.')) throw new Error(`the store is not asked by ${field}`);
	return typeof wanted === 'object' && wanted !== null ? wanted : { $eq: wanted };
}

function questionOf(name: string, value: unknown): (has: unknown) => boolean {
	if (name === '$eq' && isOne(value)) return (has) => has === value;
	if (Array.isArray(value) && value.every(isOne)) {
		const named: ReadonlySet<unknown> = new Set(value);
		if (name === '$in') return (has) => named.has(has);
		if (name === '$nin') return (has) => !named.has(has);
	}
	throw new Error(`the store is not asked ${name}`);
}

const isOne = (value: unknown): boolean => ['string', 'number', 'boolean'].includes(typeof value);
