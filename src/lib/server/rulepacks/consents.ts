import { z } from 'zod';
import { consentsOn, consentText, type ConsentText } from '$lib/domain/accounts/consents.ts';
import data from './data/consents.json' with { type: 'json' };

let checked: readonly ConsentText[] | undefined;

/** LAW-data-consent: the words of every purpose in force on a day (`YYYY-MM-DD`); the same in every province. */
export function consentTexts(day: string): ConsentText[] {
	checked ??= z.array(consentText).min(1).parse(data);
	return consentsOn(checked, day);
}
