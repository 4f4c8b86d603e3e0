import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { IdentityAnswer, IdentityProvider } from './provider.ts';

export type IdentitySettings = {
	readonly url: string;
	/** Shared with the provider; signs the question and checks the answer. */
	readonly secret: string;
};

const timeoutMs = 15_000;
/** An answer older than this may be somebody else's from before. */
const clockSlackMs = 5 * 60_000;
const mostBytes = 16 * 1024;

const answerSchema = z.object({
	requestId: z.string(),
	result: z.enum(['verified', 'not_matched', 'unavailable']),
	reference: z.string().max(100).default('')
});

/** Hex HMAC-SHA256 over the instant, a line break and the body; both sides sign alike. */
export const signatureOf = (secret: string, timestamp: string, body: string): string =>
	createHmac('sha256', secret).update(`${timestamp}\n${body}`).digest('hex');

/**
 * Asks a provider over HTTP: a signed POST of `{requestId, kind, number, name}`, answered by a signed
 * `{requestId, result, reference}` (docs/operations.md). What is not signed, is old, or is about another question is
 * `later`, never a yes; so is every status but 200. Never rejects.
 */
export const httpIdentity = (
	settings: IdentitySettings,
	clock: () => number = Date.now
): IdentityProvider => ({
	async ask({ id, kind, number, name }) {
		const body = JSON.stringify({ requestId: id, kind, number, name });
		const timestamp = new Date(clock()).toISOString();
		try {
			const response = await fetch(settings.url, {
				method: 'POST',
				headers: {
					'content-type': 'application/json',
					'idempotency-key': id,
					'x-san-timestamp': timestamp,
					'x-san-signature': signatureOf(settings.secret, timestamp, body)
				},
				body,
				redirect: 'error',
				signal: AbortSignal.timeout(timeoutMs)
			});
			if (response.status !== 200) {
				await response.body?.cancel();
				return { outcome: 'later', reason: `http_${response.status}` };
			}
			const text = await response.text();
			return readAnswer(text, response.headers, { id, settings, now: clock() });
		} catch {
			return { outcome: 'later', reason: 'unreachable' };
		}
	}
});

function readAnswer(
	text: string,
	headers: Headers,
	asked: { id: string; settings: IdentitySettings; now: number }
): IdentityAnswer {
	const timestamp = headers.get('x-san-timestamp') ?? '';
	const given = Buffer.from(headers.get('x-san-signature') ?? '', 'hex');
	const expected = Buffer.from(signatureOf(asked.settings.secret, timestamp, text), 'hex');
	if (text.length > mostBytes || given.length !== expected.length || !timingSafeEqual(given, expected))
		return { outcome: 'later', reason: 'bad_signature' };
	if (!(Math.abs(Date.parse(timestamp) - asked.now) <= clockSlackMs))
		return { outcome: 'later', reason: 'old_answer' };
	const answer = answerSchema.safeParse(readJson(text)).data;
	if (answer?.requestId !== asked.id) return { outcome: 'later', reason: 'not_our_question' };
	return answer.result === 'unavailable'
		? { outcome: 'later', reason: 'unavailable' }
		: { outcome: answer.result, reference: answer.reference };
}

function readJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return null;
	}
}
