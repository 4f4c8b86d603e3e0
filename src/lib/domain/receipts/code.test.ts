import { expect, test } from 'vitest';
import { readReceiptCode, receiptLetters } from './code.ts';

test.each(['K7M-2QX', 'k7m2qx', ' k7m 2qx ', 'K 7 M 2 Q X', 'k7m–2qx', 'Ｋ７Ｍ－２ＱＸ', 'k.7.m.2.q.x'])(
	'a code is understood as it was typed: %s',
	(typed) => expect(readReceiptCode(typed)).toEqual({ code: 'K7M-2QX' })
);

test.each(['', ' ', 'K7M', 'K7M-2Q', 'K7M-2QXX', 'K7M2QXK7M2QX'])(
	'too few or too many signs: "%s"',
	(typed) => expect(readReceiptCode(typed)).toEqual({ code: null, wrong: 'length' })
);

test.each([
	['K0M-2QX', '0'],
	['k7m-2ol', 'O'],
	['TG-42-17', '1'],
	['ư7m-2qx', 'Ư'],
	['k7m_2qx', '_']
])('a sign that no code has is named: %s', (typed, sign) =>
	expect(readReceiptCode(typed)).toEqual({ code: null, wrong: 'sign', sign })
);

test('every sign of a code is understood, also as a small letter', () => {
	for (const sign of receiptLetters)
		expect(readReceiptCode(sign.toLowerCase().repeat(6))).toEqual({
			code: `${sign.repeat(3)}-${sign.repeat(3)}`
		});
});
