import type {
	OpenedProposal,
	ProposalAnswer,
	ProposalDone,
	ProposalList,
	ProposalPage
} from '$lib/domain/proposals/schema.ts';
import { api } from '$lib/sync/transport/trpc.ts';
import type { Answer } from '$lib/sync/transport/attempt.svelte.ts';

/** TG-3.4a: proposals as the Board sees them. Everything rejects when the server cannot be reached. */
export type ProposalsApi = {
	list(asked: ProposalList): Promise<ProposalPage>;
	/** The look is written into the record. */
	open(id: string): Promise<Answer<OpenedProposal>>;
	consider(id: string): Promise<Answer<void>>;
	answer(answer: ProposalAnswer): Promise<Answer<void>>;
	carryOut(said: ProposalDone): Promise<Answer<void>>;
};

const done = (answer: Answer<unknown>): Answer<void> => (answer.ok ? { ok: true } : answer);

export const proposalsApi: ProposalsApi = {
	list: (asked) => api.proposals.list.query(asked),
	open: (id) => api.proposals.open.mutate({ id }),
	consider: async (id) => done(await api.proposals.consider.mutate({ id })),
	answer: async (answer) => done(await api.proposals.answer.mutate(answer)),
	carryOut: async (said) => done(await api.proposals.carryOut.mutate(said))
};
