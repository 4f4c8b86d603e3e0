import type { RequestAnswer, RequestAsk } from '$lib/domain/personal-data/requests.ts';
import { api } from '$lib/sync/transport/trpc.ts';

/** A member's requests on the real server. */
export const ownRequestsApi = {
	mine: () => api.dataRequests.mine.query(),
	ask: (asked: RequestAsk) => api.dataRequests.ask.mutate(asked),
	withdraw: (id: string) => api.dataRequests.withdraw.mutate({ id })
};
export type OwnRequestsApi = typeof ownRequestsApi;

/** For whoever answers them. */
export const answeringApi = {
	list: (which: 'open' | 'ended') => api.dataRequests.list.query({ which }),
	open: (id: string) => api.dataRequests.open.mutate({ id }),
	acknowledge: (id: string) => api.dataRequests.acknowledge.mutate({ id }),
	extend: (id: string, reason: string) => api.dataRequests.extend.mutate({ id, reason }),
	answer: (answer: RequestAnswer) => api.dataRequests.answer.mutate(answer)
};
export type AnsweringApi = typeof answeringApi;
