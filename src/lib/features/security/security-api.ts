import { api } from '$lib/sync/transport/trpc.ts';
import { proven } from '$lib/ui/ask-proof.svelte.ts';
import { makePasskey } from './passkey-browser.ts';

/** The member's own second factors on the real server; what is sensitive asks again who is there. */
export const securityApi = {
	factors: () => api.security.factors.query(),
	beginTotp: () => proven(() => api.security.beginTotp.mutate()),
	confirmTotp: (code: string) => proven(() => api.security.confirmTotp.mutate({ code })),
	removeTotp: () => proven(() => api.security.removeTotp.mutate()),
	renewRecoveryCodes: () => proven(() => api.security.renewRecoveryCodes.mutate()),
	addPasskey: (name: string) => proven(() => makePasskey(name)),
	removePasskey: (id: string) => proven(() => api.security.removePasskey.mutate({ id }))
};
export type SecurityApi = typeof securityApi;
