import type { MisuseLine, MisuseReport } from '$lib/domain/accounts/misuse.ts';
import { api } from '$lib/sync/transport/trpc.ts';
import type { Answer } from '$lib/sync/transport/attempt.svelte.ts';

/** TG-16.1: reports as the Board sees them. Everything rejects when the server cannot be reached. */
export type MisuseApi = {
	list(answered: boolean): Promise<Answer<readonly MisuseLine[]>>;
	/** The look is written into the record. */
	open(id: string): Promise<Answer<MisuseReport>>;
	answer(id: string, answer: string): Promise<Answer<void>>;
};

export const misuseApi: MisuseApi = {
	list: (answered) => api.members.misuseReports.query({ answered }),
	open: (id) => api.members.misuseReport.mutate({ id }),
	answer: async (id, answer) => {
		const done = await api.members.answerMisuse.mutate({ id, answer });
		return done.ok ? { ok: true } : done;
	}
};
