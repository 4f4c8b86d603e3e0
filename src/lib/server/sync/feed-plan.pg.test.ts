import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { openDb, transaction } from '$lib/server/db/pool.ts';
import type { Audience } from '$lib/sync/protocol/collections.ts';
import { openExchange, type Exchange } from '../../../../tests/world/exchange.ts';
import { explainFeed, readFeed, readHorizon } from './queries.ts';

/** 30,000 rows for everybody and 20 for each of 1,000 people: what a pull touches follows what changed, not what is there. */
const audiences = Array.from({ length: 1_000 }, (_, n): Audience => `user:${n}`);
const rowsEach = 20;
const pageSize = 500;

let exchange: Exchange;
let start: number;
beforeAll(async () => {
	exchange = await openExchange({ members: [] });
	await exchange.owner`
		insert into sync_feed (audience, collection, doc_id, version, doc)
		select 'user:' || a, 'orders', 'd' || a || '-' || n, pg_current_xact_id()::text::bigint,
			jsonb_build_object('id', 'd' || a || '-' || n, 'words', repeat('x', 400))
		from generate_series(0, 999) a, generate_series(1, ${rowsEach}::int) n`;
	await exchange.owner`
		insert into sync_feed (audience, collection, doc_id, version, doc)
		select 'public', 'orders', 'p' || n, pg_current_xact_id()::text::bigint, '{}' from generate_series(1, 30000) n`;
	await exchange.owner`vacuum analyze sync_feed`;
	start = (await readHorizon(exchange.db)) - 1;
});
afterAll(() => exchange.close());

const nodeSchema = z.looseObject({
	'Node Type': z.string(),
	'Relation Name': z.string().optional(),
	'Actual Rows': z.number(),
	'Actual Loops': z.number(),
	'Shared Hit Blocks': z.number(),
	'Shared Read Blocks': z.number(),
	get Plans() {
		return z.array(nodeSchema).optional();
	}
});
type Node = z.output<typeof nodeSchema>;

/** How a pull of these audiences from these versions was carried out. */
async function plan(asked: readonly { audience: Audience; version: number }[]) {
	const positions = asked.map(({ audience, version }) => ({
		audience,
		position: { version, id: '', since: version }
	}));
	const explained = await transaction(exchange.db, 'system:test', (tx) =>
		explainFeed(tx, 'orders', positions, pageSize)
	);
	const [{ Plan: top }] = z.tuple([z.looseObject({ Plan: nodeSchema })]).parse(explained);
	const nodes: Node[] = [];
	const collect = (node: Node): void => {
		nodes.push(node);
		for (const inner of node.Plans ?? []) collect(inner);
	};
	collect(top);
	const onFeed = nodes.filter((node) => node['Relation Name'] === 'sync_feed');
	return {
		how: [...new Set(onFeed.map((node) => node['Node Type']))],
		rows: onFeed.reduce((sum, node) => sum + node['Actual Rows'] * node['Actual Loops'], 0),
		blocks: top['Shared Hit Blocks'] + top['Shared Read Blocks']
	};
}

const changes = (audience: Audience, count: number) =>
	exchange.owner`
		update sync_feed set version = pg_current_xact_id()::text::bigint
		where audience = ${audience} and doc_id = any(
			select doc_id from sync_feed where audience = ${audience} order by doc_id limit ${count})`;

test('sync 7: a pull that finds nothing reads nothing of the feed but a few pages of its index', async () => {
	const { how, rows, blocks } = await plan([{ audience: 'user:7', version: start }]);
	expect(how).toEqual(['Index Scan']);
	expect(rows).toBe(0);
	expect(blocks).toBeLessThan(20);
});

test('sync 7: a pull reads the rows that changed and no others', async () => {
	await changes('user:8', 10);
	const { how, rows, blocks } = await plan([{ audience: 'user:8', version: start }]);
	expect(how).toEqual(['Index Scan']);
	expect(rows).toBe(10);
	expect(blocks).toBeLessThan(20 + 3 * 10);
});

test('sync 7: an officer of many audiences pays for each a few pages, and for what changed', async () => {
	for (const audience of audiences.slice(100, 110)) await changes(audience, 2);
	const asked = audiences.slice(100, 200).map((audience) => ({ audience, version: start }));
	const { how, rows, blocks } = await plan(asked);
	expect(how).toEqual(['Index Scan']);
	expect(rows).toBe(20);
	expect(blocks).toBeLessThan(100 * 6 + 3 * 20);
});

test('sync 7: a first pull reads one page of rows, however many there are', async () => {
	const { how, rows } = await plan([{ audience: 'public', version: 0 }]);
	expect(rows).toBe(pageSize);
	expect(how).toEqual(['Index Scan']);
});

test('sync 7: Postgres plans the statement of a pull a few times a connection, and then no more', async () => {
	const one = openDb({ url: exchange.appUrl, role: 'san_app', max: 1 });
	try {
		const position = { version: start, id: '', since: start };
		for (let n = 0; n < 20; n += 1)
			await readFeed(one, 'orders', [{ audience: 'user:7', position }], pageSize);
		const [kept] = await one<{ generic: number; custom: number }[]>`
			select generic_plans as generic, custom_plans as custom from pg_prepared_statements
			where statement like '%feed_horizon%' and statement not like '%pg_prepared_statements%'`;
		expect(kept).toEqual({ generic: 15, custom: 5 });
	} finally {
		await one.end();
	}
});

test('sync 8: what an audience loses is found by the document, however much the feed holds, and named', async () => {
	const drafts = Array.from({ length: 50 }, (_, n) => ({
		collection: 'orders',
		id: n < 2 ? `d9-${n + 1}` : `new-${n}`,
		audiences: ['user:new'],
		docs: [{}]
	}));
	await transaction(exchange.db, 'system:test', async (tx) => {
		// As Postgres weighs it up where the feed is small, or was when it was last looked at.
		await tx`set local random_page_cost = 1000`;
		const [written] =
			await tx`select gone from feed_publish_together(${JSON.stringify(drafts)}::text::jsonb)`;
		expect(written?.gone).toEqual([{ audience: 'user:9', collection: 'orders' }]);
		const left = await tx`select doc_id from sync_feed where audience = 'user:9' and doc is null order by 1`;
		expect(left.map((row) => row.doc_id)).toEqual(['d9-1', 'd9-2']);
		const [read] =
			await tx`select seq_tup_read as rows from pg_stat_xact_user_tables where relname = 'sync_feed'`;
		expect(read?.rows).toBe(0);
	});
});
