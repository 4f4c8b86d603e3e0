import type { PasswordFault } from '$lib/domain/accounts/passwords.ts';

/** What is wrong with a new password, in words; undefined when nothing is. */
export function passwordFaultWords(
	fault: string | undefined,
	words: Readonly<Record<PasswordFault, string>>
): string | undefined {
	if (fault === undefined) return undefined;
	return fault === 'too_long' || fault === 'common' || fault === 'about_you' ? words[fault] : words.too_short;
}
