import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cleanText } from './text.ts';

test('text is clean: composed letters, single spaces, line breaks kept', () => {
	expect(cleanText('  Xoa\u0300i\t cát \n  Hòa  Lộc ')).toBe('Xoài cát\nHòa Lộc');
	expect(cleanText('Vườn 🌳 bà Tư')).toBe('Vườn 🌳 bà Tư');
});

test('signs no database keeps are gone: the null character, halves of a sign cut in two', () => {
	expect(cleanText('Xoài\u0000 cát')).toBe('Xoài cát');
	expect(cleanText('Vườn \ud83c')).toBe('Vườn');
	expect(cleanText('\udf33 bà\u0007 Tư\u001b')).toBe('bà Tư');
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
