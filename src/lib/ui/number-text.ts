/** How a number is typed and shown: "85.000" and "1,5" in Vietnamese, "85,000" and "1.5" in English. */
export type NumberStyle = 'vi' | 'en';

const marks = { vi: { group: '.', point: ',' }, en: { group: ',', point: '.' } } as const;

/** What stands in the box for a value. */
export function numberToText(value: number | null, style: NumberStyle, decimals = 0): string {
	if (value === null) return '';
	const { group, point } = marks[style];
	const [whole = '0', fraction = ''] = Math.abs(value).toFixed(decimals).split('.');
	const rest = fraction.replace(/0+$/, '');
	return whole.replace(/\B(?=(\d{3})+$)/g, group) + (rest === '' ? '' : point + rest);
}

/**
 * The number somebody meant, `null` for an empty box, `undefined` for what is no number. Group marks may
 * be anywhere while typing; in whole-number boxes either mark is a group mark.
 */
export function textToNumber(text: string, style: NumberStyle, decimals = 0): number | null | undefined {
	const bare = text.replace(/[\s\u00a0]/g, '');
	if (bare === '') return null;
	const { group, point } = marks[style];
	const plain = decimals === 0 ? bare.replace(/[.,]/g, '') : bare.replaceAll(group, '').replace(point, '.');
	if (!/^\d+(\.\d*)?$/.test(plain)) return undefined;
	const factor = 10 ** decimals;
	return Math.round(Number(plain) * factor) / factor;
}
