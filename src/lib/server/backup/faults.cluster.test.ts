import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { highWaterFile, writeHighWater } from '$lib/server/boot/high-water.ts';
import { destroyEmbedded, startEmbedded, type EmbeddedDatabase } from '$lib/server/db/embedded.ts';
import { migrate } from '$lib/server/db/migrate.ts';
import { openKeeper } from './keeper.ts';
import { listed } from './keys.ts';
import { filesOf, listSeries, newestRestorable, readProgress, walOf } from './layout.ts';
import { openAdmin, type Admin } from './queries.ts';
import { restoreBackup } from './restore.ts';
import { startBackups, type BackupSource } from './service.ts';
import { verifyBackup } from './verify.ts';

/** A small cluster of its own, and what may go wrong while it is backed up and brought back. */
const root = fs.mkdtempSync(path.join(os.tmpdir(), 'san-backup-'));
fs.chmodSync(root, 0o755);
const dataDir = path.join(root, 'data');
const backupDir = path.join(root, 'backup');
const masterKey = Buffer.alloc(32, 'a key for tests');
const slow = { timeout: 120_000 };
const said: string[] = [];
let database: EmbeddedDatabase;
let source: BackupSource;

beforeAll(async () => {
	database = await startEmbedded({ dataDir, durable: false });
	await migrate({ ownerUrl: database.ownerUrl });
	source = {
		adminUrl: database.adminUrl,
		ownerUrl: database.ownerUrl,
		pgDir: database.pgDir,
		dataDir,
		keys: { ...listed(masterKey, true), others: [], ...database.passwords },
		log: (line) => void said.push(line)
	};
});
afterAll(async () => {
	await database.release();
	await destroyEmbedded(dataDir);
	fs.rmSync(root, { recursive: true, force: true });
});

async function until(is: () => Promise<boolean>): Promise<void> {
	const patience = Date.now() + 30_000;
	while (!(await is())) {
		if (Date.now() > patience) throw new Error(`it never came: ${said.join('\n')}`);
		await sleep(50);
	}
}
/** As the superuser, in the database of the exchange. */
async function onExchange<T>(work: (sql: Admin) => Promise<T>, { adminUrl } = database): Promise<T> {
	const url = Object.assign(new URL(adminUrl), { pathname: new URL(database.ownerUrl).pathname });
	const sql = openAdmin(url.toString());
	try {
		return await work(sql);
	} finally {
		await sql.end();
	}
}
const restorable = async () => (await newestRestorable(backupDir)) !== null;
/** Every base copy there is a directory of, and every complete one. */
const basesIn = async () => {
	const all = (await listSeries(backupDir)).flatMap(({ directory }) =>
		fs.readdirSync(path.join(directory, 'base')).map((name) => path.join(directory, 'base', name))
	);
	return { all, complete: all.filter((base) => fs.existsSync(path.join(base, 'base.json'))) };
};

test(
	'sync 13: a backup that could not be written goes on when it can, and what was half copied is gone',
	slow,
	async () => {
		const pgDir = path.join(root, 'postgres');
		// It begins well and meets its fault in the middle of the copy.
		fs.symlinkSync(path.join(root, 'nowhere'), pgDir);
		const stop = await startBackups(backupDir, { ...source, pgDir }, { everyMs: 50 });
		await until(async () => said.some((line) => line.includes('Chưa sao lưu được')));
		// Until the first copy is complete devices keep everything.
		expect(await onExchange((sql) => sql`select watermark::int from exchange`)).toEqual([{ watermark: 0 }]);
		fs.rmSync(pgDir);
		fs.symlinkSync(database.pgDir, pgDir);
		await until(restorable);

		// The disk is exchanged for an empty one while the program runs.
		const photo = path.join(dataDir, 'files', 'pictures', 'a.txt');
		fs.mkdirSync(path.dirname(photo), { recursive: true });
		fs.writeFileSync(photo, 'a photo');
		const copy = path.join(filesOf(backupDir), 'pictures', 'a.txt');
		await until(async () => fs.existsSync(copy));
		for (const part of ['series', 'files']) fs.rmSync(path.join(backupDir, part), { recursive: true });
		await until(restorable);
		await until(async () => fs.existsSync(copy));
		await stop();
		const { all, complete } = await basesIn();
		expect(all).toEqual(complete);
		expect(await verifyBackup(backupDir)).toMatchObject({ wrong: [] });
	}
);

test(
	'sync 13: a base copy that was cut before its changes were noted does not take the place of the one before',
	slow,
	async () => {
		const half = path.join(root, 'half');
		const now = () => new Date().toISOString();
		const keeper = await openKeeper({ ...source, backupDir: half, slot: 'san_half', now, announce: false });
		const noted = await keeper.round();
		const name = path.join('pictures', 'b.txt');
		fs.mkdirSync(path.join(filesOf(half), name), { recursive: true });
		fs.mkdirSync(path.join(dataDir, 'files', 'pictures'), { recursive: true });
		fs.writeFileSync(path.join(dataDir, 'files', name), 'a photo that has no place');
		await expect(keeper.round({ base: true })).rejects.toThrow('EISDIR');
		await keeper.close();
		fs.rmSync(path.join(filesOf(half), name), { recursive: true });
		fs.rmSync(path.join(dataDir, 'files', name));

		const other = path.join(root, 'after-half');
		const log = () => undefined;
		// The same copy was put back here before, and codes were given out after it.
		writeHighWater(other, {
			...{ epoch: 'the one between', xid: 1, timeline: 1, begunAt: null },
			numbers: { order_numbers: 77_000 }
		});
		const restored = await restoreBackup({
			backupDir: half,
			dataDir: other,
			masterKey: null,
			durable: false,
			log
		});
		expect(restored.at).toBe(noted.at);
		const there = await startEmbedded({ dataDir: other, durable: false });
		const next = await onExchange((sql) => sql`select nextval('order_numbers')::int as n`, there);
		await there.release();
		expect(next[0]?.n).toBeGreaterThan(77_000);
		await destroyEmbedded(other);
	}
);

test('sync 13: a restore brings back no commit whose files were still to be copied', slow, async () => {
	const late = path.join(root, 'late');
	const now = () => new Date().toISOString();
	const keeper = await openKeeper({ ...source, backupDir: late, slot: 'san_late', now, announce: false });
	await keeper.round();
	const key = path.join('pictures', 'late.txt');
	fs.mkdirSync(path.join(filesOf(late), key), { recursive: true });
	fs.mkdirSync(path.join(dataDir, 'files', 'pictures'), { recursive: true });
	fs.writeFileSync(path.join(dataDir, 'files', key), 'a photo');
	await onExchange(async (sql) => {
		// Nobody is registered here.
		await sql`set session_replication_role = replica`;
		await sql`
			insert into uploads (id, owner_id, sha256, state, thumb_key, detail_key)
			values (gen_random_uuid(), gen_random_uuid(), ${'0'.repeat(64)}, 'stored', ${key}, ${key})`;
		// The segment gets whole: its copy reaches further than what was noted.
		await sql`select pg_switch_wal()`;
	});
	await expect(keeper.round()).rejects.toThrow('EISDIR');
	await keeper.close({ forget: true });
	await onExchange((sql) => sql`delete from uploads`);
	fs.rmSync(path.join(filesOf(late), key), { recursive: true });
	fs.rmSync(path.join(dataDir, 'files', key));

	const other = path.join(root, 'after-late');
	const log = () => undefined;
	await restoreBackup({ backupDir: late, dataDir: other, masterKey: null, durable: false, log });
	const restored = await startEmbedded({ dataDir: other, durable: false });
	const stored = await onExchange((sql) => sql`select detail_key from uploads`, restored);
	await restored.release();
	expect(stored.filter((row) => !fs.existsSync(path.join(other, 'files', row.detail_key)))).toEqual([]);
	await destroyEmbedded(other);
});

test(
	'sync 13: what people do is followed while Postgres still waits to begin a base copy, and the copy is whole after it',
	slow,
	async () => {
		const waits = path.join(root, 'waits');
		const now = () => new Date().toISOString();
		const keeper = await openKeeper({
			...source,
			backupDir: waits,
			slot: 'san_waits',
			now,
			announce: false,
			followEveryMs: 100
		});
		await keeper.round();
		const noted = async () => {
			const [series] = await listSeries(waits);
			return series && (await readProgress(series))?.at;
		};
		const before = await noted();
		const admin = openAdmin(database.adminUrl);
		const [checkpointer] = await admin<{ pid: number }[]>`
			select pid from pg_stat_activity where backend_type = 'checkpointer'`;
		if (!checkpointer) throw new Error('Postgres has no checkpointer');
		process.kill(checkpointer.pid, 'SIGSTOP');
		const copied = keeper.round({ base: true });
		try {
			await until(async () => (await noted()) !== before);
		} finally {
			process.kill(checkpointer.pid, 'SIGCONT');
		}
		await copied;
		await keeper.close({ forget: true });
		await admin.end();
		expect(await verifyBackup(waits)).toMatchObject({ wrong: [] });
	}
);

test('sync 13: a copy made once leaves nothing in Postgres, even when its process is killed', async () => {
	const slot = 'san_backup_once';
	const now = () => new Date().toISOString();
	const keeper = await openKeeper({
		...source,
		backupDir: path.join(root, 'once'),
		slot,
		now,
		announce: false
	});
	const admin = openAdmin(database.adminUrl);
	const slots = () => admin`select from pg_replication_slots where slot_name = ${slot}`;
	expect(await slots()).toHaveLength(1);
	await admin`
		select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and backend_type = 'client backend'`;
	await until(async () => (await slots()).length === 0);
	await keeper.close();
	await admin.end();
});

test('sync 13: verifying misses nothing a restore needs; a restore that fails has touched nothing', async () => {
	const found = await newestRestorable(backupDir);
	if (!found) throw new Error('no backup');
	const label = path.join(found.base.directory, 'pg', 'backup_label');
	const kept = fs.readFileSync(label);
	fs.writeFileSync(label, 'START WAL LOCATION: elsewhere');
	expect((await verifyBackup(backupDir))?.wrong).toEqual(['base: backup_label']);
	// What is found out only by the database, half way: the operator knows where the old one lies.
	const third = path.join(root, 'third');
	const old = await startEmbedded({ dataDir: third, durable: false });
	await old.release();
	const asides: string[] = [];
	const log = () => undefined;
	const aside = (moved: string) => void asides.push(moved);
	await expect(
		restoreBackup({ backupDir, dataDir: third, masterKey: null, durable: false, log, aside })
	).rejects.toThrow();
	expect(asides.map((moved) => fs.existsSync(path.join(moved, 'PG_VERSION')))).toEqual([true]);
	await destroyEmbedded(third);
	fs.writeFileSync(label, kept);
	expect((await verifyBackup(backupDir))?.wrong).toEqual([]);

	for (const name of fs.readdirSync(walOf(found.series)))
		fs.truncateSync(path.join(walOf(found.series), name), 10);
	const other = path.join(root, 'other');
	fs.mkdirSync(other);
	fs.writeFileSync(path.join(other, 'master.key'), 'the key of what is here\n');
	await expect(
		restoreBackup({ backupDir, dataDir: other, masterKey: null, durable: false, log: () => undefined })
	).rejects.toThrow();
	expect(fs.readFileSync(path.join(other, 'master.key'), 'utf8')).toBe('the key of what is here\n');
	expect(fs.existsSync(highWaterFile(other))).toBe(false);
	await destroyEmbedded(other);
});
