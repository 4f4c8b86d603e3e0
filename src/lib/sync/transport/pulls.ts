import type { PullAnswer, PullRequest } from '../protocol/wire.ts';
import { Unreachable } from './session.ts';
import { requestTimeoutMs } from './transport.ts';

type Asked = {
	readonly request: PullRequest;
	readonly answer: (answer: PullAnswer) => void;
	readonly fail: (error: Unreachable) => void;
};
/** What tRPC answers a batch with, in the order of its questions. */
type Answers = readonly { readonly result?: { readonly data?: PullAnswer } }[];

let asked: Asked[] = [];

/**
 * The few pulls that follow one poke leave as one request (tRPC's batch, for whose own link there is no room): the
 * session is looked up once, and the line is used once.
 */
export const pullTogether = (request: PullRequest): Promise<PullAnswer> =>
	new Promise((answer, fail) => {
		asked.push({ request, answer, fail });
		if (asked.length > 1) return;
		queueMicrotask(() => {
			const batch = asked;
			asked = [];
			ask(batch.map((one) => one.request)).then(
				(answers) =>
					batch.forEach((one, at) => {
						const data = answers[at]?.result?.data;
						if (data) one.answer(data);
						else one.fail(new Unreachable('a pull was not answered'));
					}),
				(cause: unknown) => {
					for (const one of batch) one.fail(new Unreachable('the server did not answer', { cause }));
				}
			);
		});
	});

async function ask(requests: readonly PullRequest[]): Promise<Answers> {
	const response = await fetch(`/api/trpc/${requests.map(() => 'sync.pull').join()}?batch=1`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({ ...requests }),
		cache: 'no-store',
		signal: AbortSignal.timeout(requestTimeoutMs)
	});
	const answers: unknown = await response.json();
	return Array.isArray(answers) ? answers : [];
}
