import { createHash, randomUUID } from 'node:crypto';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { transaction } from '$lib/server/db/pool.ts';
import { openExchange, people, type Exchange } from '../../../../tests/world/exchange.ts';
import { openDiskStore } from './store.ts';
import { openUploads, uploadsPath, type UploadReceiver } from './uploads.ts';

const { batu, chuba } = people;
let exchange: Exchange;
let uploads: UploadReceiver;
let dataDir: string;
const now = () => new Date().toISOString();
beforeAll(async () => {
	exchange = await openExchange();
	dataDir = await fs.mkdtemp(path.join(os.tmpdir(), 'san-bound-'));
	const log = { error: (facts: object) => Promise.reject(facts) };
	uploads = openUploads({ db: exchange.db, files: openDiskStore(dataDir), dataDir, now, log });
});
afterAll(async () => {
	await exchange.close();
	await fs.rm(dataDir, { recursive: true, force: true });
});

const hashOf = (name: string) => createHash('sha256').update(name).digest('hex');
const base64 = (text: string) => Buffer.from(text).toString('base64');
const begins = async (ownerId: string, name: string): Promise<number> => {
	const headers = {
		'tus-resumable': '1.0.0',
		'upload-length': '1000',
		'upload-metadata': `sha256 ${base64(hashOf(name))},type ${base64('image/jpeg')}`
	};
	const request = new Request(`http://localhost${uploadsPath}`, { method: 'POST', headers });
	return (await uploads.handle(request, ownerId)).status;
};
/** Photos as they come from a phone, 400 MB of them under eight names. */
const photos = Array.from({ length: 8 }, (_, at) => hashOf(`photo ${at}`));
const stored = (ownerId: string, hashes: readonly string[], daysAgo: number) =>
	transaction(exchange.db, 'system:test', async (tx) => {
		for (const hash of hashes)
			await tx`
				insert into uploads (id, owner_id, sha256, state, thumb_key, detail_key, width, height, bytes, created_at, stored_at)
				values (${randomUUID()}, ${ownerId}, ${hash}, 'stored', ${`t/${hash}`}, ${`d/${hash}`}, 1, 1, 50000000,
					now(), now() - ${`${daysAgo} days`}::interval)`;
	});

test('sync 5: what no listing names is bounded, and comes later; what one names is not counted', async () => {
	const more = Array.from({ length: 14 }, (_, at) => hashOf(`more ${at}`));
	await stored(batu.id, photos, 1);
	expect(await begins(batu.id, 'ninth')).toBe(201);
	await stored(batu.id, more, 1);
	expect(await begins(batu.id, 'ninth'), 'begun before the bound').toBe(201);
	expect(await begins(batu.id, 'new')).toBe(429);
	expect(await uploads.stateOf(batu.id, hashOf('new')), 'the phone keeps it').toEqual({ state: 'unknown' });
	expect(await begins(chuba.id, 'new'), 'somebody else').toBe(201);

	const input = { listingId: randomUUID(), base: 0, fields: { photos } };
	await exchange.must(batu, { name: 'draft.save', input });
	expect(await begins(batu.id, 'new')).toBe(201);
});

test('sync 5: what was left lying long ago keeps nobody from sending', async () => {
	await stored(
		chuba.id,
		Array.from({ length: 30 }, (_, at) => hashOf(`old ${at}`)),
		31
	);
	expect(await begins(chuba.id, 'today')).toBe(201);
});
