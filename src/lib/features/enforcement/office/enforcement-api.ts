import { no, ok } from '$lib/domain/kernel/refusal.ts';
import { api } from '$lib/sync/transport/trpc.ts';
import { proven } from '$lib/ui/ask-proof.svelte.ts';
import type { EnforcementOnline } from './online.ts';

/** The questions of the screens of locks to the real server. */
export const enforcementApi: EnforcementOnline = {
	find: (text) => api.enforcement.find.query({ text }),
	preview: (target) => api.enforcement.preview.query(target),
	take: (input) => proven(() => api.enforcement.take.mutate(input)),
	lift: async (measureId, reason) => {
		const done = await proven(() => api.enforcement.lift.mutate({ measureId, reason }));
		return done.ok ? ok(undefined) : done;
	},
	list: (query) => api.enforcement.list.query(query),
	detail: (id) => api.enforcement.detail.query({ id }),
	sendPicture: async (picture) => {
		const response = await fetch('/api/enforcement/evidence', {
			method: 'PUT',
			headers: { 'content-type': 'application/octet-stream' },
			body: picture
		});
		if (!response.ok && response.status !== 403)
			throw new Error(`the picture was answered ${response.status}`);
		const answer: unknown = await response.json();
		const value = typeof answer === 'object' && answer !== null && 'value' in answer ? answer.value : null;
		const id = typeof value === 'object' && value !== null && 'id' in value ? value.id : null;
		return typeof id === 'string' ? ok({ id }) : no('photo_refused');
	}
};
