import { randomUUID } from 'node:crypto';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDb, transaction, type Sql } from '$lib/server/db/pool.ts';
import { freshDatabase, type FreshDatabase } from '../../../../tests/world/database.ts';
import { removeUnused } from './remove.ts';
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
