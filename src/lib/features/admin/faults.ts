import { grantFaults, type GrantFault } from '$lib/domain/grants/rules.ts';
import type { Refusal } from '$lib/domain/kernel/refusal.ts';
import { refusalWords } from '$lib/i18n/refusals.ts';
import type { Locale } from '$lib/i18n/texts.ts';

/** Why rights stay as they are, in this screen's words; anything else in the words of the whole exchange. */
export function faultWords(
	refusal: Refusal,
	words: Readonly<Record<GrantFault, string>>,
	locale: Locale
): string {
	const why = grantFaults.find((fault) => fault === refusal.facts?.why);
	if (why !== undefined) return words[why];
	const said = refusalWords(refusal, locale);
	return `${said.what} ${said.todo}`;
}
