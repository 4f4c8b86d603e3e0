import type { PostRole } from '$lib/domain/accounts/permissions.ts';
import type { StandingRole } from '$lib/domain/grants/rules.ts';

/** What an administrator is about to change. */
export type Deed =
	| { readonly kind: 'give-post' | 'give-role' | 'propose' | 'unpropose' }
	| { readonly kind: 'end-post'; readonly agencyId: string; readonly role: PostRole }
	| { readonly kind: 'take-role'; readonly role: StandingRole };
