import { afterAll, beforeAll, expect, test } from 'vitest';
import { transaction } from '$lib/server/db/pool.ts';
import { openDiskStore } from '$lib/server/files/store.ts';
import { compactFeed } from '$lib/server/sync/queries.ts';
import { openExchange, people, type Exchange } from '../../../../tests/world/exchange.ts';
import { forgetInputsBefore } from './queries.ts';
import { retentionWork } from './retention.ts';

let exchange: Exchange;
beforeAll(async () => {
	exchange = await openExchange();
});
afterAll(() => exchange.close());

const now = new Date().toISOString();
const work = () => retentionWork({ db: exchange.db, files: openDiskStore('/nowhere'), now });
const asJob = <T>(deed: Parameters<typeof transaction<T>>[2]) =>
	transaction(exchange.db, 'system:retention', deed);

test('TG-16.3 sync 9: tombstones go in portions, the oldest first, until none is left that is due', async () => {
	await exchange.owner`insert into sync_marks values (now() - interval '61 days', 6001)`;
	await exchange.owner`
		insert into sync_feed (audience, collection, doc_id, version, doc)
		select 'public', 'listings', n::text, n, null from generate_series(1, 6002) n`;
	expect(await asJob((tx) => compactFeed(tx, now, '60 days'))).toBe(5000);
	const floor = async () =>
		(await exchange.owner<{ floor: number }[]>`select floor from sync_floors`).map((row) => row.floor);
	expect(await floor()).toEqual([5000]);
	expect(await work().tombstones()).toBe(1000);
	expect(await floor()).toEqual([6000]);
	expect(
		await exchange.owner`select from sync_feed where doc is null and collection = 'listings'`
	).toHaveLength(2);
});

test('TG-16.3 inputs of commands go in portions until none is left that is due', async () => {
	await asJob(
		(tx) => tx`
			insert into command_log (id, actor_id, device_id, seq, name, input_hash, input_sealed, received_at, device_time, outcome)
			select gen_random_uuid(), ${people.batu.id}, gen_random_uuid(), n, 'draft.save', '\\x00', 'x',
				now() - interval '1 year', now(), '{"outcome":"applied"}'
			from generate_series(1, 5) n`
	);
	expect(await asJob((tx) => forgetInputsBefore(tx, now, 2))).toBe(2);
	expect(await work().inputs()).toBe(3);
});
