import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { receiptCode } from './canonical.ts';

const codes = Array.from({ length: 2_000 }, () => receiptCode(randomUUID()));

test('sync 2: a receipt is read out as two groups of three, without letters that sound or look alike', () => {
	expect(codes.filter((code) => !/^[2-9A-Z]{3}-[2-9A-Z]{3}$/.test(code))).toEqual([]);
	expect(codes.filter((code) => /[01ILOU]/.test(code))).toEqual([]);
	// Every other digit and letter is used: fewer would make two receipts alike sooner.
	expect([...new Set(codes.join('').replaceAll('-', ''))].sort().join('')).toBe(
		'23456789ABCDEFGHJKMNPQRSTVWXYZ'
	);
});

test('sync 2: a command has the same receipt for ever, and no two of a handful share one', () => {
	const id = '00000000-0000-4000-8000-000000000001';
	expect(receiptCode(id)).toBe('KNY-6BZ');
	expect(receiptCode('00000000-0000-4000-8000-000000000002')).toBe('Q6V-3RJ');
	// Of 2,000 among 30^6 two are alike once in three hundred runs; ten of them never are.
	expect(new Set(codes).size).toBeGreaterThan(codes.length - 10);
});
