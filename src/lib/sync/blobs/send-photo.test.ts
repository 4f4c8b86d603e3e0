// First: Dexie looks for IndexedDB when it is loaded.
import 'fake-indexeddb/auto';
import { randomUUID } from 'node:crypto';
import http from 'node:http';
import { afterEach, expect, test } from 'vitest';
import { openStore, type Store } from '../store/store.ts';
import { keepPhoto } from './photos.ts';
import { askPhoto, sendPhoto, type SendOptions } from './send-photo.ts';

let server: http.Server | undefined;
let store: Store | undefined;
afterEach(async () => {
	server?.close();
	await store?.close();
	server = store = undefined;
});

/** An exchange that knows the upload when asked, and answers the bytes with this. */
async function answering(status: number, code: string): Promise<string> {
	server = http.createServer((request, response) => {
		request.resume();
		request.on('end', () => {
			response.setHeader('tus-resumable', '1.0.0');
			if (request.method === 'HEAD') {
				response.setHeader('upload-offset', '0');
				response.setHeader('upload-length', '9');
				return response.end();
			}
			response.statusCode = status;
			return response.end(JSON.stringify({ refusal: { code } }));
		});
	});
	return listen(server);
}

async function listen(to: http.Server): Promise<string> {
	await new Promise<void>((resolve) => to.listen(0, '127.0.0.1', resolve));
	const address = to.address();
	if (address === null || typeof address === 'string') throw new Error('no port');
	return `http://127.0.0.1:${address.port}/uploads`;
}

const hash = 'a'.repeat(64);
const optionsFor = (endpoint: string, more: Partial<SendOptions> = {}): SendOptions => ({
	endpoint,
	actorId: randomUUID(),
	progress: () => undefined,
	address: () => undefined,
	signal: new AbortController().signal,
	...more
});
const send = (endpoint: string, more: Partial<SendOptions> = {}) =>
	sendPhoto(
		{ hash, type: 'image/jpeg', uploadUrl: `${endpoint}/${randomUUID()}` },
		new Uint8Array(9).buffer,
		optionsFor(endpoint, more)
	);

test.each([
	[404, 'not_found'],
	[400, 'invalid_input'],
	[429, 'too_many_attempts']
])('sync 5: %d %s says nothing about the photo, so it is sent again later', async (status, code) => {
	expect(await send(await answering(status, code))).toEqual({ outcome: 'later', reached: true });
});

test.each([
	[413, 'upload_too_large'],
	[422, 'upload_not_an_image'],
	[422, 'upload_hash_mismatch']
])('sync 5: %d %s is about the photo', async (status, code) => {
	expect(await send(await answering(status, code))).toEqual({ outcome: 'refused', refusal: { code } });
});

test.each([404, 410, 422])(
	'sync 5: an upload that is answered with %d when asked for, forgotten or damaged, begins anew',
	async (status) => {
		const seen: string[] = [];
		server = http.createServer((request, response) => {
			seen.push(`${request.method} ${request.url}`);
			request.resume();
			request.on('end', () => {
				if (request.method === 'HEAD') response.statusCode = status;
				else if (request.method === 'POST') response.writeHead(201, { location: '/uploads/new' });
				else response.writeHead(204, { 'upload-offset': '9' });
				response.end();
			});
		});
		expect(await send(await listen(server))).toEqual({ outcome: 'stored' });
		expect(seen.map((line) => line.replace(/[0-9a-f-]{36}/, 'old'))).toEqual([
			'HEAD /uploads/old',
			'POST /uploads',
			'PATCH /uploads/new'
		]);
	}
);

test.each([null, '0'])('sync 5: a server that takes nothing is left alone for now (%s)', async (offset) => {
	server = http.createServer((request, response) => {
		request.resume();
		request.on('end', () => {
			if (request.method === 'HEAD') response.setHeader('upload-offset', '0');
			else if (offset !== null) response.setHeader('upload-offset', offset);
			response.end();
		});
	});
	expect(await send(await listen(server))).toEqual({ outcome: 'later', reached: true });
});

/** A line that takes a request and says nothing any more, and a clock in the hand: time is up when the test says so. */
async function hanging(on: 'GET' | 'HEAD' | 'PATCH') {
	let arrived: () => void = () => undefined;
	const hangs = new Promise<void>((resolve) => (arrived = resolve));
	server = http.createServer((request, response) => {
		request.resume();
		if (request.method === on) return arrived();
		response.setHeader('upload-offset', '0');
		return response.end();
	});
	const limits: { ms: number; timer: AbortController }[] = [];
	const limit = (ms: number) => {
		const timer = new AbortController();
		limits.push({ ms, timer });
		return timer.signal;
	};
	return { endpoint: await listen(server), limit, limits, hangs };
}

test.each(['GET', 'HEAD', 'PATCH'] as const)(
	'sync 5: a %s that nobody answers is given up when its time is over, and not before',
	async (on) => {
		const { endpoint, limit, limits, hangs } = await hanging(on);
		const sent = on === 'GET' ? askPhoto(hash, optionsFor(endpoint, { limit })) : send(endpoint, { limit });
		await hangs;
		expect(limits).toHaveLength(on === 'PATCH' ? 2 : 1);
		limits.at(-1)?.timer.abort();
		expect(await sent).toEqual({ outcome: 'later', reached: false });
		server?.closeAllConnections();
	}
);

test('sync 5: whoever leads no more ends a request at once', async () => {
	const { endpoint, limit, hangs } = await hanging('PATCH');
	const leading = new AbortController();
	const sent = send(endpoint, { limit, signal: leading.signal });
	await hangs;
	leading.abort();
	expect(await sent).toEqual({ outcome: 'later', reached: false });
	server?.closeAllConnections();
});

test('sync 5: a slow line that moves is not cut: what is sent at once fits into its time on the slowest', async () => {
	const slowestBytesPerSecond = 10_000 / 8;
	const pieces: number[] = [];
	const times: number[] = [];
	server = http.createServer((request, response) => {
		let [bytes, offset] = [0, Number(request.headers['upload-offset'] ?? 0)];
		request.on('data', (some: Buffer) => void (bytes += some.byteLength));
		request.on('end', () => {
			if (request.method === 'PATCH') pieces.push(bytes);
			response.setHeader('upload-offset', String((offset += bytes)));
			response.end();
		});
	});
	const endpoint = await listen(server);
	const limit = (ms: number) => (times.push(ms), new AbortController().signal);
	const photo = { hash, type: 'image/jpeg', uploadUrl: `${endpoint}/1` };
	const bytes = new Uint8Array(300_000).buffer;
	expect(await sendPhoto(photo, bytes, optionsFor(endpoint, { limit }))).toEqual({ outcome: 'stored' });
	expect(pieces.reduce((sum, piece) => sum + piece, 0)).toBe(300_000);
	expect(times).toHaveLength(pieces.length + 1);
	expect(Math.max(...pieces) / slowestBytesPerSecond).toBeLessThan(Math.min(...times) / 1_000);
});

test('sync 5, 16: a photo refused with a code of a newer exchange is refused, and not asked about for ever', async () => {
	const refusal = { code: 'said_by_a_newer_exchange' };
	server = http.createServer((_, response) => response.end(JSON.stringify({ state: 'refused', refusal })));
	const said = await askPhoto(hash, optionsFor(await listen(server)));
	expect(said).toEqual({ outcome: 'refused', refusal });
});

test('sync 5: a photo that was refused, or stored, and is added once more is asked about once more', async () => {
	store = await openStore({ userId: randomUUID(), multiInstance: false, prefix: `photo-${randomUUID()}` });
	const photo = { bytes: new Uint8Array([1, 2, 3]).buffer, type: 'image/jpeg', thumb: null };
	const hash = await keepPhoto(store, photo, '2026-11-22T01:00:00.000Z');
	await store.local.photos.update(hash, { state: 'refused', refusal: { code: 'photo_missing' } });
	await keepPhoto(store, photo, '2026-11-22T02:00:00.000Z');
	expect(await store.local.photos.get(hash)).toMatchObject({ state: 'on_device', refusal: null });
	await store.local.photos.update(hash, { state: 'stored' });
	await keepPhoto(store, photo, '2026-11-22T03:00:00.000Z');
	expect(await store.local.photos.get(hash)).toMatchObject({ state: 'on_device', refusal: null });
});
