import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { destroyEmbedded, startEmbedded, type EmbeddedDatabase } from './embedded.ts';
import { migrate, readMigrations, type Migration } from './migrate.ts';
import { watchReadiness } from './ready.ts';

let dataDir: string;
let database: EmbeddedDatabase;

beforeAll(async () => {
	dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'san-ready-'));
	database = await startEmbedded({ dataDir, durable: false });
}, 60_000);
afterAll(async () => {
	await database.release();
	await destroyEmbedded(dataDir);
	fs.rmSync(dataDir, { recursive: true, force: true });
});

/** The port of a restarted Postgres differs, as it may after a failover behind one name: ask by the current address. */
const ready = () => watchReadiness(database.appUrl)();

test('is not ready before the migrations, ready after them, and not when a step is missing', async () => {
	expect(await ready()).toEqual({ ready: false, database: true, migrated: false });
	await migrate({ ownerUrl: database.ownerUrl });
	expect(await ready()).toEqual({ ready: true, database: true, migrated: true });
	const step: Migration = { name: '9999-new.sql', checksum: 'x', sql: '' };
	const newer = watchReadiness(database.appUrl, () => [...readMigrations(), step]);
	expect(await newer()).toEqual({ ready: false, database: true, migrated: false });
}, 60_000);

test('a stopped Postgres makes it not ready, a started one ready again', async () => {
	const before = database.appUrl;
	await database.release();
	expect(await watchReadiness(before)()).toEqual({ ready: false, database: false, migrated: false });
	database = await startEmbedded({ dataDir, durable: false });
	expect((await ready()).ready).toBe(true);
}, 60_000);

test('an answer is shared for a moment', async () => {
	const watch = watchReadiness(database.appUrl);
	expect(watch()).toBe(watch());
	await watch();
});
