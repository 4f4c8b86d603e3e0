/** What a receipt code is made of. No sign sounds or looks like another when it is read out: no 0, 1, I, L, O, U. */
export const receiptLetters = '23456789ABCDEFGHJKMNPQRSTVWXYZ';
export const receiptLength = 6;

/** As it is shown: "K7M-2QX". */
export const withDash = (signs: string): string => `${signs.slice(0, 3)}-${signs.slice(3)}`;

/** A code as the exchange writes it, or why what was typed cannot be one: a sign no code has, or too few or too many. */
export type ReadReceipt =
	| { readonly code: string }
	| { readonly code: null; readonly wrong: 'sign'; readonly sign: string }
	| { readonly code: null; readonly wrong: 'length' };

/** Reads what somebody typed who was told a code on the phone: small letters, spaces, any dash or none. */
export function readReceiptCode(typed: string): ReadReceipt {
	const signs = [...typed.normalize('NFKC').toUpperCase()].filter((sign) => !/[\s\p{Pd}.,·]/u.test(sign));
	const sign = signs.find((one) => !receiptLetters.includes(one));
	if (sign !== undefined) return { code: null, wrong: 'sign', sign };
	if (signs.length !== receiptLength) return { code: null, wrong: 'length' };
	return { code: withDash(signs.join('')) };
}
