import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import postgres from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { destroyEmbedded, startEmbedded, type EmbeddedDatabase } from './embedded.ts';
import { isMigrated, migrate, readMigrations } from './migrate.ts';
import { openDb } from './pool.ts';
import { transaction } from './transaction.ts';

/** A server of somebody else's: none of our roles, a login that may make roles and owns one database. */
let dataDir: string;
let cluster: EmbeddedDatabase;
const at = (user: string, password: string, database: string) =>
	`postgres://${user}:${password}@127.0.0.1:${cluster.port}/${database}`;

beforeAll(async () => {
	dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'san-external-'));
	cluster = await startEmbedded({ dataDir, durable: false });
	await asAdmin(
		'drop database san',
		'drop role san_login',
		'drop role san_owner',
		'drop role san_app',
		'drop role san_auth',
		`create role host login createrole password 'host'`,
		'create database host owner host',
		`create role guest login password 'guest'`,
		'create database guest owner guest'
	);
});
afterAll(async () => {
	await cluster.release();
	await destroyEmbedded(dataDir);
	fs.rmSync(dataDir, { recursive: true, force: true });
});

async function asAdmin(...statements: string[]): Promise<void> {
	const admin = postgres(cluster.adminUrl, { max: 1, onnotice: () => undefined });
	try {
		for (const statement of statements) await admin.unsafe(statement);
	} finally {
		await admin.end();
	}
}

test('a login that may not make roles is told what is missing, and nothing is left behind', async () => {
	await expect(migrate({ ownerUrl: at('guest', 'guest', 'guest') })).rejects.toThrow(
		/san_owner.*CREATEROLE/s
	);
	const sql = postgres(at('guest', 'guest', 'guest'), { max: 1 });
	expect(await sql`select from pg_roles where rolname like 'san%'`).toHaveLength(0);
	await sql.end();
});

test('one that does not let us in is told apart from one without rights, and no password is repeated', async () => {
	const refused = migrate({ ownerUrl: at('guest', 'secret-word', 'guest') });
	await expect(refused).rejects.toThrow(/không vào được.*guest.*DATABASE_URL/s);
	await expect(refused).rejects.not.toThrow(/secret-word/);
	const silent = new URL(at('guest', 'guest', 'guest'));
	silent.port = '1';
	await expect(migrate({ ownerUrl: silent.toString() })).rejects.toThrow(/không vào được.*127\.0\.0\.1:1/s);
});

test('an own database is prepared by its own login, and the app acts in it without owning anything', async () => {
	const url = at('host', 'host', 'host');
	const { applied } = await migrate({ ownerUrl: url });
	expect(applied).toEqual(readMigrations().map((step) => step.name));
	const app = openDb({ url, role: 'san_app', max: 1 });
	try {
		expect(await isMigrated(app, readMigrations())).toBe(true);
		const who = await transaction(app, 'system:test', (tx) => tx`select current_user as name`);
		expect(who[0]?.name).toBe('san_app');
		await expect(app`create table mine (id int)`).rejects.toThrow(/permission denied/);
	} finally {
		await app.end();
	}
	expect((await migrate({ ownerUrl: url })).applied).toEqual([]);
});

test('a second database of a server that has the roles already is prepared by its administrator', async () => {
	await asAdmin('create database second');
	const url = new URL(cluster.adminUrl);
	url.pathname = '/second';
	expect((await migrate({ ownerUrl: url.toString() })).applied).toHaveLength(readMigrations().length);
});
