import { api } from '$lib/sync/transport/trpc.ts';

/** TG-16.1: reports as the Board sees them. Everything rejects when the server cannot be reached. */
export const misuseApi = {
	list: (answered: boolean) => api.members.misuseReports.query({ answered }),
	/** A mutation: opening is written into the record. */
	open: (id: string) => api.members.misuseReport.mutate({ id }),
	answer: (id: string, answer: string) => api.members.answerMisuse.mutate({ id, answer })
};
export type MisuseApi = typeof misuseApi;
