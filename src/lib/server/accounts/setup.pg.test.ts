import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshDatabase, type FreshDatabase } from '../../../../tests/world/database.ts';
import { openDb, type Sql } from '../db/pool.ts';
import { useMasterKey } from './sealing.ts';
import { makeSetupLink } from './setup-link.ts';
import { setUpAdministrator } from './setup.ts';

let database: FreshDatabase;
let db: Sql;
let owner: Sql;

beforeAll(async () => {
	useMasterKey(randomBytes(32));
	database = await freshDatabase();
	db = openDb({ url: database.appUrl, role: 'san_app', max: 4 });
	owner = openDb({ url: database.ownerUrl, role: 'san_owner', max: 1 });
});
afterAll(async () => {
	await Promise.all([db.end(), owner.end()]);
	await database.drop();
});

const now = '2026-11-22T03:00:00.000Z';
const person = { name: 'Huỳnh Quốc Trị', userName: 'quantri', password: 'san-tinh-2026' };
async function token(): Promise<string> {
	const link = await makeSetupLink({ appUrl: database.appUrl, origin: 'http://localhost' });
	return new URL(link).searchParams.get('token') ?? '';
}
const administrators = async (): Promise<number> =>
	(await owner`select id from accounts where 'administrator' = any (roles)`).length;

test('TG-3.4 what was typed wrong leaves the link good', async () => {
	const link = await token();
	const refused = await setUpAdministrator(db, now, { ...person, token: link, password: 'ngắn' });
	expect(refused).toMatchObject({ ok: false, refusal: { fields: { password: 'too_short' } } });
	expect(await administrators()).toBe(0);

	expect((await setUpAdministrator(db, now, { ...person, token: link })).ok).toBe(true);
	expect(await administrators()).toBe(1);
});

test('TG-3.4 a link that was used, or never was, makes nobody', async () => {
	for (const link of ['', 'khong-co-that'])
		expect(await setUpAdministrator(db, now, { ...person, userName: 'khac', token: link })).toMatchObject({
			ok: false,
			refusal: { code: 'not_found' }
		});
	expect(await administrators()).toBe(1);
});

test('TG-3.4 of several who use one link at once exactly one becomes administrator', async () => {
	const before = await administrators();
	const link = await token();
	const tries = await Promise.all(
		['mot', 'hai', 'ba', 'bon'].map((userName) =>
			setUpAdministrator(db, now, { ...person, userName: `quan.tri.${userName}`, token: link })
		)
	);
	expect(tries.filter((made) => made.ok)).toHaveLength(1);
	expect(await administrators()).toBe(before + 1);
});
