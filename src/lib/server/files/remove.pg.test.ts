import { randomUUID } from 'node:crypto';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import postgres from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ok } from '$lib/domain/kernel/refusal.ts';
import { openDb, transaction, type Sql } from '$lib/server/db/pool.ts';
import { heavyPhoto } from '../../../../tests/world/heavy-photo.ts';
import { freshDatabase, type FreshDatabase } from '../../../../tests/world/database.ts';
import { keepAndRecord } from './keep-and-record.ts';
import { dropUploads, removeUnused, sweepUnused } from './remove.ts';
import { recordPicture, storePicture } from './service.ts';
import { openDiskStore, type FileStore } from './store.ts';

let database: FreshDatabase;
let db: Sql;
let dataDir: string;
let files: FileStore;

beforeAll(async () => {
	database = await freshDatabase();
	db = openDb({ url: database.appUrl, role: 'san_app' });
	dataDir = await fs.mkdtemp(path.join(os.tmpdir(), 'san-remove-'));
	files = openDiskStore(dataDir);
});
afterAll(async () => {
	await db.end();
	await database.drop();
	await fs.rm(dataDir, { recursive: true, force: true });
});

test.each(['thumbKey', 'detailKey', 'soundKey', 'documentKey'])(
	'sync 15: what a file that waits for its owner names as %s stays until it names it no more',
	async (as) => {
		const [clerk, key] = [randomUUID(), `documents/${randomUUID()}.bin`];
		await files.put(key, Buffer.from('kept'));
		await transaction(db, 'system:test', async (tx) => {
			await tx`insert into accounts (id) values (${clerk})`;
			await tx`
				insert into handover_blobs (clerk_id, file_id, sha256, kept, at)
				values (${clerk}, ${randomUUID()}, ${'0'.repeat(64)}, ${tx.json({ [as]: key })}, now())`;
		});
		expect(await removeUnused(db, files, [key])).toBe(0);
		expect(await files.has(key)).toBe(true);
		await transaction(db, 'system:test', (tx) => tx`delete from handover_blobs where clerk_id = ${clerk}`);
		expect(await removeUnused(db, files, [key])).toBe(1);
		expect(await files.has(key)).toBe(false);
	}
);

/** Stands still where it is called first, until it is let go; `reached` resolves then. */
function gate() {
	let reach = () => {};
	let letGo = () => {};
	const reached = new Promise<void>((resolve) => (reach = resolve));
	const open = new Promise<void>((resolve) => (letGo = resolve));
	return {
		reached,
		letGo: () => letGo(),
		pass: async () => {
			reach();
			await open;
		}
	};
}

const now = '2026-03-02T02:00:00.000Z';

async function member(): Promise<string> {
	const id = randomUUID();
	await db`insert into accounts (id) values (${id})`;
	return id;
}

/** Somebody had this picture and has it no more: its files lie in the store and nobody's record names them. */
async function leftBehind(bytes: Uint8Array): Promise<string[]> {
	const before = await member();
	await storePicture(db, files, { ownerId: before, bytes, now });
	return transaction(db, 'system:test', (tx) => dropUploads(tx, before, 'all'));
}

/** What the records of this member name that is not in the store. */
async function missingOf(ownerId: string): Promise<string[]> {
	const rows = await transaction(
		db,
		ownerId,
		(tx) => tx<{ key: string }[]>`
			select unnest(array[thumb_key, detail_key]) as key from uploads where owner_id = ${ownerId} and state = 'stored'`
	);
	expect(rows).toHaveLength(2);
	const there = await Promise.all(rows.map(({ key }) => files.has(key)));
	return rows.filter((_, index) => !there[index]).map(({ key }) => key);
}

/** Whether somebody waits for a lock by name. */
const someoneWaits = async (): Promise<boolean> => {
	const rows = await db`
		select from pg_locks where locktype = 'advisory' and not granted
			and database = (select oid from pg_database where datname = current_database())`;
	return rows.length > 0;
};

test('sync 5: a photo that comes in while its file is being removed is stored with its file', async () => {
	const bytes = await heavyPhoto(200_000);
	const keys = await leftBehind(bytes);
	const [ownerId, atRemoval] = [await member(), gate()];
	const slow: Pick<FileStore, 'delete'> = {
		async delete(key) {
			await atRemoval.pass();
			await files.delete(key);
		}
	};
	const removing = removeUnused(db, slow, keys);
	await atRemoval.reached;
	let stored = false;
	const storing = storePicture(db, files, { ownerId, bytes, now }).then(() => (stored = true));
	await expect.poll(async () => stored || (await someoneWaits())).toBe(true);
	atRemoval.letGo();
	await Promise.all([removing, storing]);
	expect(await missingOf(ownerId)).toEqual([]);
});

test('sync 5: a photo whose file went between look and record is stored with its file', async () => {
	const bytes = await heavyPhoto(200_000);
	const keys = await leftBehind(bytes);
	const [ownerId, seen] = [await member(), gate()];
	const storing = storePicture(
		db,
		{
			...files,
			async has(key) {
				const there = await files.has(key);
				await seen.pass();
				return there;
			}
		},
		{ ownerId, bytes, now }
	);
	await seen.reached;
	expect(await removeUnused(db, files, keys)).toBe(2);
	seen.letGo();
	expect((await storing).ok).toBe(true);
	expect(await missingOf(ownerId)).toEqual([]);
});

test('sync 5: a file whose record is being written is not removed', async () => {
	const bytes = await heavyPhoto(200_000);
	const keys = await leftBehind(bytes);
	const [ownerId, recorded] = [await member(), gate()];
	const [thumbKey = '', detailKey = ''] = keys;
	const recording = keepAndRecord(
		{ db, files },
		{ actorId: ownerId, now },
		async () => ok({ sha256: '1'.repeat(64), bytes: 1, thumbKey, detailKey, width: 1, height: 1 }),
		async (ctx, kept) => {
			await recordPicture(ctx, ownerId, kept);
			await recorded.pass();
		}
	);
	await recorded.reached;
	let removed: number | null = null;
	const removing = removeUnused(db, files, keys).then((count) => (removed = count));
	await expect.poll(async () => removed !== null || (await someoneWaits())).toBe(true);
	recorded.letGo();
	await Promise.all([recording, removing]);
	expect(removed).toBe(0);
	expect(await missingOf(ownerId)).toEqual([]);
});

/** As if it had been written then. */
const age = (key: string, at: string) =>
	fs.utimes(path.join(dataDir, 'files', key), new Date(at), new Date(at));
const old = '2026-02-20T00:00:00.000Z';

test('TG-16.3: what no record names is taken out of the store, whoever forgot it; what is named or young stays', async () => {
	const bytes = await heavyPhoto(200_000);
	const ownerId = await member();
	await storePicture(db, files, { ownerId, bytes, now });
	const rows = await transaction(
		db,
		ownerId,
		(tx) => tx<{ keys: string[] }[]>`
			select array[thumb_key, detail_key] as keys from uploads where owner_id = ${ownerId}`
	);
	const named = rows.flatMap(({ keys }) => keys);
	const forgotten = `handover/${randomUUID()}.pdf`;
	const young = `handover/${randomUUID()}.pdf`;
	for (const key of [forgotten, young]) await files.put(key, bytes);
	for (const key of [...named, forgotten]) await age(key, old);
	await age(young, now);

	await sweepUnused(db, files, now);
	expect(await files.has(forgotten)).toBe(false);
	expect(await files.has(young)).toBe(true);
	expect(await missingOf(ownerId)).toEqual([]);
});

test('sync 5: every column that names a file of the store is looked at before one is taken away', async () => {
	const rows = await db<{ name: string }[]>`
		select table_name || '.' || column_name as name from information_schema.columns
		where table_schema = 'public' and column_name ~ '_key$' and data_type = 'text' order by 1`;
	const names = rows
		.map(({ name }) => name)
		.filter((name) => /\.(thumb|detail|sound|document)_key$/.test(name));
	expect(names).toEqual([
		'measure_files.detail_key',
		'measure_files.thumb_key',
		'public_files.detail_key',
		'public_files.sound_key',
		'public_files.thumb_key',
		'uploads.detail_key',
		'uploads.document_key',
		'uploads.sound_key',
		'uploads.thumb_key'
	]);
});

async function restoredAgo(time: string): Promise<void> {
	const owner = postgres(database.ownerUrl, { max: 1 });
	await owner`update exchange set restored_at = now() - ${time}::interval`;
	await owner.end();
}

test('TG-16.3: after a restore, and beside a database that knows little of the store, nothing is taken away', async () => {
	const strange = Array.from({ length: 101 }, () => `handover/${randomUUID()}.pdf`);
	for (const key of strange) {
		await files.put(key, Buffer.from('a'));
		await age(key, old);
	}
	await expect(sweepUnused(db, files, now)).rejects.toThrow(/no record names 101 of 1\d\d files/);
	const [one = ''] = strange.splice(100);
	await files.delete(one);
	await restoredAgo('59 days');
	expect(await sweepUnused(db, files, now)).toBe(0);
	await restoredAgo('61 days');
	expect(await sweepUnused(db, files, now)).toBe(100);
});
