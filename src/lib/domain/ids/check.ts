import { ok, type Ok } from '../kernel/refusal.ts';

/**
 * Numbers people and businesses are known by in Vietnam, and what can be seen of a number alone: its shape and, where
 * there is one, its check digit. Whether it was issued, and to whom, only the department sees.
 */
export const idKinds = [
	'mst',
	'enterprise',
	'household',
	'personal',
	'cccd',
	'cmnd',
	'phone',
	'gtin',
	'puc'
] as const;
export type IdKind = (typeof idKinds)[number];

export const idReasons = [
	'empty',
	'not_digits',
	'wrong_length',
	'wrong_shape',
	'wrong_check_digit',
	'never_issued',
	'wrong_branch',
	'wrong_prefix',
	'only_on_import'
] as const;
/** Why a number cannot be one of its kind. */
export type IdReason = (typeof idReasons)[number];

/** Worth a second look, never a no: births after the merger of 1/7/2025 may carry codes no list has yet. */
export type IdNote = 'unknown_province' | 'old_form' | 'unknown_shape';

export type GoodId = { readonly normal: string; readonly notes: readonly IdNote[] };
export type BadId = { readonly ok: false; readonly reason: IdReason };
export type CheckedId = Ok<GoodId> | BadId;

const bad = (reason: IdReason): BadId => ({ ok: false, reason });
const good = (normal: string, ...notes: IdNote[]): Ok<GoodId> => ok({ normal, notes });

/**
 * Checks `text` as a number of `kind`; spaces and dots between digits do not count. `onImport` lets old forms in that
 * nobody may register with any more. The province codes of a personal number come from the caller (data, not rule).
 */
export function checkId(
	kind: IdKind,
	text: string,
	around: { readonly provinces?: readonly string[]; readonly onImport?: boolean } = {}
): CheckedId {
	const given = text.normalize('NFKC').trim();
	if (given === '') return bad('empty');
	switch (kind) {
		case 'mst':
		case 'enterprise':
			return taxCode(tight(given));
		case 'household':
			return household(tight(given), around);
		case 'personal':
		case 'cccd':
			return personal(tight(given), around.provinces ?? null);
		case 'cmnd':
			return oldCard(tight(given), around.onImport ?? false);
		case 'phone':
			return phone(given);
		case 'gtin':
			return gtin(tight(given));
		case 'puc':
			return /^VN-[A-Z]{2,4}(OR|PH)-\d{3,4}$/.test(given) ? good(given) : good(given, 'unknown_shape');
	}
}

const tight = (text: string): string => text.replace(/[\s.]/g, '');
const isDigits = (text: string): boolean => /^\d+$/.test(text);

const weights = [31, 29, 23, 19, 17, 13, 7, 5, 3] as const;

/** Ten digits with a check digit; a branch adds "-001" … "-999", also written without the dash. */
function taxCode(text: string): CheckedId {
	const [, body = '', dash = '', branch = ''] = /^(\d{10})(-?)(\d*)$/.exec(text) ?? [];
	if (body === '') return bad(isDigits(text.replace('-', '')) ? 'wrong_length' : 'not_digits');
	if (branch.length !== (dash === '' && branch === '' ? 0 : 3)) return bad('wrong_length');
	if (/^0{7}$/.test(body.slice(2, 9))) return bad('never_issued');
	const sum = weights.reduce((total, weight, at) => total + weight * Number(body[at]), 0);
	const check = 10 - (sum % 11);
	if (check === 10) return bad('never_issued');
	if (check !== Number(body[9])) return bad('wrong_check_digit');
	if (branch === '000') return bad('wrong_branch');
	return branch === '' ? good(body) : good(`${body}-${branch}`);
}

/** Since 1/7/2025 the owner's personal number; older registrations keep a tax code or the district's number. */
function household(
	text: string,
	around: { readonly provinces?: readonly string[]; readonly onImport?: boolean }
): CheckedId {
	if (/^\d{12}$/.test(text)) return personal(text, around.provinces ?? null);
	if (/^\d{2}[A-Z]\d{7,8}$/.test(text)) return good(text, 'old_form');
	if (/[A-Z]/i.test(text)) return bad('wrong_shape');
	const code = taxCode(text);
	return code.ok ? good(code.value.normal, 'old_form') : code;
}

/** Twelve digits without a check digit: province of registration, century with sex, year, six at random. */
function personal(text: string, provinces: readonly string[] | null): CheckedId {
	if (!isDigits(text)) return bad('not_digits');
	if (text.length !== 12) return bad('wrong_length');
	return provinces !== null && !provinces.includes(text.slice(0, 3))
		? good(text, 'unknown_province')
		: good(text);
}

/** Nine digits, no document any more since 1/1/2025. */
function oldCard(text: string, onImport: boolean): CheckedId {
	if (!isDigits(text)) return bad('not_digits');
	if (text.length !== 9) return bad('wrong_length');
	return onImport ? good(text, 'old_form') : bad('only_on_import');
}

export type PersonalNumber = {
	readonly province: string;
	readonly sex: 'M' | 'F';
	readonly birthYear: number;
};

/** What a personal number says of its owner. The caller has checked it. */
export function readPersonalNumber(number: string): PersonalNumber {
	const century = Number(number[3]);
	return {
		province: number.slice(0, 3),
		sex: century % 2 === 0 ? 'M' : 'F',
		birthYear: 1900 + 100 * Math.floor(century / 2) + Number(number.slice(4, 6))
	};
}

const mobile = /^0(3[2-9]|5[25689]|7[06-9]|8[1-9]|9\d)\d{7}$/;
const landline = /^02\d{9}$/;

/** Kept as E.164, "+84…". */
function phone(text: string): CheckedId {
	const digits = text.replace(/[\s.()-]/g, '');
	const national = digits.replace(/^(\+84|84(?=\d{9,10}$))/, '0');
	if (!isDigits(national)) return bad('not_digits');
	if (national.length !== (national.startsWith('02') ? 11 : 10)) return bad('wrong_length');
	if (!mobile.test(national) && !landline.test(national)) return bad('wrong_prefix');
	return good(`+84${national.slice(1)}`);
}

/** The number under a bar code: 8, 12, 13 or 14 digits, the last one checks the others. */
function gtin(text: string): CheckedId {
	if (!isDigits(text)) return bad('not_digits');
	if (![8, 12, 13, 14].includes(text.length)) return bad('wrong_length');
	const sum = [...text.slice(0, -1)]
		.reverse()
		.reduce((total, digit, at) => total + Number(digit) * (at % 2 === 0 ? 3 : 1), 0);
	return (10 - (sum % 10)) % 10 === Number(text.at(-1)) ? good(text) : bad('wrong_check_digit');
}

/** The last three digits, for lists and screens where the whole number is nobody's business (TG-16.2). */
export const maskedId = (normal: string): string => `••• ••• ${normal.slice(-3)}`;
