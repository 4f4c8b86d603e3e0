import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { freshDatabase, type FreshDatabase } from '../../../../tests/world/database.ts';
import { openDb } from '../db/pool.ts';
import { seedOnFirstRun, type Seed } from './first-run.ts';

let database: FreshDatabase;
let dataDir: string;
let startedOver: number;

beforeEach(async () => {
	database = await freshDatabase();
	dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'san-first-'));
	startedOver = 0;
});
afterEach(async () => {
	await database.drop();
	fs.rmSync(dataDir, { recursive: true, force: true });
});

async function asOwner(statement: string): Promise<readonly { n: number }[]> {
	const sql = openDb({ url: database.ownerUrl, role: 'san_owner', max: 1 });
	try {
		return await sql.unsafe<{ n: number }[]>(statement);
	} finally {
		await sql.end();
	}
}
const insertSomebody = () => asOwner(`insert into accounts (id) values ('${randomUUID()}')`);

const batu = { name: 'Nguyễn Thị Tư', role: 'người bán', userName: 'batu' };
const seed: Seed = async () => {
	await insertSomebody();
	return { signIns: [batu] };
};
const run = (with_: Seed) =>
	seedOnFirstRun({
		ownerUrl: database.ownerUrl,
		dataDir,
		log: () => undefined,
		seed: with_,
		startOver: async () => {
			startedOver += 1;
			await asOwner('delete from accounts');
		}
	});
const never: Seed = () => Promise.reject(new Error('seeded twice'));

test('an empty database is filled once, and the sign-ins are known at every later start', async () => {
	expect(await run(seed)).toEqual([batu]);
	expect(await run(never)).toEqual([batu]);
	expect(startedOver).toBe(0);
});

test('a database with people in it is left alone, whoever made them', async () => {
	await insertSomebody();
	expect(await run(never)).toEqual([]);
});

test('a seed that was cut off half way is made anew from an empty database', async () => {
	const killed: Seed = async () => {
		await insertSomebody();
		throw new Error('killed');
	};
	await expect(run(killed)).rejects.toThrow('killed');
	expect(await run(seed)).toEqual([batu]);
	expect(startedOver).toBe(1);
	expect(await asOwner('select count(*)::int as n from accounts')).toEqual([{ n: 1 }]);
});
