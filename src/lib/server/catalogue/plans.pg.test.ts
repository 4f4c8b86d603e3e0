import type postgres from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { selectChanges, selectNewest, selectRowsOfSlots } from './feed-queries.ts';
import { selectManifest, selectPack, selectReadiness, selectStanding } from './queries.ts';
import { openCatalogue, type Catalogue } from './test-world.ts';

type Node = {
	'Node Type': string;
	'Relation Name'?: string;
	'Actual Rows': number;
	'Actual Loops': number;
	'Rows Removed by Filter'?: number;
	Plans?: Node[];
};

let world: Catalogue;
beforeAll(async () => {
	world = await openCatalogue();
	const { owner } = world;
	const ids = await world.fill(100_000);
	// As if all of it had been packed; then 40 changed and 10 were withdrawn.
	await owner`
		insert into catalogue_slots (id, sector_id, size, wards, dirty)
		select 'slot ' || n, 'sector-' || n % 3, 150, '{28000}', false from generate_series(1, 667) n`;
	await owner`
		insert into catalogue_members (doc_id, sector_id, ward_code, approved_at, slot_id)
		select doc_id, 'sector-0', '28000', '2026-01-01Z', 'slot ' || 1 + (row_number() over (order by doc_id) - 1) / 150
		from sync_feed`;
	await owner`
		insert into catalogue_packs (slot_id, live, hash, sector_id, wards, rows, doc_ids, bytes, body)
		select slot_id, true, encode(sha256(slot_id::bytea), 'hex'), 'sector-0', '{28000}', 150, array_agg(doc_id), 1, '\\x00'
		from catalogue_members group by slot_id`;
	await owner`insert into catalogue_progress (epoch, since) select epoch, 1 from exchange`;
	await owner`update catalogue_progress set version = 51, taken_version = 51`;
	for (const id of ids.slice(0, 40)) await world.change(id, { title: 'Giá mới' });
	await world.withdraw(ids.slice(40, 50));
	// The feed is known, the packing is new: nothing has looked at its tables yet.
	await owner`analyze sync_feed`;
});
afterAll(() => world.close());

/** Of one row, or one a pack: those may be read whole. */
const small = ['exchange', 'catalogue_progress', 'sync_floors', 'catalogue_slots', 'catalogue_packs'];

/** Large tables that are read whole, and how many rows of the feed were looked at. */
async function planOf(query: postgres.Fragment): Promise<{ whole: string[]; looked: number }> {
	const [row] = await world.db<{ 'QUERY PLAN': [{ Plan: Node }] }[]>`explain (analyze, format json) ${query}`;
	const whole: string[] = [];
	let looked = 0;
	const walk = (node: Node): void => {
		const table = node['Relation Name'];
		if (node['Node Type'] === 'Seq Scan' && table && !small.includes(table)) whole.push(table);
		if (table === 'sync_feed')
			looked += (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0)) * node['Actual Loops'];
		node.Plans?.forEach(walk);
	};
	if (row) walk(row['QUERY PLAN'][0].Plan);
	return { whole, looked };
}

test('sync 10: beside 100,000 rows of the feed a run looks at what changed, and at the slots it touched', async () => {
	const changes = await planOf(selectChanges(world.db, { version: 51, id: '' }, 1_000));
	expect(changes).toEqual({ whole: [], looked: 50 });
	const rows = await planOf(selectRowsOfSlots(world.db, ['slot 1', 'slot 7']));
	expect(rows.whole).toEqual([]);
	expect(rows.looked).toBeLessThanOrEqual(300);
	const ready = await planOf(selectReadiness(world.db));
	expect(ready.whole).toEqual([]);
	const newest = await planOf(selectNewest(world.db, 24));
	expect(newest.whole).toEqual([]);
	expect(newest.looked).toBeLessThanOrEqual(24);
});

test('sync 10: the manifest and a pack look at what left the catalogue since, and never through the feed', async () => {
	for (const asked of [selectManifest(world.db), selectStanding(world.db)]) {
		const plan = await planOf(asked);
		expect(plan.whole).toEqual([]);
		// What left, and the one row the pull goes on behind.
		expect(plan.looked).toBeLessThanOrEqual(11);
	}
	const [entry] = (await world.manifest()).packs;
	const pack = await planOf(selectPack(world.db, entry?.hash ?? ''));
	expect(pack.whole).toEqual([]);
	expect(pack.looked).toBeLessThanOrEqual(10);
});
