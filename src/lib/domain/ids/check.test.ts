import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkId, maskedId, readPersonalNumber, type IdKind } from './check.ts';
import provinces from './data/province-codes-2016.json' with { type: 'json' };
import vectors from './data/vectors.json' with { type: 'json' };

const codes = Object.keys(provinces.codes);
const check = (kind: IdKind, text: string) => checkId(kind, text, { provinces: codes });
const why = (kind: IdKind, text: string) => {
	const checked = check(kind, text);
	return checked.ok ? null : checked.reason;
};

describe('numbers as the vectors of the facts have them', () => {
	test.each(vectors.mst.valid)('TG-7.1b tax code %s', (text) => expect(why('mst', text)).toBeNull());
	test.each([
		['0100233480', 'wrong_check_digit'],
		['12345', 'wrong_length'],
		['0100233488-000', 'wrong_branch'],
		['1200000070', 'never_issued']
	])('TG-7.1b no tax code %s: %s', (text, reason) => {
		expect(vectors.mst.invalid).toContain(text);
		expect(why('mst', text)).toBe(reason);
	});

	test('TG-7.1b household: the personal number of today, and the forms from before', () => {
		expect(check('household', '082190000000')).toEqual({
			ok: true,
			value: { normal: '082190000000', notes: [] }
		});
		for (const old of ['0100233488', '0314409058-002', '41A8012345'])
			expect(check('household', old), old).toMatchObject({ ok: true, value: { notes: ['old_form'] } });
		expect(why('household', '41AB012345')).toBe('wrong_shape');
	});

	test.each(vectors.cccd.shape_ok)('TG-7.1b citizen card %s', (text) => expect(why('cccd', text)).toBeNull());
	test.each([
		['08219000000', 'wrong_length'],
		['082A90000000', 'not_digits']
	])('TG-7.1b no citizen card %s: %s', (text, reason) => {
		expect(vectors.cccd.shape_bad).toContain(text);
		expect(why('cccd', text)).toBe(reason);
	});
	test.each(Object.entries(vectors.cccd.derive))('%s tells province, sex and year', (text, said) => {
		const { province, ...rest } = readPersonalNumber(text);
		expect(rest).toEqual({ sex: said.sex, birthYear: said.birthYear });
		expect(new Map(Object.entries(provinces.codes)).get(province)).toBe(said.province);
	});
	test('a province code no list has is worth a look, never a no', () => {
		expect(check('cccd', '999190000000')).toMatchObject({ ok: true, value: { notes: ['unknown_province'] } });
	});

	test('TG-7.1b the card of nine digits comes in by an import only', () => {
		expect(why('cmnd', '310123456')).toBe('only_on_import');
		expect(checkId('cmnd', '310123456', { onImport: true })).toMatchObject({
			ok: true,
			value: { notes: ['old_form'] }
		});
		expect(why('cmnd', '31012345')).toBe('wrong_length');
	});

	test.each(Object.entries(vectors.phone.valid))('TG-7.1b phone %s', (text, stored) =>
		expect(check('phone', text)).toMatchObject({ ok: true, value: { normal: stored } })
	);
	test.each(vectors.phone.invalid)('TG-7.1b no phone %s', (text) =>
		expect(why('phone', text)).not.toBeNull()
	);
	test.each(vectors.gtin.valid)('bar code %s', (text) => expect(why('gtin', text)).toBeNull());
	test.each(vectors.gtin.invalid)('no bar code %s', (text) => expect(why('gtin', text)).not.toBeNull());
	test('a growing area code is kept as it is written', () => {
		expect(check('puc', 'VN-TGOR-0095')).toMatchObject({ ok: true, value: { notes: [] } });
		expect(check('puc', 'Vùng xoài 3')).toMatchObject({ ok: true, value: { notes: ['unknown_shape'] } });
	});
});

const digit = fc.integer({ min: 0, max: 9 });
const changedAt = (text: string, at: number, by: number): string =>
	text.slice(0, at) + String((Number(text[at]) + by) % 10) + text.slice(at + 1);

test.each([
	['mst', 10],
	['gtin', 13]
] as const)('one wrong digit in a %s is always found', (kind, length) => {
	fc.assert(
		fc.property(
			fc.array(digit, { minLength: length, maxLength: length }),
			fc.nat(length - 1),
			fc.integer({ min: 1, max: 9 }),
			(digits, at, by) => {
				const body = digits.slice(0, -1).join('');
				for (let last = 0; last <= 9; last += 1) {
					const number = body + String(last);
					if (check(kind, number).ok) expect(why(kind, changedAt(number, at, by))).not.toBeNull();
				}
			}
		)
	);
});

test('whatever is typed gets an answer, what is good stays good in its normal form, and a mask shows three digits', () => {
	const kinds: IdKind[] = ['mst', 'household', 'cccd', 'phone', 'gtin'];
	fc.assert(
		fc.property(
			fc.constantFrom(...kinds),
			fc.oneof(fc.string(), fc.stringMatching(/^[0-9 .-]{0,16}$/)),
			(kind, text) => {
				const checked = check(kind, text);
				expect(checked.ok ? check(kind, checked.value.normal) : checked).toEqual(checked);
				if (checked.ok) expect(maskedId(checked.value.normal).replace(/\D/g, '')).toHaveLength(3);
			}
		)
	);
});
