import type { PostRole } from '$lib/domain/accounts/permissions.ts';
import type { StandingRole } from '$lib/domain/grants/rules.ts';

/** What an administrator is about to change. */
export type Deed =
	| { readonly kind: 'give-role' | 'propose' | 'unpropose' }
	/** Without an agency it is chosen in the dialog. */
	| { readonly kind: 'give-post'; readonly agencyId?: string }
	| { readonly kind: 'end-post'; readonly agencyId: string; readonly role: PostRole }
	| { readonly kind: 'take-role'; readonly role: StandingRole };
