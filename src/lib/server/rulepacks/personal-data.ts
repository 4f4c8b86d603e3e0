import { personalDataRulesSchema, type PersonalDataRules } from '$lib/domain/personal-data/rules.ts';
import data from './data/personal-data.json' with { type: 'json' };

let checked: PersonalDataRules | undefined;

/** LAW-data-*: terms, clocks and how long what is kept, as the law says it; the same in every province. */
export const personalDataRules = (): PersonalDataRules => (checked ??= personalDataRulesSchema.parse(data));
