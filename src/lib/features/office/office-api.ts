import { api } from '$lib/sync/transport/trpc.ts';
import type { DecisionOnline, OfficeOnline, ReceiptsOnline } from './online.ts';

const pageSize = 30;

/** The office's questions to the real server. */
export const officeApi: OfficeOnline = {
	endingPapers: () => api.businesses.ending.query(),
	identity: (caseId) => api.businesses.identity.query({ caseId }),
	reveal: (caseId, said) => api.businesses.reveal.mutate({ caseId, said }),
	officers: (agencyId) => api.moderation.officers.query({ agencyId }),
	history: (agencyId, after) => api.moderation.history.query({ agencyId, after, limit: pageSize }),
	overview: async () => (await api.moderation.overview.query()).agencies
};

export const decisionApi: DecisionOnline = {
	decision: (caseId) => api.moderation.decision.query({ caseId })
};

export const receiptsApi: ReceiptsOnline = {
	lookUp: (code) => api.receipts.lookUp.mutate({ code })
};
