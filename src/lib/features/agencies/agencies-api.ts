import { api } from '$lib/sync/transport/trpc.ts';
import type { AgenciesOnline } from './online.ts';

/** The questions of these screens to the real server. */
export const agenciesApi: AgenciesOnline = {
	list: () => api.agencies.list.query(),
	detail: (agencyId) => api.agencies.detail.query({ agencyId }),
	change: (input) => api.agencies.change.mutate(input),
	withdraw: (changeId) => api.agencies.withdraw.mutate({ changeId }),
	setAbsence: (input) => api.agencies.setAbsence.mutate(input),
	endAbsence: (id) => api.agencies.endAbsence.mutate({ id })
};
