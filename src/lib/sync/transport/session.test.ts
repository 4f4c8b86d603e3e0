import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { askSession, endSession } from './session.ts';

let timeIsUp: AbortController;
beforeEach(() => {
	timeIsUp = new AbortController();
	vi.spyOn(AbortSignal, 'timeout').mockImplementation(() => timeIsUp.signal);
});
afterEach(() => {
	vi.restoreAllMocks();
	vi.unstubAllGlobals();
});

/** As a browser's: it ends with its signal, and never without. */
const ended = (signal: AbortSignal | undefined) =>
	new Promise<never>((_, fail) => signal?.addEventListener('abort', () => fail(signal.reason)));

/** A line that takes the question, or the head of the answer too, and is silent from there on. */
function silentAfter(what: 'question' | 'head'): Promise<void> {
	return new Promise((asked) =>
		vi.stubGlobal('fetch', (_: string, { signal }: RequestInit) => {
			asked();
			if (what === 'question') return ended(signal ?? undefined);
			const start = (body: ReadableStreamDefaultController) =>
				void ended(signal ?? undefined).catch((reason: unknown) => body.error(reason));
			return Promise.resolve(new Response(new ReadableStream({ start })));
		})
	);
}

test.each([
	['who is signed in, without an answer', 'question', () => askSession()],
	['who is signed in, with half an answer', 'head', () => askSession()],
	['to end a session', 'question', () => endSession(null)]
] as const)(
	'sync 14: a line that hangs when asked %s is a missing network after a while',
	async (_, after, ask) => {
		const asked = silentAfter(after);
		const answer = expect(ask()).rejects.toMatchObject({ name: 'Unreachable' });
		await asked;
		timeIsUp.abort();
		await answer;
	}
);
