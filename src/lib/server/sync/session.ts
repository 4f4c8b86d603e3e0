import type { Actor } from '$lib/domain/accounts/permissions.ts';

/** Who stands behind a request. `ended` tells the device why its session is gone (sync 2, 6). */
export type Caller =
	| {
			readonly kind: 'actor';
			readonly actor: Actor;
			readonly sessionId: string;
			/** When the person last proved to be there, ISO. Sensitive acts ask that it is recent; absent = never. */
			readonly provenAt?: string;
	  }
	| { readonly kind: 'nobody' }
	| { readonly kind: 'ended'; readonly why: 'expired' | 'ended' | 'locked' | 'revoked' };
