import { formatNumber } from '$lib/i18n/format.ts';
import type { Locale } from '$lib/i18n/texts.ts';

const kinds = [
	[1_000_000_000, 'GB', 1],
	[100_000, 'MB', 1],
	[0, 'KB', 0]
] as const;
const sizes = { GB: 1_000_000_000, MB: 1_000_000, KB: 1_000 };

/** Bytes as people read them, `4,9 MB`; the number and its unit stay in one line. */
export function room(bytes: number, locale: Locale): string {
	const [, unit, digits] = kinds.find(([from]) => bytes >= from) ?? kinds[2];
	const shown = unit === 'KB' ? Math.max(1, bytes / sizes.KB) : bytes / sizes[unit];
	return `${formatNumber(shown, locale, digits)}\u00a0${unit}`;
}
