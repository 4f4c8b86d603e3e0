import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { httpIdentity, signatureOf } from './http.ts';

const secret = 'một bí mật dài của hai bên';
const now = Date.parse('2027-01-04T02:00:00.000Z');
const question = {
	id: '3c0e0b4e-0000-4000-8000-000000000001',
	kind: 'household',
	number: '082190000000',
	name: 'Trần Ngọc Lan'
} as const;

const asked: { headers: IncomingHttpHeaders; body: string }[] = [];
let answer: { status?: number; body: string; timestamp?: string; signature?: string };
const provider = createServer((request, response) => {
	const parts: Buffer[] = [];
	request.on('data', (part: Buffer) => parts.push(part));
	request.on('end', () => {
		asked.push({ headers: request.headers, body: Buffer.concat(parts).toString() });
		const { status = 200, body, timestamp = new Date(now).toISOString() } = answer;
		response
			.writeHead(status, {
				'x-san-timestamp': timestamp,
				'x-san-signature': answer.signature ?? signatureOf(secret, timestamp, body),
				...(status === 302 && { location: 'http://127.0.0.1:9/' })
			})
			.end(body);
	});
});
let url = '';
beforeAll(async () => {
	provider.listen(0, '127.0.0.1');
	await once(provider, 'listening');
	const address = provider.address();
	url = typeof address === 'object' ? `http://127.0.0.1:${address?.port}/verifications` : '';
});
afterAll(() => provider.close());
beforeEach(() => {
	asked.length = 0;
});

const says = (result: string, more: object = {}) =>
	JSON.stringify({ requestId: question.id, result, reference: 'VN-77', ...more });
const ask = () => httpIdentity({ url, secret }, () => now).ask(question);

test('LAW-tmdt-identity the question is signed over its instant and its body', async () => {
	answer = { body: says('verified') };
	expect(await ask()).toEqual({ outcome: 'verified', reference: 'VN-77' });
	const [one] = asked;
	expect(JSON.parse(one?.body ?? '')).toEqual({
		requestId: question.id,
		kind: 'household',
		number: '082190000000',
		name: 'Trần Ngọc Lan'
	});
	expect(one?.headers).toMatchObject({
		'idempotency-key': question.id,
		'x-san-timestamp': '2027-01-04T02:00:00.000Z',
		'x-san-signature': signatureOf(secret, '2027-01-04T02:00:00.000Z', one?.body ?? '')
	});
});

test('LAW-tmdt-identity a number under another name is told as such', async () => {
	answer = { body: says('not_matched') };
	expect(await ask()).toMatchObject({ outcome: 'not_matched' });
});

test.each([
	['not signed', { body: says('verified'), signature: '' }, 'bad_signature'],
	['signed by somebody else', { body: says('verified'), signature: 'ab'.repeat(32) }, 'bad_signature'],
	['an answer from before', { body: says('verified'), timestamp: '2027-01-04T01:00:00.000Z' }, 'old_answer'],
	['without a time', { body: says('verified'), timestamp: 'hôm qua' }, 'old_answer'],
	['about another question', { body: says('verified', { requestId: 'x' }) }, 'not_our_question'],
	['no JSON', { body: '<html>' }, 'not_our_question'],
	['not now', { body: says('unavailable') }, 'unavailable'],
	['a fault of theirs', { status: 500, body: '' }, 'http_500'],
	['somewhere else', { status: 302, body: '' }, 'unreachable']
])('LAW-tmdt-identity never a yes: %s', async (_what, given, reason) => {
	answer = given;
	expect(await ask()).toEqual({ outcome: 'later', reason });
});

test('LAW-tmdt-identity nobody there is asked again later', async () => {
	const nobody = httpIdentity({ url: 'http://127.0.0.1:9/', secret });
	expect(await nobody.ask(question)).toEqual({ outcome: 'later', reason: 'unreachable' });
});
