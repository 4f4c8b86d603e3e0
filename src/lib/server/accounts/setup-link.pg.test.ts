import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshDatabase, type FreshDatabase } from '../../../../tests/world/database.ts';
import { openDb, type Sql } from '../db/pool.ts';
import { isSetupTokenGood, makeSetupLink, useSetupToken } from './setup-link.ts';

let database: FreshDatabase;
let auth: Sql;

beforeAll(async () => {
	database = await freshDatabase();
	auth = openDb({ url: database.appUrl, role: 'san_auth', max: 4 });
});
afterAll(async () => {
	await auth.end();
	await database.drop();
});

async function token(): Promise<string> {
	const link = new URL(await makeSetupLink({ appUrl: database.appUrl, origin: 'https://san.example.vn' }));
	expect(link.origin + link.pathname).toBe('https://san.example.vn/setup');
	return link.searchParams.get('token') ?? '';
}

test('a set-up link opens once, also for those who try at the same moment', async () => {
	const mine = await token();
	expect(await isSetupTokenGood(auth, mine)).toBe(true);
	const tries = await Promise.all([1, 2, 3, 4].map(() => useSetupToken(auth, mine)));
	expect(tries.filter(Boolean)).toHaveLength(1);
	expect(await isSetupTokenGood(auth, mine)).toBe(false);
});

test('the token itself is stored nowhere', async () => {
	const mine = await token();
	const rows = await auth<{ token_hash: Buffer }[]>`select token_hash from setup_links`;
	expect(rows.some((row) => row.token_hash.toString().includes(mine))).toBe(false);
});

test('a link that is a day old opens nothing', async () => {
	const mine = await token();
	await auth`update setup_links set expires_at = now() - interval '1 second' where used_at is null`;
	expect(await isSetupTokenGood(auth, mine)).toBe(false);
	expect(await useSetupToken(auth, mine)).toBe(false);
});
