import { expect, test } from 'vitest';
import { numberToText, textToNumber } from './number-text.ts';

test.each([
	['85000', 85_000],
	['85.000', 85_000],
	['8.5000', 85_000],
	['85,000', 85_000],
	[' 85 000 ', 85_000],
	['', null],
	['ba chục', undefined],
	['-5', undefined]
])('a whole number typed as %j', (text, value) => expect(textToNumber(text, 'vi')).toBe(value));

test.each([
	['vi', '1,5', 1.5],
	['vi', '1.200,25', 1200.25],
	['vi', '2,', 2],
	['vi', '1,23456', 1.235],
	['en', '1.5', 1.5],
	['en', '1,200.25', 1200.25]
] as const)('a decimal typed in %s as %j', (style, text, value) =>
	expect(textToNumber(text, style, 3)).toBe(value)
);

test('what is shown reads back as the same number', () => {
	for (const value of [0, 1, 999, 1000, 85_000, 1_234_567, 0.5, 1200.25])
		for (const style of ['vi', 'en'] as const)
			expect(textToNumber(numberToText(value, style, 3), style, 3)).toBe(value);
	expect(numberToText(85_000, 'vi')).toBe('85.000');
	expect(numberToText(1.5, 'vi', 3)).toBe('1,5');
	expect(numberToText(null, 'vi')).toBe('');
});
