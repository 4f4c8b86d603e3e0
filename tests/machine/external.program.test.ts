import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { destroyEmbedded, startEmbedded, type EmbeddedDatabase } from '../../src/lib/server/db/embedded.ts';
import { isReady, launchProgram, newDataDir, startProgram, type Program } from '../world/program.ts';

/** Somebody else's Postgres: it knows none of our roles, and lets us in as the owner of one database. */
let clusterDir: string;
let cluster: EmbeddedDatabase;
let databaseUrl: string;
let program: Program;
let dataDir: string;
const masterKey = randomBytes(32).toString('base64');
const start = (): Promise<Program> =>
	startProgram({ dataDir, env: { DATABASE_URL: databaseUrl, SAN_MASTER_KEY: masterKey } });

beforeAll(async () => {
	clusterDir = fs.mkdtempSync(path.join(os.tmpdir(), 'san-elsewhere-'));
	fs.chmodSync(clusterDir, 0o755);
	cluster = await startEmbedded({ dataDir: clusterDir, durable: false });
	const admin = postgres(cluster.adminUrl, { max: 1, onnotice: () => undefined });
	for (const statement of [
		'drop database san',
		...['san_login', 'san_owner', 'san_app', 'san_auth'].map((role) => `drop role ${role}`),
		`create role host login createrole password 'host'`,
		'create database host owner host'
	])
		await admin.unsafe(statement);
	await admin.end();
	databaseUrl = `postgres://host:host@127.0.0.1:${cluster.port}/host`;
	dataDir = newDataDir();
	program = await start();
});
afterAll(async () => {
	await program?.stop();
	await cluster.release();
	await destroyEmbedded(clusterDir);
	for (const directory of [clusterDir, path.dirname(dataDir)])
		fs.rmSync(directory, { recursive: true, force: true });
});

const linkIn = (output: string): string | undefined => /https?:\S+\/setup\?token=\S+/.exec(output)?.[0];
const post = (address: string, fields: Record<string, string>): Promise<Response> =>
	fetch(new URL(address, program.origin), {
		method: 'POST',
		redirect: 'manual',
		headers: { origin: program.origin, accept: 'text/html' },
		body: new URLSearchParams(fields)
	});
const quanTri = { name: 'Huỳnh Quốc Trị', userName: 'quantri', password: 'mot-mat-khau-rieng' };

describe('with DATABASE_URL', () => {
	test('the database is migrated and knows its province, and there are no demo people', async () => {
		expect(await isReady(program)).toBe(true);
		expect(program.output()).not.toContain('batu');
		const sql = postgres(databaseUrl, { max: 1 });
		await sql`set role san_owner`;
		const [found] = await sql`
			select (select pack_id from exchange) as pack, (select count(*)::int from accounts) as people,
				(select count(*)::int from wards) as wards`;
		await sql.end();
		expect(found).toMatchObject({ pack: 'tien-giang', people: 0 });
		expect(found?.wards).toBeGreaterThan(100);
	});

	test('TG-3.4 the printed link makes the first administrator, once', async () => {
		const link = linkIn(program.output()) ?? '';
		const token = new URL(link).searchParams.get('token') ?? '';
		expect(await (await fetch(link)).text()).toContain('name="userName"');
		expect((await post('/setup', { ...quanTri, token, password: 'ngắn' })).status).toBe(400);
		expect((await post('/setup', { ...quanTri, token })).status).toBe(303);
		expect((await post('/setup', { ...quanTri, userName: 'nguoi.khac', token })).status).toBe(404);

		expect((await post('/sign-in', { name: 'quantri', password: 'doan-mo' })).status).toBe(400);
		const entered = await post('/sign-in', { name: quanTri.userName, password: quanTri.password });
		expect(entered.status).toBe(303);
		expect(entered.headers.get('set-cookie')).toContain('HttpOnly');
	});

	test('a later start prints no link any more', async () => {
		expect(await program.stop()).toBe(0);
		program = await start();
		expect(linkIn(program.output())).toBeUndefined();
	});

	test('a database that does not answer is named, with what to do, and nothing is left behind', async () => {
		const nobody = new URL(databaseUrl);
		nobody.port = '1';
		const lost = await launchProgram({
			dataDir: newDataDir(),
			env: { DATABASE_URL: nobody.toString(), SAN_MASTER_KEY: masterKey }
		});
		expect(await lost.ended()).toBe(1);
		expect(lost.output()).toMatch(/127\.0\.0\.1:1.*\n\s+→ .*DATABASE_URL/);
		expect(lost.output()).not.toContain('host:host');
		fs.rmSync(path.dirname(lost.dataDir), { recursive: true, force: true });
	});
});
