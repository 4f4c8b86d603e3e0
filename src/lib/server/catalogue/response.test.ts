import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { manifestResponse, packFileResponse, packResponse } from './response.ts';

const hash = 'a'.repeat(64);
const body = gzipSync('one\ntwo');
const asked = (headers: Record<string, string> = {}) => new Request('http://localhost/', { headers });
const takes = (encoding: string) => asked({ 'accept-encoding': encoding });
const bytes = async (response: Response) => Buffer.from(await response.arrayBuffer());

test('sync 10: a pack is kept for ever and goes out as it is stored', async () => {
	const answer = await packResponse(takes('br, gzip'), hash, body);
	expect(answer.status).toBe(200);
	expect(Object.fromEntries(answer.headers)).toEqual({
		'cache-control': 'public, max-age=31536000, immutable',
		'content-encoding': 'gzip',
		'content-length': String(body.byteLength),
		'content-type': 'application/x-ndjson; charset=utf-8',
		etag: `W/"${hash}"`,
		vary: 'accept-encoding'
	});
	expect(await bytes(answer)).toEqual(body);
});

test('sync 10: who does not take gzip gets the text', async () => {
	for (const encoding of ['', 'identity', 'gzip;q=0', 'gzip; q=0.0, br']) {
		const answer = await packResponse(takes(encoding), hash, body);
		expect(answer.headers.has('content-encoding'), encoding).toBe(false);
		expect(await answer.text(), encoding).toBe('one\ntwo');
	}
	expect((await packResponse(takes('gzip;q=0.5'), hash, body)).headers.get('content-encoding')).toBe('gzip');
});

test('sync 10: as a file a pack stays compressed and is kept for ever; one that is gone is 410', async () => {
	const file = packFileResponse(body);
	expect(file.headers.get('content-encoding')).toBeNull();
	expect(file.headers.get('content-type')).toBe('application/gzip');
	expect(file.headers.get('cache-control')).toContain('immutable');
	expect(await bytes(file)).toEqual(body);
	expect(packFileResponse(null).status).toBe(410);
});

test('sync 10: who holds the pack is told that it is the same; one that is gone is 410 and kept nowhere', async () => {
	const held = asked({ 'if-none-match': `"${'b'.repeat(64)}", W/"${hash}"` });
	expect((await packResponse(held, hash, body)).status).toBe(304);
	const gone = await packResponse(held, hash, null);
	expect(gone.status).toBe(410);
	expect(gone.headers.get('cache-control')).toBe('no-store');
});

test('sync 10: the manifest is of this moment and kept nowhere', async () => {
	const manifest = gzipSync('{"epoch":"e"}');
	const answer = await manifestResponse(takes('gzip'), manifest);
	expect(answer.headers.get('cache-control')).toBe('no-store');
	expect(answer.headers.get('content-type')).toBe('application/json');
	expect(await bytes(answer)).toEqual(manifest);
	expect(await (await manifestResponse(asked(), manifest)).json()).toEqual({ epoch: 'e' });
});
