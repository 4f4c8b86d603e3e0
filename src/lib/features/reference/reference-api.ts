import { api } from '$lib/sync/transport/trpc.ts';
import type { ReferenceOnline } from './online.ts';

/** The questions of these screens to the real server. */
export const referenceApi: ReferenceOnline = {
	view: () => api.reference.view.query(),
	uses: (list, itemId) => api.reference.uses.query({ list, itemId }),
	change: (input) => api.reference.change.mutate(input),
	withdraw: (changeId) => api.reference.withdraw.mutate({ changeId })
};
