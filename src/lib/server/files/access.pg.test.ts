import { randomUUID } from 'node:crypto';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openExchange, people, type Exchange, type Person } from '../../../../tests/world/exchange.ts';
import { newPublicFileId } from './paths.ts';
import { openPrivate, openPublic, storePicture } from './service.ts';
import { openDiskStore, type FileStore } from './store.ts';

const { batu, chuba, chilan, anhminh, chihanh, coyen, quantri } = people;
let exchange: Exchange;
let dataDir: string;
let files: FileStore;

beforeAll(async () => {
	exchange = await openExchange();
	dataDir = await fs.mkdtemp(path.join(os.tmpdir(), 'san-access-'));
	files = openDiskStore(dataDir);
});
afterAll(async () => {
	await exchange.close();
	await fs.rm(dataDir, { recursive: true, force: true });
});

async function takesPhoto(person: Person): Promise<{ uploadId: string; sha256: string }> {
	const background = { r: Math.random() * 255, g: Math.random() * 255, b: Math.random() * 255 };
	const bytes = await sharp({ create: { width: 64, height: 48, channels: 3, background } })
		.png()
		.toBuffer();
	const stored = await storePicture(exchange.db, files, {
		ownerId: person.id,
		bytes,
		now: new Date().toISOString()
	});
	if (!stored.ok) throw new Error(stored.refusal.code);
	return stored.value;
}

async function submits(person: Person, hash: string): Promise<string> {
	const listingId = randomUUID();
	const content = exchange.goods({ photos: [hash] });
	await exchange.must(person, {
		name: 'listing.submit',
		input: { listingId, base: 0, content: { ...content, price: content.price ?? 0 } }
	});
	return listingId;
}

async function sees(person: Person, uploadId: string): Promise<boolean> {
	const actor = await exchange.actorNow(person, new Date().toISOString());
	const opened = [
		await openPrivate(exchange.db, files, actor, uploadId, 'thumb', new Date().toISOString()),
		await openPrivate(exchange.db, files, actor, uploadId, 'detail', new Date().toISOString())
	];
	expect(new Set(opened.map((file) => file === null)).size).toBe(1);
	return opened[0] !== null;
}

/** Every public address a listing ever had. */
const addresses = (listingId: string) =>
	exchange.db<{ id: string }[]>`select id from public_files where listing_id = ${listingId}`;

test('sync 5: a photo on the phone’s way is its owner’s alone', async () => {
	const { uploadId } = await takesPhoto(batu);
	expect(await sees(batu, uploadId)).toBe(true);
	for (const other of [chuba, chilan, anhminh, coyen, quantri])
		expect(await sees(other, uploadId)).toBe(false);
	expect(await openPublic(exchange.db, files, uploadId, 'thumb')).toEqual({ state: 'unknown' });
});

test('sync 5: officers of the department that holds the case see its photos, other departments do not', async () => {
	const { uploadId, sha256 } = await takesPhoto(batu);
	const listingId = await submits(batu, sha256);
	expect((await exchange.caseOf(listingId)).agencyId).toBe(anhminh.post?.agencyId);
	for (const officer of [anhminh, chihanh]) expect(await sees(officer, uploadId)).toBe(true);
	for (const other of [coyen, chuba, chilan, quantri]) expect(await sees(other, uploadId)).toBe(false);
});

test('sync 5: a case about one seller’s photo does not open the same photo of another', async () => {
	const { sha256, uploadId: hers } = await takesPhoto(batu);
	await submits(batu, sha256);
	const copied = await exchange.stores(chuba, sha256);
	expect(await sees(anhminh, hers)).toBe(true);
	expect(await sees(anhminh, copied.uploadId)).toBe(false);
});

test('TG-15.1 a photo has no public address before approval, and none that answers after withdrawal', async () => {
	const { sha256, uploadId } = await takesPhoto(batu);
	const listingId = await submits(batu, sha256);
	expect(await addresses(listingId)).toEqual([]);

	await exchange.decides(anhminh, listingId, 'approve');
	const [address, ...rest] = await addresses(listingId);
	if (!address) throw new Error('approval made no address');
	expect(rest).toEqual([]);
	expect(address.id).not.toContain(uploadId.slice(0, 8));
	for (const kind of ['thumb', 'detail'] as const) {
		const found = await openPublic(exchange.db, files, address.id, kind);
		expect(found.state === 'live' && (await sharp(found.bytes).metadata()).format).toBe('webp');
	}

	const mine = await exchange.feed(`user:${batu.id}`, 'mine', listingId);
	const rev = typeof mine === 'object' && mine !== null && 'rev' in mine ? Number(mine.rev) : 0;
	await exchange.must(batu, { name: 'listing.withdraw', input: { listingId, base: rev } });
	expect(await openPublic(exchange.db, files, address.id, 'thumb')).toEqual({ state: 'gone' });
	expect(await openPublic(exchange.db, files, address.id, 'detail')).toEqual({ state: 'gone' });
});

test('an address nobody made is unknown', async () => {
	expect(await openPublic(exchange.db, files, newPublicFileId(), 'thumb')).toEqual({ state: 'unknown' });
	expect(await openPublic(exchange.db, files, '../../etc/passwd', 'detail')).toEqual({ state: 'unknown' });
	expect(await openPublic(exchange.db, files, '\u0000', 'detail')).toEqual({ state: 'unknown' });
});

test('a recorded picture that the store has lost is a fault, not an empty answer', async () => {
	const { uploadId } = await exchange.stores(batu, 'f'.repeat(64));
	await expect(sees(batu, uploadId)).rejects.toThrow('lost');
});
