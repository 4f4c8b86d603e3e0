import type { RulePack } from '$lib/domain/agencies/schema.ts';
import type { ListEntry, ListName } from '$lib/domain/reference/lists.ts';
import type { CaseKind } from '$lib/domain/moderation/states.ts';

/** What somebody is about to change: the dialog asks for the rest. */
export type Asked =
	| { readonly kind: 'added'; readonly list: ListName }
	| { readonly kind: 'renamed' | 'ended' | 'resumed'; readonly list: ListName; readonly entry: ListEntry }
	| { readonly kind: 'term'; readonly caseKind: CaseKind; readonly workingDays: number }
	| { readonly kind: 'calendar' }
	| { readonly kind: 'usual'; readonly day: string }
	| { readonly kind: 'assignment'; readonly assignment: RulePack['assignment'] }
	| { readonly kind: 'texts'; readonly texts: RulePack['texts'] };
