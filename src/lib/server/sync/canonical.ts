import { hash } from 'node:crypto';
import { receiptLength, receiptLetters, withDash } from '$lib/domain/receipts/code.ts';

/** JSON with sorted keys: the same input gives the same text on every device and version. */
export function canonicalJson(value: unknown): string {
	if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
	if (typeof value === 'object' && value !== null)
		return `{${Object.entries(value)
			.filter(([, field]) => field !== undefined)
			.sort(([a], [b]) => (a < b ? -1 : 1))
			.map(([key, field]) => `${JSON.stringify(key)}:${canonicalJson(field)}`)
			.join(',')}}`;
	return JSON.stringify(value ?? null);
}

/** Which command this is; `canonical` is its input as `canonicalJson` writes it. */
export const inputHash = (name: string, canonical: string): string =>
	hash('sha256', `${name}\n${canonical}`, 'hex');

/**
 * What a person reads out on the phone to prove a command was received, "K7M-2QX": made from the command's id. The database
 * makes the same (`receipt_code`), to find the command again.
 */
export function receiptCode(commandId: string): string {
	const bytes = hash('sha256', commandId.toLowerCase(), 'buffer').subarray(0, receiptLength);
	return withDash([...bytes].map((byte) => receiptLetters[byte % receiptLetters.length]).join(''));
}
