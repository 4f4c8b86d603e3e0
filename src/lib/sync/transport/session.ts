import type { SessionAnswer } from '../protocol/wire.ts';
import { requestTimeoutMs } from './transport.ts';

/** No answer came, or one that makes no sense: try again later. */
export class Unreachable extends Error {
	override readonly name = 'Unreachable';
}

/** A fault of our own must not pass for a missing network. */
export const isUnreachable = (error: unknown): boolean =>
	error instanceof Error && (error.name === 'TRPCClientError' || error.name === 'Unreachable');

const sessionUrl = '/api/session';

/** Who the server says is signed in. */
export async function askSession(): Promise<SessionAnswer> {
	const response = await ask('GET');
	const answer: unknown = await response.json().catch((cause: unknown) => {
		throw new Unreachable('the answer was cut short', { cause });
	});
	if (!isSessionAnswer(answer)) throw new Unreachable('not a session answer');
	return answer;
}

/** Ends this session of the person on the server; null = the one the cookie names. */
export async function endSession(session: string | null): Promise<void> {
	await ask('DELETE', session === null ? '' : `?${new URLSearchParams({ session })}`);
}

async function ask(method: 'GET' | 'DELETE', which = ''): Promise<Response> {
	const signal = AbortSignal.timeout(requestTimeoutMs);
	const response = await fetch(sessionUrl + which, { method, cache: 'no-store', signal }).catch(
		(cause: unknown) => {
			throw new Unreachable('the server did not answer', { cause });
		}
	);
	if (!response.ok) throw new Unreachable(`the server answered ${response.status}`);
	return response;
}

/** The server and this file come from one build or from neighbouring ones: the outcome says enough. */
const isSessionAnswer = (answer: unknown): answer is SessionAnswer =>
	typeof answer === 'object' &&
	answer !== null &&
	'outcome' in answer &&
	(answer.outcome === 'actor' || answer.outcome === 'nobody' || answer.outcome === 'session');
