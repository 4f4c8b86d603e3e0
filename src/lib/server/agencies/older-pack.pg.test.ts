import { afterAll, beforeAll, expect, test } from 'vitest';
import { deadlineOn } from '$lib/domain/agencies/rules.ts';
import { rulePackSchema, type RulePack } from '$lib/domain/agencies/schema.ts';
import { reasonsFor } from '$lib/domain/moderation/rules.ts';
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

/** The statement of a step that brings older packs up to date, as it stands in the step. */
function bringsUpToDate(name: string, begin: string): string {
	const step = readMigrations().find((one) => one.name === name)?.sql ?? '';
	return step.slice(step.indexOf(begin));
}

/** Loads a pack as a build of before had it, and tells devices of it. */
async function loaded(id: string, older: RulePack): Promise<void> {
	await owner`
		insert into rule_packs (id, pack) values (${id}, ${JSON.stringify(older)}::text::jsonb)
		on conflict (id) do update set pack = excluded.pack`;
	await owner`update exchange set pack_id = ${id}`;
	await owner`
		select feed_publish('reference', 'pack', array['public'],
			array[${JSON.stringify({ id: 'pack', pack: older })}]::text[]::jsonb[])`;
}

/** The pack as devices have it, and how new it is. */
async function sentPack(): Promise<{ pack: RulePack; version: number }> {
	const [sent] = await owner<{ doc: { pack: unknown }; version: number }[]>`
		select doc, version::int from sync_feed
		where collection = 'reference' and doc_id = 'pack' and audience = 'public'`;
	return { pack: rulePackSchema.parse(sent?.doc.pack), version: sent?.version ?? 0 };
}

test('TG-10.3b: a pack that was loaded before there were needs answers them as soon as goods, and devices hear of it', async () => {
	expect((await migrate({ ownerUrl: database.ownerUrl })).applied).toEqual([]);
	for (const id of ['tien-giang', 'vinh-phuc']) {
		const pack = loadPack(id);
		const older: RulePack = { ...pack, deadlines: pack.deadlines.filter(({ kind }) => kind !== 'need') };
		await loaded(id, older);
		expect(() => deadlineOn(older, 'need', '2026-11-30')).toThrow('no deadline for need');
		// Twice: what is up to date stays as it is.
		for (const _ of [1, 2]) await owner.unsafe(bringsUpToDate('0080-needs.sql', 'with packs as ('));
		const need = pack.deadlines.filter(({ kind }) => kind === 'need');
		expect(need).toHaveLength(1);
		expect((await currentPack(owner)).deadlines).toEqual([...older.deadlines, ...need]);
		expect((await sentPack()).pack.deadlines).toEqual([...older.deadlines, ...need]);
	}
});

test('TG-10.3a: a pack without reasons for needs goes on with those of goods until the step gives it its own', async () => {
	for (const id of ['tien-giang', 'vinh-phuc']) {
		const { needReasons, ...older } = loadPack(id);
		await loaded(id, older);
		const reasons = async () => reasonsFor(await currentPack(owner), 'need', 'return');
		expect(await reasons()).toEqual(older.returnReasons);
		const before = (await sentPack()).version;
		await owner.unsafe(bringsUpToDate('0091-reasons-of-needs.sql', 'with own as ('));
		expect(await reasons()).toEqual(needReasons);
		const { pack, version } = await sentPack();
		expect(pack).toEqual({ ...older, needReasons });
		expect(version).toBeGreaterThan(before);
		// What is up to date stays as it is.
		await owner.unsafe(bringsUpToDate('0091-reasons-of-needs.sql', 'with own as ('));
		expect(await sentPack()).toEqual({ pack, version });
	}
});
