import { ok } from '$lib/domain/kernel/refusal.ts';
import { api } from '$lib/sync/transport/trpc.ts';
import type { MessagesOnline } from './online.ts';

const pageSize = 30;

export const messagesApi: MessagesOnline = {
	list: (states, after) => api.messages.list.query({ states: [...states], after, limit: pageSize }),
	open: (id, said) => api.messages.open.mutate({ id, said }),
	again: async (id) => {
		const done = await api.messages.again.mutate({ id });
		return done.ok ? ok(undefined) : done;
	},
	sendKept: (days) => api.messages.sendKept.mutate({ days })
};
