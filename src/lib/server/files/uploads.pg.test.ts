import { randomUUID } from 'node:crypto';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { DetailedError, Upload, type UploadOptions } from 'tus-js-client';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { openDb, transaction, type Sql } from '$lib/server/db/pool.ts';
import { freshDatabase, type FreshDatabase } from '../../../../tests/world/database.ts';
import { heavyPhoto } from '../../../../tests/world/heavy-photo.ts';
import { privateThumb } from './paths.ts';
import { sha256Of } from './picture.ts';
import { fileResponse } from './response.ts';
import { openPrivate, storedEvidence, storedHashes, storePicture } from './service.ts';
import { openDiskStore, type FileStore } from './store.ts';
import { hostilePictures } from './testing/hostile-pictures.ts';
import { hostilePdfs, paperPdf } from './testing/pdfs.ts';
import { serveUploads, type UploadServer } from './testing/upload-server.ts';
import { openUploads, unfinishedForMs, type UploadReceiver } from './uploads.ts';

let database: FreshDatabase;
let db: Sql;
let dataDir: string;
let files: FileStore;
let uploads: UploadReceiver;
let baTu: string;
let chuBa: string;
const servers: UploadServer[] = [];

beforeAll(async () => {
	database = await freshDatabase();
	db = openDb({ url: database.appUrl, role: 'san_app' });
	dataDir = await fs.mkdtemp(path.join(os.tmpdir(), 'san-uploads-'));
	files = openDiskStore(dataDir);
	uploads = receiver();
	[baTu, chuBa] = [await member(), await member()];
});
afterEach(async () => {
	await Promise.all(servers.splice(0).map((server) => server.close()));
});
afterAll(async () => {
	await db.end();
	await database.drop();
	await fs.rm(dataDir, { recursive: true, force: true });
});

function receiver(store: FileStore = files): UploadReceiver {
	const log = {
		error(facts: object): void {
			if (!('err' in facts && facts.err instanceof Error && facts.err.message === 'the disk is full'))
				throw facts;
		}
	};
	return openUploads({ db, files: store, dataDir, now: () => new Date().toISOString(), log });
}

async function member(): Promise<string> {
	const id = randomUUID();
	await db`insert into accounts (id) values (${id})`;
	return id;
}

async function signedIn(
	ownerId: string,
	options: Parameters<typeof serveUploads>[2] = {},
	by: UploadReceiver = uploads
): Promise<UploadServer> {
	const server = await serveUploads(by, ownerId, options);
	servers.push(server);
	return server;
}

const photo = (): Promise<Buffer> => heavyPhoto(300_000);

type Sent = { readonly url: string | null; readonly status: number; readonly refusal: string | null };

/** Sends with the client the devices use. */
function send(
	server: UploadServer,
	bytes: Buffer,
	options: UploadOptions & { name?: string } = {}
): Promise<Sent> {
	const { name = sha256Of(bytes), ...more } = options;
	return new Promise((resolve, reject) => {
		const upload = new Upload(bytes, {
			endpoint: server.endpoint,
			metadata: { sha256: name, type: 'image/jpeg', owner: chuBa },
			chunkSize: 64 * 1024,
			retryDelays: [],
			onSuccess: ({ lastResponse }) =>
				resolve({ url: upload.url, status: lastResponse.getStatus(), refusal: null }),
			onError(error) {
				const response = error instanceof DetailedError ? error.originalResponse : null;
				if (!response) return reject(error);
				const body = response.getBody();
				const refusal: unknown = body.startsWith('{') ? JSON.parse(body).refusal.code : null;
				resolve({ url: upload.url, status: response.getStatus(), refusal: refusal ? String(refusal) : null });
			},
			...more
		});
		upload.start();
	});
}

const idOf = (sent: Sent): string => sent.url?.split('/').at(-1) ?? '';
const waitingOnDisk = async () => (await fs.readdir(path.join(dataDir, 'uploads'))).length;
const tus = { 'tus-resumable': '1.0.0' };

test('sync 5: a photo sent in pieces is stored as two renditions, and its original is gone', async () => {
	const bytes = await photo();
	const server = await signedIn(baTu);
	expect(await uploads.stateOf(baTu, sha256Of(bytes))).toEqual({ state: 'unknown' });
	const sent = await send(server, bytes);
	expect(sent).toMatchObject({ status: 204, refusal: null });
	expect(await uploads.stateOf(baTu, sha256Of(bytes))).toEqual({ state: 'stored' });
	expect(await waitingOnDisk()).toBe(0);
	const [row] = await transaction(db, baTu, (tx) => tx`select * from uploads where id = ${idOf(sent)}`);
	for (const [key, limit] of [
		[row?.thumb_key, 12 * 1024],
		[row?.detail_key, 90 * 1024]
	] as const) {
		const kept = await files.get(key);
		expect(kept && (await sharp(kept).metadata()).format).toBe('webp');
		expect(kept?.byteLength).toBeLessThanOrEqual(limit);
	}
});

test('TG-6.3 a PDF is kept as it came, handed out as an attachment, and attaches where evidence does, never as a photo', async () => {
	const bytes = paperPdf();
	const server = await signedIn(baTu);
	const sent = await send(server, bytes);
	expect(sent).toMatchObject({ status: 204, refusal: null });
	const actor = { id: baTu, name: '', roles: [], posts: [], businessId: null };
	const now = new Date().toISOString();
	const file = await openPrivate(db, files, actor, idOf(sent), 'document', now);
	expect(file && sha256Of(file.bytes)).toBe(sha256Of(bytes));
	if (!file) throw new Error('no document');
	const answer = fileResponse(file, 'private, no-store');
	expect(Object.fromEntries(answer.headers)).toMatchObject({
		'content-type': 'application/pdf',
		'content-disposition': 'attachment; filename="giay-to.pdf"',
		'content-security-policy': "default-src 'none'; sandbox",
		'x-content-type-options': 'nosniff',
		'cache-control': 'private, no-store'
	});
	expect(await openPrivate(db, files, { ...actor, id: chuBa }, idOf(sent), 'document', now)).toBeNull();
	expect(await openPrivate(db, files, actor, idOf(sent), 'detail', now)).toBeNull();
	const hashes = [sha256Of(bytes)];
	expect(await transaction(db, baTu, (tx) => storedHashes(tx, baTu, hashes))).toEqual([]);
	expect([...(await transaction(db, baTu, (tx) => storedEvidence(tx, baTu, hashes))).keys()]).toEqual(hashes);
});

test('TG-6.3 a hostile PDF is refused with its reason, kept nowhere, and a hundred megabytes before they are sent', async () => {
	const server = await signedIn(baTu);
	for (const [bytes, code] of [hostilePdfs['a password'], hostilePdfs['a file inside']].flatMap((one) =>
		one ? [one] : []
	)) {
		expect(await send(server, bytes)).toMatchObject({ status: 422, refusal: code });
		expect(await uploads.stateOf(baTu, sha256Of(bytes))).toEqual({ state: 'refused', refusal: { code } });
	}
	expect(await waitingOnDisk()).toBe(0);
	const asked = await fetch(server.endpoint, {
		method: 'POST',
		headers: {
			...tus,
			'upload-length': String(100 * 1024 * 1024),
			'upload-metadata': `sha256 ${Buffer.from('a'.repeat(64)).toString('base64')}`
		}
	});
	expect([asked.status, await asked.json()]).toMatchObject([413, { refusal: { code: 'upload_too_large' } }]);
});

test('sync 5: what came before the line broke is kept, to the last byte', async () => {
	const bytes = await photo();
	const endpoint = 'http://exchange.test/api/files/uploads';
	const ask = (url: string, method: string, headers: Record<string, string>, body?: ReadableStream) => {
		const init: RequestInit & { duplex: 'half' } = {
			method,
			headers: { ...tus, ...headers },
			body,
			duplex: 'half'
		};
		return uploads.handle(new Request(url, init), baTu);
	};
	const made = await ask(endpoint, 'POST', {
		'upload-length': String(bytes.byteLength),
		'upload-metadata': `sha256 ${btoa(sha256Of(bytes))}`
	});
	const url = new URL(made.headers.get('location') ?? '', endpoint).href;
	const pieces = [bytes.subarray(0, 40_000), bytes.subarray(40_000, 100_000)];
	const breaks = new ReadableStream<Uint8Array>({
		pull(controller) {
			const piece = pieces.shift();
			if (piece) controller.enqueue(new Uint8Array(piece));
			else controller.error(new Error('aborted'));
		}
	});
	const type = { 'content-type': 'application/offset+octet-stream' };
	await ask(url, 'PATCH', { ...type, 'upload-offset': '0' }, breaks);
	const now = await ask(url, 'HEAD', {});
	expect(now.headers.get('upload-offset')).toBe('100000');
	const rest = new Blob([new Uint8Array(bytes.subarray(100_000))]).stream();
	await ask(url, 'PATCH', { ...type, 'upload-offset': '100000' }, rest);
	expect(await uploads.stateOf(baTu, sha256Of(bytes))).toEqual({ state: 'stored' });
});

test('sync 5: a photo small enough for one request is stored by it', async () => {
	const bytes = await photo();
	const server = await signedIn(baTu);
	expect(await send(server, bytes, { uploadDataDuringCreation: true, chunkSize: Infinity })).toMatchObject({
		status: 201,
		refusal: null
	});
	expect(await uploads.stateOf(baTu, sha256Of(bytes))).toEqual({ state: 'stored' });
});

test('sync 5: the same photo again is answered as stored without its bytes', async () => {
	const bytes = await photo();
	await send(await signedIn(baTu), bytes);
	const again = await signedIn(baTu);
	expect(await send(again, bytes, { uploadDataDuringCreation: false, chunkSize: 1024 })).toMatchObject({
		status: 204
	});
	expect(again.received()).toBeLessThan(bytes.length / 10);
	const [{ count }] = await transaction(
		db,
		baTu,
		(tx) => tx<[{ count: number }]>`select count(*) from uploads where sha256 = ${sha256Of(bytes)}`
	);
	expect(count).toBe(1);
});

test('sync 5, sync 13: a photo the store has lost, whatever its row says, is taken again under the same name', async () => {
	const bytes = await photo();
	const name = sha256Of(bytes);
	const server = await signedIn(baTu);
	const first = await send(server, bytes);
	const [row] = await transaction(
		db,
		baTu,
		(tx) => tx<{ thumb: string; detail: string }[]>`
			select thumb_key as thumb, detail_key as detail from uploads where sha256 = ${name}`
	);
	if (!row) throw new Error('not stored');
	await files.delete(row.detail);
	expect(await uploads.stateOf(baTu, name)).toEqual({ state: 'unknown' });
	expect((await fetch(first.url ?? '', { method: 'HEAD', headers: tus })).status).toBe(404);
	const again = await send(server, bytes, { uploadDataDuringCreation: false });
	expect(again).toMatchObject({ status: 204, refusal: null });
	expect(idOf(again)).toBe(idOf(first));
	expect(await uploads.stateOf(baTu, name)).toEqual({ state: 'stored' });
	expect(await files.has(row.detail)).toBe(true);

	// Who begins and goes away takes nothing along: what names the photo goes on naming it.
	await files.delete(row.thumb);
	await fetch(server.endpoint, {
		method: 'POST',
		headers: {
			...tus,
			'upload-length': String(bytes.length),
			'upload-metadata': `sha256 ${Buffer.from(name).toString('base64')}`
		}
	});
	await uploads.expire(new Date(Date.now() + unfinishedForMs + 60_000).toISOString());
	expect(await waitingOnDisk()).toBe(0);
	expect(await uploads.stateOf(baTu, name)).toEqual({ state: 'receiving' });
});

test('sync 5: an upload cut over and over goes on where it was, and little is sent twice', async () => {
	const bytes = await photo();
	const size = bytes.length;
	// Each of the first requests dies after a fifth of the photo.
	const server = await signedIn(baTu, { cutAfter: (nth) => (nth % 2 === 0 && nth < 9 ? size / 5 : null) });
	const sent = await send(server, bytes, { chunkSize: Infinity, retryDelays: Array(12).fill(5) });
	expect(sent).toMatchObject({ status: 204, refusal: null });
	expect(await uploads.stateOf(baTu, sha256Of(bytes))).toEqual({ state: 'stored' });
	// A cut can lose what was on its way: at most one network buffer each.
	expect(server.received()).toBeLessThan(size + 4 * 64 * 1024);
});

test('sync 5: an upload goes on in another process after the first one was killed', async () => {
	const bytes = await photo();
	const server = await signedIn(baTu);
	const created = await fetch(server.endpoint, {
		method: 'POST',
		headers: {
			...tus,
			'upload-length': String(bytes.length),
			'upload-metadata': `sha256 ${Buffer.from(sha256Of(bytes)).toString('base64')}`
		}
	});
	const url = new URL(created.headers.get('location') ?? '', server.endpoint).href;
	const part = bytes.subarray(0, 50_000);
	await fetch(url, {
		method: 'PATCH',
		headers: { ...tus, 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' },
		body: new Uint8Array(part)
	});
	const other = await signedIn(baTu, {}, receiver());
	const resumed = await send(other, bytes, { uploadUrl: `${other.endpoint}/${url.split('/').at(-1)}` });
	expect(resumed).toMatchObject({ status: 204 });
	expect(other.received()).toBe(bytes.length - part.length);
	expect(await uploads.stateOf(baTu, sha256Of(bytes))).toEqual({ state: 'stored' });
});

test('sync 5: bytes that arrived while the store was full are stored when the device asks again', async () => {
	const bytes = await photo();
	let full = true;
	const store: FileStore = {
		...files,
		put: (key, kept) => (full ? Promise.reject(new Error('the disk is full')) : files.put(key, kept))
	};
	const server = await signedIn(baTu, {}, receiver(store));
	const failed = await send(server, bytes);
	expect(failed).toMatchObject({ status: 500, refusal: null });
	expect(await uploads.stateOf(baTu, sha256Of(bytes))).toEqual({ state: 'receiving' });
	full = false;
	const before = server.received();
	await send(server, bytes, { uploadUrl: failed.url });
	expect(server.received()).toBe(before);
	expect(await uploads.stateOf(baTu, sha256Of(bytes))).toEqual({ state: 'stored' });
});

test('sync 5: bytes that are not what their name says are refused, and the true ones are taken later', async () => {
	const bytes = await photo();
	const server = await signedIn(baTu);
	const damaged = Buffer.from(bytes);
	damaged.writeUInt8(damaged.readUInt8(5000) ^ 1, 5000);
	const name = sha256Of(bytes);
	expect(await send(server, damaged, { name })).toMatchObject({
		status: 422,
		refusal: 'upload_hash_mismatch'
	});
	expect(await uploads.stateOf(baTu, name)).toEqual({
		state: 'refused',
		refusal: { code: 'upload_hash_mismatch' }
	});
	expect(await waitingOnDisk()).toBe(0);
	expect(await send(server, bytes)).toMatchObject({ status: 204 });
	expect(await uploads.stateOf(baTu, name)).toEqual({ state: 'stored' });
});

test('sync 5: hostile files are refused, leave nothing behind, and are refused again unseen', async () => {
	const server = await signedIn(baTu);
	const answers: [string, Sent][] = [];
	const hostile = Object.entries(await hostilePictures());
	for (const [name, bytes] of hostile)
		answers.push([name, await send(server, bytes, { chunkSize: 4_000_000 })]);
	const accepted = answers.filter(
		([, { refusal }]) =>
			!['upload_not_an_image', 'upload_too_large', 'voice_unusable', 'pdf_unusable'].includes(refusal ?? '')
	);
	expect(accepted).toEqual([]);
	expect(await waitingOnDisk()).toBe(0);
	const svg = hostile.find(([name]) => name === 'an SVG with a script')?.[1] ?? Buffer.alloc(0);
	const before = server.received();
	expect(await send(server, svg)).toMatchObject({ status: 422, refusal: 'upload_not_an_image' });
	expect(server.received()).toBe(before);
}, 120_000);

test('sync 5: a hash another member knows opens nothing', async () => {
	const bytes = await photo();
	const hash = sha256Of(bytes);
	const sent = await send(await signedIn(baTu), bytes);

	// He learns nothing of it, cannot attach it, and does not get it by its id.
	expect(await uploads.stateOf(chuBa, hash)).toEqual({ state: 'unknown' });
	expect(await transaction(db, chuBa, (tx) => storedHashes(tx, chuBa, [hash]))).toEqual([]);
	expect(await transaction(db, chuBa, (tx) => storedHashes(tx, baTu, [hash]))).toEqual([]);
	const chuBaActor = { id: chuBa, name: 'Chú Ba', roles: ['seller'] as const, posts: [], businessId: null };
	for (const kind of ['thumb', 'detail'] as const)
		expect(await openPrivate(db, files, chuBaActor, idOf(sent), kind, new Date().toISOString())).toBeNull();
	expect(
		await openPrivate(db, files, { ...chuBaActor, id: baTu }, idOf(sent), 'thumb', new Date().toISOString())
	).not.toBeNull();
	expect(privateThumb(idOf(sent))).toContain(idOf(sent));

	// Claiming the hash begins an upload of his own, for which he needs the bytes.
	const his = await signedIn(chuBa);
	const claimed = await send(his, Buffer.from('not the photo'), { name: hash });
	expect(claimed).toMatchObject({ refusal: 'upload_hash_mismatch' });
	expect(idOf(claimed)).not.toBe(idOf(sent));
	expect(await transaction(db, baTu, (tx) => storedHashes(tx, baTu, [hash]))).toEqual([hash]);
});

test('sync 5: an upload in progress answers its owner alone, whatever the metadata claims', async () => {
	const bytes = await photo();
	const hers = await signedIn(baTu);
	const created = await fetch(hers.endpoint, {
		method: 'POST',
		headers: {
			...tus,
			'upload-length': String(bytes.length),
			'upload-metadata': `sha256 ${Buffer.from(sha256Of(bytes)).toString('base64')},owner ${Buffer.from(chuBa).toString('base64')}`
		}
	});
	const id = created.headers.get('location')?.split('/').at(-1);
	const his = await signedIn(chuBa);
	const patch = {
		...tus,
		'upload-offset': '0',
		'content-type': 'application/offset+octet-stream'
	};
	for (const [method, headers, body] of [
		['HEAD', tus, undefined],
		['PATCH', patch, new Uint8Array(bytes)],
		['DELETE', tus, undefined]
	] as const)
		expect((await fetch(`${his.endpoint}/${id}`, { method, headers, body })).status, method).toBe(404);
	const asked = await fetch(`${hers.endpoint}/${id}`, { method: 'HEAD', headers: tus });
	expect([asked.status, asked.headers.get('upload-offset')]).toEqual([200, '0']);
	expect(asked.headers.get('access-control-allow-origin')).toBeNull();
	expect((await fetch(`${hers.endpoint}/${id}`, { method: 'DELETE', headers: tus })).status).toBe(204);
	expect(await uploads.stateOf(baTu, sha256Of(bytes))).toEqual({ state: 'unknown' });
});

test.each([
	['no length', { 'upload-metadata': `sha256 ${Buffer.from('a'.repeat(64)).toString('base64')}` }, 400],
	['a length to come later', { 'upload-defer-length': '1' }, 400],
	['no hash', { 'upload-length': '10' }, 400],
	['a hash that is none', { 'upload-length': '10', 'upload-metadata': 'sha256 Li4vLi4v' }, 400],
	[
		'more than twelve megabytes',
		{
			'upload-length': String(13 * 1024 * 1024),
			'upload-metadata': `sha256 ${Buffer.from('a'.repeat(64)).toString('base64')}`
		},
		413
	]
] as const)('an upload is not begun with %s', async (_, headers, status) => {
	const { endpoint } = await signedIn(baTu);
	const answer = await fetch(endpoint, { method: 'POST', headers: { ...tus, ...headers } });
	expect(answer.status).toBe(status);
	expect((await answer.json()).refusal.code).toMatch(/invalid_input|upload_too_large/);
});

test.each(['../../etc/passwd', '..%2f..%2fetc%2fpasswd', 'not-an-id', randomUUID()])(
	'an address that is no upload of mine is not found: %s',
	async (id) => {
		const { endpoint } = await signedIn(baTu);
		expect((await fetch(`${endpoint}/${id}`, { method: 'HEAD', headers: tus })).status).toBe(404);
	}
);

test('one member has a bounded number of unfinished uploads', async () => {
	const many = await member();
	const { endpoint } = await signedIn(many);
	const begin = () =>
		fetch(endpoint, {
			method: 'POST',
			headers: {
				...tus,
				'upload-length': '10',
				'upload-metadata': `sha256 ${Buffer.from(sha256Of(Buffer.from(randomUUID()))).toString('base64')}`
			}
		});
	const statuses: number[] = [];
	for (let i = 0; i < 66; i++) statuses.push((await begin()).status);
	expect(statuses.filter((status) => status === 201)).toHaveLength(64);
	expect(statuses.at(-1)).toBe(429);
});

test('an unfinished upload is forgotten after its time, a stored one never', async () => {
	const stored = await photo();
	await send(await signedIn(chuBa), stored);
	const bytes = await photo();
	const server = await signedIn(chuBa);
	await fetch(server.endpoint, {
		method: 'POST',
		headers: {
			...tus,
			'upload-length': String(bytes.length),
			'upload-metadata': `sha256 ${Buffer.from(sha256Of(bytes)).toString('base64')}`
		}
	});
	const onDisk = await waitingOnDisk();
	await uploads.expire(new Date().toISOString());
	expect(await waitingOnDisk()).toBe(onDisk);
	await uploads.expire(new Date(Date.now() + unfinishedForMs + 60_000).toISOString());
	expect(await waitingOnDisk()).toBe(0);
	expect(await uploads.stateOf(chuBa, sha256Of(bytes))).toEqual({ state: 'unknown' });
	expect(await uploads.stateOf(chuBa, sha256Of(stored))).toEqual({ state: 'stored' });
	await expect(
		transaction(db, chuBa, (tx) => tx`delete from uploads where sha256 = ${sha256Of(stored)} returning id`)
	).resolves.toHaveLength(0);
	expect(await send(server, bytes)).toMatchObject({ status: 204 });
});

test('the same rendition lies in the store once, for however many owners', async () => {
	const bytes = await photo();
	const now = new Date().toISOString();
	const first = await storePicture(db, files, { ownerId: baTu, bytes, now });
	const again = await storePicture(db, files, { ownerId: baTu, bytes, now });
	const his = await storePicture(db, files, { ownerId: chuBa, bytes, now });
	expect(again).toEqual(first);
	expect(his.ok && first.ok && his.value.uploadId !== first.value.uploadId).toBe(true);
	const keys = await transaction(
		db,
		'system:test',
		(tx) => tx`select distinct thumb_key, detail_key from uploads where sha256 = ${sha256Of(bytes)}`
	);
	expect(keys).toHaveLength(1);
});
