import { afterAll, beforeAll, expect, test } from 'vitest';
import { deadlineOn } from '$lib/domain/agencies/rules.ts';
import { rulePackSchema, type RulePack } from '$lib/domain/agencies/schema.ts';
import { migrate, readMigrations } from '$lib/server/db/migrate.ts';
import { openDb, type Sql } from '$lib/server/db/pool.ts';
import { loadPack } from '$lib/server/rulepacks/load.ts';
import { freshDatabase, type FreshDatabase } from '../../../../tests/world/database.ts';
import { currentPack } from './pack.ts';

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

/** The statement of the step that brings older packs up to date, as it stands in the step. */
const step = readMigrations().find(({ name }) => name === '0080-needs.sql')?.sql ?? '';
const bringsUpToDate = step.slice(step.indexOf('with packs as ('));

test('TG-10.3b: a pack that was loaded before there were needs answers them as soon as goods, and devices hear of it', async () => {
	expect((await migrate({ ownerUrl: database.ownerUrl })).applied).toEqual([]);
	for (const id of ['tien-giang', 'vinh-phuc']) {
		const pack = loadPack(id);
		const older: RulePack = { ...pack, deadlines: pack.deadlines.filter(({ kind }) => kind !== 'need') };
		await owner`
			insert into rule_packs (id, pack) values (${id}, ${JSON.stringify(older)}::text::jsonb)
			on conflict (id) do update set pack = excluded.pack`;
		await owner`update exchange set pack_id = ${id}`;
		await owner`
			select feed_publish('reference', 'pack', array['public'],
				array[${JSON.stringify({ id: 'pack', pack: older })}]::text[]::jsonb[])`;
		expect(() => deadlineOn(older, 'need', '2026-11-30')).toThrow('no deadline for need');
		// Twice: what is up to date stays as it is.
		for (const _ of [1, 2]) await owner.unsafe(bringsUpToDate);
		const need = pack.deadlines.filter(({ kind }) => kind === 'need');
		expect(need).toHaveLength(1);
		expect((await currentPack(owner)).deadlines).toEqual([...older.deadlines, ...need]);
		const [sent] = await owner<{ doc: { pack: unknown } }[]>`
			select doc from sync_feed where collection = 'reference' and doc_id = 'pack' and audience = 'public'`;
		expect(rulePackSchema.parse(sent?.doc.pack).deadlines).toEqual([...older.deadlines, ...need]);
	}
});
