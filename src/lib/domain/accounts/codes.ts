/** TG-8: a code the exchange itself issues, to show that somebody reads this phone or mailbox. */
export const codeDigits = 6;
/** Wrong tries until a code is worth nothing any more. */
export const mostTries = 5;

/** Whether a text can be a code at all, as typed: spaces do not count. Null when it cannot. */
export function readCode(typed: string): string | null {
	const digits = typed.replace(/[\s.-]/g, '');
	return digits.length === codeDigits && /^\d+$/.test(digits) ? digits : null;
}

/** A number below a million, as people type it: 42 → "000042". */
export const writeCode = (n: number): string => String(n).padStart(codeDigits, '0');

/** Why a code does not open anything. */
export type CodeFault = 'wrong' | 'expired' | 'used' | 'spent' | 'gone';

export type IssuedCode = {
	readonly tries: number;
	readonly expiresAt: string;
	readonly usedAt: string | null;
};

/** What is wrong with the code itself, before it is compared. `gone` (no such request) is the caller's to find. */
export function codeFault(issued: IssuedCode, now: string): Exclude<CodeFault, 'wrong' | 'gone'> | null {
	if (issued.usedAt !== null) return 'used';
	if (Date.parse(now) >= Date.parse(issued.expiresAt)) return 'expired';
	return issued.tries >= mostTries ? 'spent' : null;
}

/** Seconds to wait after the first, second … code to one phone or mailbox; from the last on it stays. */
const waits = [60, 120, 300, 900, 3_600] as const;
export const waitWindowHours = 24;

/**
 * Seconds until another code may go to the same phone or mailbox; 0 = now. `sentAt` are the codes of the last
 * `waitWindowHours`, in any order; older ones do not count.
 */
export function waitBeforeCode(sentAt: readonly string[], now: string): number {
	const since = Date.parse(now) - waitWindowHours * 3_600_000;
	const times = sentAt.map((at) => Date.parse(at)).filter((at) => at > since);
	if (times.length === 0) return 0;
	const wait = waits[Math.min(times.length, waits.length) - 1] ?? waits[0];
	return Math.max(0, Math.ceil((Math.max(...times) + wait * 1000 - Date.parse(now)) / 1000));
}

/** A whole commune may share an address: only a flood is held back. */
export const mostCodesFromAddress = 60;
export const addressWindowMinutes = 10;

export const codePurposes = ['activate', 'reset', 'contact'] as const;
export type CodePurpose = (typeof codePurposes)[number];
