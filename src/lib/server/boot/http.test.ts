import fs from 'node:fs';
import http from 'node:http';
import { afterEach, describe, expect, test } from 'vitest';
import { assertPortFree, protocolHeader, serve, type HttpServer, type RequestHandler } from './http.ts';

const servers: HttpServer[] = [];
afterEach(async () => {
	for (const server of servers.splice(0)) await server.drain(0);
});

async function start(
	handler: RequestHandler,
	secure = false,
	onFault?: (error: unknown) => void
): Promise<{ server: HttpServer; origin: string }> {
	const server = await serve(handler, { host: '127.0.0.1', port: 0, secure, onFault });
	servers.push(server);
	return { server, origin: `http://127.0.0.1:${server.port}` };
}

describe('headers', () => {
	test('are on every answer, and HSTS only behind https', async () => {
		const plain = await start((_, response) => response.end('x'));
		const { headers } = await fetch(plain.origin);
		expect(headers.get('x-content-type-options')).toBe('nosniff');
		expect(headers.get('strict-transport-security')).toBeNull();
		const secure = await start((_, __, next) => next(), true);
		const missing = await fetch(secure.origin);
		expect(missing.status).toBe(404);
		expect(missing.headers.get('strict-transport-security')).toContain('max-age=');
	});

	test('the protocol a client claims is overwritten', async () => {
		const { origin } = await start((request, response) => response.end(request.headers[protocolHeader]));
		const answer = await fetch(origin, { headers: { [protocolHeader]: 'https' } });
		expect(await answer.text()).toBe('http');
	});
});

describe('a fault costs one answer and never the process', () => {
	const faults: [string, RequestHandler][] = [
		[
			'thrown at once',
			() => {
				throw new Error('at once');
			}
		],
		[
			'thrown later',
			async () => {
				await null;
				throw new Error('later');
			}
		],
		[
			'a file gone before it is read',
			(_, response) => fs.createReadStream('/gone/with/the/build.js').pipe(response)
		],
		[
			'a file gone after its head was written',
			(_, response) => {
				response.writeHead(200, { 'content-length': 9 });
				return fs.createReadStream('/gone/with/the/build.js').pipe(response);
			}
		]
	];

	test.each(faults)('%s', async (_, handler) => {
		const seen: unknown[] = [];
		const note = (error: unknown) => void seen.push(error);
		const { origin } = await start(
			(request, response, next) =>
				request.url === '/good' ? response.end('good') : handler(request, response, next),
			false,
			note
		);
		const status = await fetch(`${origin}/bad`).then(
			(answer) => answer.status,
			() => 'cut'
		);
		expect([500, 'cut']).toContain(status);
		expect(seen).toHaveLength(1);
		expect(await (await fetch(`${origin}/good`)).text()).toBe('good');
	});

	test.each([
		['bytes=5-2', undefined],
		['bytes=-5', undefined],
		['pages=1-2', undefined],
		['bytes=2-5', 'bytes=2-5'],
		['bytes=2-', 'bytes=2-']
	])('the range %s is passed on as %s', async (range, passed) => {
		const { origin } = await start((request, response) => response.end(request.headers.range ?? 'all'));
		expect(await (await fetch(origin, { headers: { range } })).text()).toBe(passed ?? 'all');
	});
});

describe('draining', () => {
	test('lets a running answer finish, ends streams, and accepts nobody new', async () => {
		let finish: (() => void) | undefined;
		const { server, origin } = await start((request, response) => {
			if (request.url === '/stream') {
				response.writeHead(200, { 'content-type': 'text/event-stream' });
				response.write(': open\n\n');
			} else finish = () => response.end('done');
		});
		const stream = await fetch(`${origin}/stream`);
		const slow = fetch(`${origin}/slow`).then((answer) => answer.text());
		await expect.poll(() => finish).toBeDefined();
		const drained = server.drain(60_000);
		await expect(stream.text()).rejects.toThrow();
		await expect(fetch(origin)).rejects.toThrow();
		finish?.();
		expect(await slow).toBe('done');
		await drained;
		servers.length = 0;
	});

	test('does not wait for ever', async () => {
		const { server, origin } = await start(() => undefined);
		const never = fetch(origin);
		const failed = expect(never).rejects.toThrow();
		await new Promise((resolve) => setTimeout(resolve, 100));
		await server.drain(50);
		await failed;
		servers.length = 0;
	});
});

test('a taken port is noticed before anything else is done', async () => {
	const { server } = await start((_, response) => response.end());
	await expect(assertPortFree('127.0.0.1', server.port)).rejects.toMatchObject({ code: 'EADDRINUSE' });
	const free = http.createServer().listen(0, '127.0.0.1');
	await new Promise((resolve) => free.once('listening', resolve));
	const address = free.address();
	const port = typeof address === 'object' && address ? address.port : 0;
	await new Promise((resolve) => free.close(resolve));
	await expect(assertPortFree('127.0.0.1', port)).resolves.toBeUndefined();
});
