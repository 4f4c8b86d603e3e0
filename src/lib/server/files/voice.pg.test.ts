import { randomUUID } from 'node:crypto';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { myListingSchema, publicListingSchema } from '$lib/domain/listings/schema.ts';
import { listingCaseSchema } from '$lib/domain/moderation/schema.ts';
import { transaction } from '$lib/server/db/pool.ts';
import { openExchange, people, photo, type Exchange, type Person } from '../../../../tests/world/exchange.ts';
import { sha256Of } from './picture.ts';
import { openPrivate, openPublic, storedVoice } from './service.ts';
import { openDiskStore, type FileStore } from './store.ts';
import { oggVoice } from './testing/ogg-voice.ts';
import { openUploads, type UploadReceiver } from './uploads.ts';

const { batu, chuba, chilan, anhminh, coyen } = people;
let exchange: Exchange;
let dataDir: string;
let files: FileStore;
let uploads: UploadReceiver;

beforeAll(async () => {
	exchange = await openExchange();
	dataDir = await fs.mkdtemp(path.join(os.tmpdir(), 'san-voice-'));
	files = openDiskStore(dataDir);
	uploads = openUploads({
		db: exchange.db,
		files,
		dataDir,
		now: () => new Date().toISOString(),
		log: {
			error(facts) {
				throw facts;
			}
		}
	});
});
afterAll(async () => {
	await exchange.close();
	await fs.rm(dataDir, { recursive: true, force: true });
});

/** Sends bytes in one tus request; the status. */
async function sends(person: Person, bytes: Buffer): Promise<number> {
	const headers = {
		'tus-resumable': '1.0.0',
		'upload-length': String(bytes.length),
		'upload-metadata': `sha256 ${Buffer.from(sha256Of(bytes)).toString('base64')},type ${btoa('image/jpeg')}`,
		'content-type': 'application/offset+octet-stream'
	};
	const url = 'http://localhost/api/files/uploads';
	const body = new Uint8Array(bytes);
	const answer = await uploads.handle(new Request(url, { method: 'POST', headers, body }), person.id);
	return answer.status;
}

let spoken = 0;
async function speaks(person: Person): Promise<string> {
	const bytes = oggVoice(50 + (spoken += 1));
	expect(await sends(person, bytes)).toBe(201);
	return sha256Of(bytes);
}

const mineOf = async (person: Person, listingId: string) =>
	myListingSchema.parse(await exchange.feed(`user:${person.id}`, 'mine', listingId));
const publicOf = async (listingId: string) =>
	publicListingSchema.parse(await exchange.feed('public', 'listings', listingId));
const addressIn = (src: string) => src.split('/').at(-2) ?? '';

async function hears(person: Person, src: string): Promise<boolean> {
	const actor = await exchange.actorNow(person, new Date().toISOString());
	const file = await openPrivate(
		exchange.db,
		files,
		actor,
		addressIn(src),
		'voice',
		new Date().toISOString()
	);
	if (file) expect(file.contentType).toBe('audio/ogg');
	return file !== null;
}

test('sync 5: a voice note is taken for what its bytes are, and kept without its comments', async () => {
	const hash = await speaks(batu);
	expect(await uploads.stateOf(batu.id, hash)).toEqual({ state: 'stored' });
	expect(await uploads.stateOf(chuba.id, hash)).toEqual({ state: 'unknown' });
	const stored = await transaction(exchange.db, batu.id, (tx) => storedVoice(tx, batu.id, hash));
	expect(stored?.seconds).toBeCloseTo(1, 0);
	const kept = Buffer.from((await files.get(stored?.soundKey ?? '')) ?? []);
	expect(kept.includes('OpusHead')).toBe(true);
	expect(kept.includes('TITLE')).toBe(false);
	expect(await sends(batu, oggVoice(50 * 70))).toBe(422);
});

test('sync 5: its seller and the officers of the case hear it, then everybody under a random address, then nobody', async () => {
	const voice = await speaks(batu);
	const { id } = await exchange.submits(batu, { voice });
	const mine = await mineOf(batu, id);
	expect(mine.voice).toMatchObject({ hash: voice });
	const src = mine.voice?.src ?? '';
	const { id: caseId } = await exchange.caseOf(id);
	const doc = listingCaseSchema.parse(
		await exchange.feed(`agency:${anhminh.post?.agencyId}`, 'cases', caseId)
	);
	expect(doc.voice).toEqual(mine.voice);
	for (const person of [batu, anhminh]) expect(await hears(person, src)).toBe(true);
	for (const person of [chuba, chilan, coyen]) expect(await hears(person, src)).toBe(false);

	await exchange.decides(anhminh, id, 'approve');
	const first = (await publicOf(id)).voice?.src ?? '';
	expect(first).toMatch(/^\/media\/[\w-]{22}\/voice\.ogg$/);
	expect(first).not.toContain(addressIn(src));
	expect(await openPublic(exchange.db, files, addressIn(first), 'voice')).toMatchObject({ state: 'live' });
	expect(await openPublic(exchange.db, files, addressIn(first), 'thumb')).toEqual({ state: 'unknown' });

	// Spoken anew: the old address is gone with the approval of the new one, and with the lock nothing is left.
	const again = await speaks(batu);
	await exchange.submits(batu, { voice: again }, { id, base: (await mineOf(batu, id)).rev });
	expect((await publicOf(id)).voice?.src).toBe(first);
	await exchange.decides(anhminh, id, 'approve');
	const second = (await publicOf(id)).voice?.src ?? '';
	expect(second).not.toBe(first);
	expect(await openPublic(exchange.db, files, addressIn(first), 'voice')).toEqual({ state: 'gone' });
	await exchange.must(batu, {
		name: 'listing.withdraw',
		input: { listingId: id, base: (await mineOf(batu, id)).rev }
	});
	expect(await openPublic(exchange.db, files, addressIn(second), 'voice')).toEqual({ state: 'gone' });
});

test('sync 5: only an own completed voice note can be attached, and a picture is none', async () => {
	const hers = await speaks(batu);
	await exchange.stores(chuba, photo('xoài'));
	await exchange.stores(chuba, photo('sầu riêng'));
	for (const voice of [hers, photo('xoài'), 'f'.repeat(64)]) {
		const content = { ...exchange.goods({ voice }), price: 1000 };
		const done = await exchange.does(chuba, {
			name: 'listing.submit',
			input: { listingId: randomUUID(), base: 0, content }
		});
		expect(done.ok ? null : done.refusal.code).toBe('voice_missing');
	}
	const asPhoto = { ...exchange.goods({ photos: [await speaks(chuba)] }), price: 1000 };
	const done = await exchange.does(chuba, {
		name: 'listing.submit',
		input: { listingId: randomUUID(), base: 0, content: asPhoto }
	});
	expect(done.ok ? null : done.refusal.code).toBe('photo_missing');
});

test('sync 16: a submission that says nothing of the voice note takes none away', async () => {
	const { id, content } = await exchange.sells(batu, { voice: await speaks(batu) });
	const { voice, ...known } = content;
	await exchange.must(batu, {
		name: 'listing.submit',
		input: { listingId: id, base: (await mineOf(batu, id)).rev, content: { ...known, price: 90_000 } }
	});
	expect((await mineOf(batu, id)).content.voice).toBe(voice);
	await exchange.decides(anhminh, id, 'approve');
	expect((await publicOf(id)).voice?.src).toMatch(/voice\.ogg$/);

	await exchange.submits(batu, { voice: null }, { id, base: (await mineOf(batu, id)).rev });
	expect((await mineOf(batu, id)).content.voice).toBeNull();
});
