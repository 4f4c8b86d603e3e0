import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadKeyRoot, rewrapKeys } from '$lib/server/accounts/key-rotation.ts';
import { registerMember } from '$lib/server/accounts/members.ts';
import { seal, unseal, useMasterKey } from '$lib/server/accounts/sealing.ts';
import { findByName } from '$lib/server/accounts/sign-in.ts';
import { backupSource } from '$lib/server/boot/backups.ts';
import { embeddedMasterKey, newMasterKey, oldMasterKeys } from '$lib/server/boot/master-key.ts';
import { destroyEmbedded, startEmbedded, type EmbeddedDatabase } from '$lib/server/db/embedded.ts';
import { migrate } from '$lib/server/db/migrate.ts';
import { openDb, transaction, type Sql } from '$lib/server/db/pool.ts';
import { write } from '$lib/server/sync/write.ts';
import { openKeeper } from './keeper.ts';
import { listed, readKeys } from './keys.ts';
import { newestRestorable } from './layout.ts';
import { restoreBackup, RestoreRefused } from './restore.ts';
import { verifyBackup } from './verify.ts';

/** One small exchange whose master key is rotated while its backup goes on, and machines it is restored to. */
const root = fs.mkdtempSync(path.join(os.tmpdir(), 'san-keys-'));
fs.chmodSync(root, 0o755);
const dataDir = path.join(root, 'data');
const backupDir = path.join(root, 'backup');
const now = () => new Date().toISOString();
const log = () => undefined;
const slow = { timeout: 180_000 };
let database: EmbeddedDatabase;

beforeAll(async () => {
	database = await startEmbedded({ dataDir, durable: false });
	await migrate({ ownerUrl: database.ownerUrl });
}, 120_000);
afterAll(async () => {
	await database.release();
	await destroyEmbedded(dataDir);
	fs.rmSync(root, { recursive: true, force: true });
}, 120_000);

/** What a program does on the database with the keys of its data directory, or of its configuration. */
async function program<T>(
	at: { appUrl: string; dataDir: string; masterKey?: Buffer },
	work: (db: Sql) => Promise<T>
): Promise<T> {
	useMasterKey(at.masterKey ?? embeddedMasterKey(at.dataDir), oldMasterKeys(at.dataDir));
	const db = openDb({ url: at.appUrl, role: 'san_app', max: 2, name: 'san-keys' });
	try {
		await loadKeyRoot(db);
		return await work(db);
	} finally {
		await db.end();
	}
}
const here = <T>(work: (db: Sql) => Promise<T>) => program({ appUrl: database.appUrl, dataDir }, work);

/** Registers somebody and seals a text for them. */
const registers = (userName: string) =>
	here((db) =>
		write(db, { actorId: 'system:test', now: now() }, async (ctx) => {
			const id = randomUUID();
			const password = 'mật khẩu đủ dài';
			const made = await registerMember(ctx, { id, name: userName, userName, password, roles: ['buyer'] });
			if (!made.ok) throw new Error(made.refusal.code);
			return seal(ctx.tx, id, `của ${userName}`);
		})
	);

/** One start of the program with its backup, until it is stopped again. */
async function backsUp(configured: Buffer | null = null): Promise<void> {
	const masterKey = configured ?? embeddedMasterKey(dataDir);
	const source = backupSource(
		{ dataDir, masterKey: configured },
		{ own: database, ownerUrl: database.ownerUrl, masterKey, otherMasterKeys: oldMasterKeys(dataDir) },
		log
	);
	if (!source) throw new Error('nothing to back up');
	const keeper = await openKeeper({ ...source, backupDir, slot: 'san_keys', announce: true, now });
	await keeper.round();
	await keeper.close();
}

/** Restores to a new machine. What is sealed there, and whether its owner is found by name. */
async function restoredAt(
	name: string,
	texts: readonly string[],
	options: { masterKey: Buffer | null; from?: string }
): Promise<{ texts: (string | null)[]; found: boolean }> {
	const other = path.join(root, name);
	const { masterKey, from = backupDir } = options;
	await restoreBackup({ backupDir: from, dataDir: other, masterKey, durable: false, log });
	const there = await startEmbedded({ dataDir: other, durable: false });
	const auth = openDb({ url: there.appUrl, role: 'san_auth', max: 1, name: 'san-keys' });
	try {
		const at = { appUrl: there.appUrl, dataDir: other, ...(masterKey && { masterKey }) };
		return await program(at, async (db) => ({
			texts: await transaction(db, 'system:test', (tx) => unseal(tx, texts)),
			found: (await findByName(auth, 'truoc')) !== null
		}));
	} finally {
		await auth.end();
		await there.release();
		await destroyEmbedded(other);
	}
}

test(
	'LAW-data-subject, sync 13: a master key that is rotated goes into the backup before anything it wraps does',
	slow,
	async () => {
		const first = embeddedMasterKey(dataDir);
		const before = await registers('truoc');
		await backsUp();
		const second = newMasterKey(dataDir);
		const between = await registers('giua');
		await backsUp();
		const held = await newestRestorable(backupDir);
		expect(held?.keys).toMatchObject({
			...listed(second, true),
			others: [listed(first, true)]
		});
		const both = { texts: ['của truoc', 'của giua'], found: true };
		expect(await restoredAt('half', [before, between], { masterKey: null })).toEqual(both);

		await here((db) => rewrapKeys(db, now()));
		await backsUp();
		expect(await restoredAt('rotated', [before, between], { masterKey: null })).toEqual(both);
		// What the program forgets stays in the copy; the key may be given by the configuration.
		fs.rmSync(path.join(dataDir, 'master.old.keys'));
		await backsUp();
		expect(await restoredAt('given', [before, between], { masterKey: second })).toEqual(both);
		await expect(restoredAt('strange', [], { masterKey: Buffer.alloc(32, 'x') })).rejects.toThrow(
			RestoreRefused
		);
	}
);

test('sync 13: a key of the configuration is listed without being given away; verifying says when it is not', async () => {
	const mine = Buffer.alloc(32, 'a key that is kept elsewhere');
	expect(await verifyBackup(backupDir, mine)).toMatchObject({ wrong: [], keyListed: false });
	await backsUp(mine);
	const found = await newestRestorable(backupDir);
	expect(found?.keys).toMatchObject(listed(mine, false));
	expect(fs.readFileSync(path.join(found?.series.directory ?? '', 'keys.json'), 'utf8')).not.toContain(
		mine.toString('base64')
	);
	expect(await verifyBackup(backupDir, mine)).toMatchObject({ wrong: [], keyListed: true });
	expect(await verifyBackup(backupDir, null)).toMatchObject({ keyListed: null });
});

test('a backup of before, which lists one key, is still read', async () => {
	const found = await newestRestorable(backupDir);
	if (!found) throw new Error('no backup');
	const { others: _, ...old } = found.keys;
	fs.writeFileSync(path.join(found.series.directory, 'keys.json'), JSON.stringify(old));
	expect(await readKeys(found.series.directory)).toMatchObject({
		fingerprint: found.keys.fingerprint,
		others: []
	});
});
