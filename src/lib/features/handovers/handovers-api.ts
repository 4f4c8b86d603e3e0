import { no, ok } from '$lib/domain/kernel/refusal.ts';
import { api } from '$lib/sync/transport/trpc.ts';
import type { HandoversOnline } from './online.ts';

/** The questions of the hand-over screens to the real server. */
export const handoversApi: HandoversOnline = {
	sendBlob: async (fileId, sha256, bytes) => {
		const query = new URLSearchParams({ file: fileId, hash: sha256 }).toString();
		// Without a type the server takes the request to have no body.
		const response = await fetch(`/api/handovers/photos?${query}`, {
			method: 'PUT',
			headers: { 'content-type': 'application/octet-stream' },
			body: bytes
		});
		if (!response.ok) throw new Error(`the photo was answered ${response.status}`);
		const answer: unknown = await response.json();
		const taken = typeof answer === 'object' && answer !== null && 'ok' in answer && answer.ok === true;
		return taken ? ok(undefined) : no('photo_refused');
	},
	handIn: (input) => api.handovers.handIn.mutate(input),
	mine: () => api.handovers.mine.query(),
	answer: (id, yes) => api.handovers.answer.mutate({ id, yes })
};
