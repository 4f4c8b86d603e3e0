import type {
	AffectedCriteria,
	AuthorityTold,
	BreachRecord,
	BreachRevision,
	MembersNotice
} from '$lib/domain/personal-data/breaches.ts';
import { api } from '$lib/sync/transport/trpc.ts';

/** The register of breaches on the real server. */
export const breachesApi = {
	list: () => api.breaches.list.query(),
	open: (id: string) => api.breaches.open.mutate({ id }),
	record: (breach: BreachRecord) => api.breaches.record.mutate(breach),
	revise: (breach: BreachRevision) => api.breaches.revise.mutate(breach),
	matching: (id: string, criteria: AffectedCriteria) => api.breaches.matching.query({ id, criteria }),
	addAffected: (id: string, criteria: AffectedCriteria) => api.breaches.addAffected.mutate({ id, criteria }),
	addNamed: (id: string, names: string[]) => api.breaches.addNamed.mutate({ id, names }),
	dropAffected: (id: string) => api.breaches.dropAffected.mutate({ id }),
	authorityTold: (told: AuthorityTold) => api.breaches.authorityTold.mutate(told),
	tellMembers: (notice: MembersNotice) => api.breaches.tellMembers.mutate(notice),
	close: (id: string, conclusions: string) => api.breaches.close.mutate({ id, conclusions })
};
export type BreachesApi = typeof breachesApi;
