import { api } from '$lib/sync/transport/trpc.ts';
import { proven } from '$lib/ui/ask-proof.svelte.ts';

/** A member's own data on the real server. */
export const personalDataApi = {
	ties: () => api.personalData.ties.query(),
	looks: () => api.personalData.looks.query(),
	take: () => proven(() => api.personalData.take.mutate()),
	close: () => proven(() => api.personalData.close.mutate())
};
export type PersonalDataApi = typeof personalDataApi;
