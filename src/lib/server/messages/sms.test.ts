import { createServer, type IncomingHttpHeaders } from 'node:http';
import { once } from 'node:events';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { smsTransport } from './sms.ts';

const asked: { headers: IncomingHttpHeaders; body: unknown }[] = [];
let status = 200;
const gateway = createServer((request, response) => {
	const parts: Buffer[] = [];
	request.on('data', (part: Buffer) => parts.push(part));
	request.on('end', () => {
		asked.push({ headers: request.headers, body: JSON.parse(Buffer.concat(parts).toString()) });
		response.writeHead(status, status === 302 ? { location: 'http://127.0.0.1:9/' } : {}).end('{}');
	});
});
let url = '';
beforeAll(async () => {
	gateway.listen(0, '127.0.0.1');
	await once(gateway, 'listening');
	const address = gateway.address();
	url = typeof address === 'object' ? `http://127.0.0.1:${address?.port}/send` : '';
});
afterAll(() => gateway.close());
beforeEach(() => {
	asked.length = 0;
	status = 200;
});

const message = {
	id: '3c0e0b4e-0000-4000-8000-000000000001',
	address: '0900000003',
	subject: '',
	text: '',
	html: '',
	sms: 'San: ma "482913", {to} \\ xong'
};

test('the gateway gets its own JSON, and a text cannot break out of its place', async () => {
	const template = { messages: [{ phone: '{to}', content: 'SAN {text}', brand: 'SAN', n: 1 }], ref: '{id}' };
	await smsTransport({ url, token: 'secret', template }).send(message);
	expect(asked[0]?.body).toEqual({
		messages: [{ phone: '0900000003', content: `SAN ${message.sms}`, brand: 'SAN', n: 1 }],
		ref: message.id
	});
	expect(asked[0]?.headers).toMatchObject({
		authorization: 'Bearer secret',
		'idempotency-key': message.id
	});
});

test.each([
	[400, true],
	[401, false],
	[429, false],
	[500, false],
	[503, false]
])('an answer of %i is final: %s', async (answer, permanent) => {
	status = answer;
	await expect(
		smsTransport({ url, token: null, template: '{to}{text}' }).send(message)
	).rejects.toMatchObject({
		code: `http_${answer}`,
		permanent
	});
});

test('a gateway that sends elsewhere, or is away, is tried again', async () => {
	status = 302;
	const away = { code: 'unreachable', permanent: false };
	await expect(smsTransport({ url, token: null, template: {} }).send(message)).rejects.toMatchObject(away);
	const nobody = smsTransport({ url: 'http://127.0.0.1:9/', token: null, template: {} });
	await expect(nobody.send(message)).rejects.toMatchObject(away);
});
