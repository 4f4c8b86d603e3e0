import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cleanText, foldAll, foldVietnamese } from './text.ts';

test('text is clean: composed letters, single spaces, line breaks kept', () => {
	expect(cleanText('  Xoa\u0300i\t cát \n  Hòa  Lộc ')).toBe('Xoài cát\nHòa Lộc');
	expect(cleanText('Vườn 🌳 bà Tư')).toBe('Vườn 🌳 bà Tư');
});

test('signs no database keeps are gone: the null character, halves of a sign cut in two', () => {
	expect(cleanText('Xoài\u0000 cát')).toBe('Xoài cát');
	expect(cleanText('Vườn \ud83c')).toBe('Vườn');
	expect(cleanText('\udf33 bà\u0007 Tư\u001b')).toBe('bà Tư');
});

test('every white sign between two words is one space, at the ends none; a line break stays', () => {
	const whites = Array.from({ length: 0x10000 }, (_, unit) => String.fromCharCode(unit)).filter((sign) =>
		/[^\S\n]/.test(sign)
	);
	expect(whites.length).toBeGreaterThan(20);
	for (const white of whites) {
		expect(cleanText(`bà${white}Tư`)).toBe('bà Tư');
		expect(cleanText(`${white}bà${white}${white}Tư${white}`)).toBe('bà Tư');
		expect(cleanText(`bà${white}\n${white}Tư\n\nLan\n`)).toBe('bà\nTư\n\nLan');
	}
});

test('whatever is typed, cleaning twice changes nothing, and what is left can be stored', () => {
	fc.assert(
		fc.property(fc.string({ unit: 'binary', maxLength: 60 }), fc.string({ maxLength: 9 }), (one, other) => {
			const clean = cleanText(`${one.slice(0, -1)}\u0000${other}`);
			expect(cleanText(clean)).toBe(clean);
			expect(clean.isWellFormed()).toBe(true);
			expect(clean).not.toContain('\u0000');
		})
	);
});

test('many texts folded at once are each what they fold to alone, whatever they are', () => {
	const vietnamese = fc.string({ unit: fc.constantFrom(...'Đường thốt nốt Ừ ẵ Ợ 10 kg,\n'), maxLength: 30 });
	const decomposed = vietnamese.map((text) => text.normalize('NFD'));
	const text = fc.oneof(vietnamese, decomposed, fc.string({ unit: 'binary', maxLength: 30 }));
	fc.assert(
		fc.property(fc.array(text, { maxLength: 12 }), (texts) => {
			expect(foldAll(texts)).toEqual(texts.map(foldVietnamese));
		}),
		{ numRuns: 500 }
	);
	const every = Array.from({ length: 0x10000 }, (_, unit) => String.fromCharCode(unit));
	expect(foldAll(every)).toEqual(every.map(foldVietnamese));
});
