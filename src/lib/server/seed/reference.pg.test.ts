import { afterAll, beforeAll, expect, test } from 'vitest';
import { currentPack } from '$lib/server/agencies/service.ts';
import { openDb, type Sql } from '$lib/server/db/pool.ts';
import { loadPack, loadWards } from '$lib/server/rulepacks/load.ts';
import { freshDatabase, type FreshDatabase } from '../../../../tests/world/database.ts';
import { ensureReference, seedReference } from './reference.ts';

let database: FreshDatabase;
let owner: Sql;

beforeAll(async () => {
	database = await freshDatabase();
	owner = openDb({ url: database.ownerUrl, role: 'san_owner', max: 1 });
});
afterAll(async () => {
	await owner.end();
	await database.drop();
});

test('a start without a pack loads the configured one, a later start leaves what is there', async () => {
	const start = (packId: string) => ensureReference({ ownerUrl: database.ownerUrl, packId });
	expect(await start('vinh-phuc')).toBe(true);
	expect(await start('tien-giang')).toBe(false);
	expect((await currentPack(owner)).id).toBe('vinh-phuc');
});

test('another pack takes over, and loading it twice leaves one of everything', async () => {
	await seedReference(owner, 'tien-giang');
	await seedReference(owner, 'tien-giang');
	expect(await currentPack(owner)).toEqual(loadPack('tien-giang'));
	const [counted] = await owner<{ wards: number; heirs: number; sent: number }[]>`
		select (select count(*)::int from wards where code like '28%' or code like '29%' or code like '30%') as wards,
			(select count(*)::int from agencies where successor_id = 'so-nnmt') as heirs,
			(select count(*)::int from sync_feed where collection = 'reference' and doc is not null) as sent`;
	expect(counted).toEqual({ wards: loadWards('tien-giang').length, heirs: 2, sent: 2 });
});
