import type { BusinessKind } from '$lib/domain/businesses/states.ts';

/** Whose identity is asked for. Goes to the provider alone and is kept nowhere. */
export type IdentityQuestion = {
	/** The same for every try, so that a provider may answer twice and count once. */
	readonly id: string;
	readonly kind: BusinessKind;
	/** Digits, as `domain/ids` normalises them. */
	readonly number: string;
	/** The representative, as on the papers. */
	readonly name: string;
};

export type IdentityAnswer =
	| { readonly outcome: 'verified' | 'not_matched'; readonly reference: string }
	/** Nothing can be said now; asked again later. `reason` is a code, nothing of the person. */
	| { readonly outcome: 'later'; readonly reason: string };

/** LAW-tmdt-identity: whoever can say that a number belongs to a person. null = nobody is connected. */
export type IdentityProvider = { ask(question: IdentityQuestion): Promise<IdentityAnswer> };

let connected: IdentityProvider | null = null;

/** Without one the officer compares by the check list (docs/operations.md). Once, at the start. */
export function useIdentityProvider(provider: IdentityProvider | null): void {
	connected = provider;
}
export const identityProvider = (): IdentityProvider | null => connected;
