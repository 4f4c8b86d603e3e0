import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Actor } from '$lib/domain/accounts/permissions.ts';
import { readHighWater, watchHighWater, writeHighWater } from '$lib/server/boot/high-water.ts';
import { oldestServedProtocol, protocolVersion } from '$lib/sync/protocol/version.ts';
import { openExchange, people, type Exchange } from '../../../../tests/world/exchange.ts';
import { announceWatermark, beginEpoch, numberSequences, readPlace, wentBack } from './epoch.ts';
import { pull } from './pull.ts';
import { readAnnounced } from './queries.ts';

let exchange: Exchange;
let tu: Actor;
const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'san-epoch-'));
const now = () => new Date().toISOString();
beforeAll(async () => {
	exchange = await openExchange();
	tu = await exchange.actorNow(people.batu, now());
});
afterAll(async () => {
	await exchange.close();
	fs.rmSync(dataDir, { recursive: true });
});

const page = async (positions: Parameters<typeof pull>[2]['positions'], protocol = protocolVersion) => {
	const answer = await pull(
		exchange.db,
		{ kind: 'actor', actor: tu, sessionId: 's' },
		{ protocol, actorId: tu.id, collection: 'mine', positions, limit: 100 },
		now()
	);
	if (answer.outcome !== 'page') throw new Error(answer.outcome);
	return answer;
};

test('sync 13: the watermark comes with every answer, and null says that nothing is kept', async () => {
	expect(await page({})).toMatchObject({ watermark: null });
	await announceWatermark(exchange.owner, 4711);
	expect(await page({})).toMatchObject({ watermark: 4711 });
	expect(await page({}, oldestServedProtocol)).toMatchObject({ outcome: 'page' });
	await announceWatermark(exchange.owner, 0);
	for (const protocol of [protocolVersion, oldestServedProtocol])
		expect(await page({}, protocol)).toMatchObject({ watermark: 0 });
	await announceWatermark(exchange.owner, null);
	expect((await readAnnounced(exchange.db)).watermark).toBeNull();
});

test('sync 13: a new epoch sets every version to 0, and all of it is read again from the start', async () => {
	const { id } = await exchange.submits(people.batu, { title: 'Bưởi năm roi' });
	const before = await readPlace(exchange.owner);
	await exchange.owner`insert into sync_floors values ('public', 'listings', ${before.xid})`;
	// Versions of a cluster that stood further on, as a copied database brings them.
	await exchange.owner`update sync_feed set version = version + 1000000`;
	expect((await page({})).rows).toEqual([]);

	const epoch = await beginEpoch(exchange.owner, { from: before.epoch, now: now(), why: 'test' });
	expect(epoch).not.toBe(before.epoch);
	const again = await page({});
	expect(again.epoch).toBe(epoch);
	expect(again.rows).toContainEqual(expect.objectContaining({ id, version: 0 }));
	expect(await exchange.owner`select from sync_floors`).toHaveLength(0);
	// Somebody else noticed the same: one change is enough.
	expect(await beginEpoch(exchange.owner, { from: before.epoch, now: now(), why: 'test' })).toBe(epoch);
	expect(await exchange.owner`select from audit_log where action = 'exchange.restored'`).toHaveLength(1);
});

test('sync 13: in a new epoch devices keep everything until a backup holds it, where there are backups', async () => {
	const { owner } = exchange;
	const restored = async () => {
		await beginEpoch(owner, { from: (await readPlace(owner)).epoch, now: now(), why: 'test' });
		return (await readAnnounced(exchange.db)).watermark;
	};
	await announceWatermark(owner, 4711);
	expect(await restored()).toBe(0);
	await announceWatermark(owner, null);
	expect(await restored()).toBeNull();
});

test('sync 13: no code that somebody may have been told before a restore is given to anything else', async () => {
	const { owner } = exchange;
	const before = await exchange.caseOf((await exchange.submits(people.batu)).id);
	const told = await owner<{ last: number }[]>`select last_value as last from case_numbers`;
	await beginEpoch(owner, { from: (await readPlace(owner)).epoch, now: now(), why: 'test' });
	const [next] = await owner<{ n: number }[]>`select nextval('case_numbers') as n`;
	expect(next?.n).toBeGreaterThan((told[0]?.last ?? 0) + 1000);
	// The same copy put back once more: what was given out after the first time is written down beside the database.
	const numbers = { case_numbers: (next?.n ?? 0) + 50_000 };
	await beginEpoch(owner, { from: (await readPlace(owner)).epoch, now: now(), why: 'test', numbers });
	const [later] = await owner<{ n: number }[]>`select nextval('case_numbers') as n`;
	expect(later?.n).toBeGreaterThan(numbers.case_numbers);
	expect((await readPlace(owner)).numbers).toMatchObject({ case_numbers: later?.n });

	const after = await exchange.caseOf((await exchange.submits(people.batu)).id);
	expect(after.code.length - before.code.length).toBeLessThanOrEqual(2);

	const counted = await owner<{ name: string }[]>`
		select relname as name from pg_class where relkind = 'S' and relnamespace = 'public'::regnamespace
			and relname ~ '_numbers$|_number_seq$' order by relname`;
	expect(counted.map(({ name }) => name)).toEqual([...numberSequences].sort());
});

test('sync 13: a device that stands ahead of the feed begins anew; nobody else has to', async () => {
	await announceWatermark(exchange.owner, 4711);
	const known = await page({});
	const own = `user:${people.batu.id}`;
	const ahead = await page({ [own]: { version: known.horizon + 1_000_000, id: 'x', since: 0 } });
	expect(ahead).toMatchObject({ rows: [], positions: {}, more: true });
	expect(ahead.epoch).not.toBe(known.epoch);
	expect(ahead.watermark, 'backups are kept, so the device keeps what it has').toBe(4711);
	expect((await page(known.positions)).epoch).toBe(known.epoch);
	await announceWatermark(exchange.owner, null);
});

test('sync 13: a database put back by hand is noticed at the next start, and told to everybody', async () => {
	const watch = () =>
		watchHighWater({ ownerUrl: exchange.ownerUrl, dataDir, log: () => undefined, everyMs: 3_600_000 });
	await (
		await watch()
	)();
	const first = readHighWater(dataDir);
	if (!first) throw new Error('nothing was written down');
	await (
		await watch()
	)();
	expect(readHighWater(dataDir)?.epoch).toBe(first.epoch);

	writeHighWater(dataDir, { ...first, xid: first.xid + 1_000_000 });
	await (
		await watch()
	)();
	const second = await readPlace(exchange.owner);
	expect(second.epoch).not.toBe(first.epoch);
	expect(readHighWater(dataDir)?.epoch).toBe(second.epoch);
	expect(wentBack({ ...second, timeline: 7 }, second)).toBe(true);
	// Another process noticed it first: the epoch is newer than what this one wrote down.
	expect(wentBack({ ...first, xid: 9e9 }, second)).toBe(false);
	await exchange.owner`update exchange set epoch = ${first.epoch}, restored_at = null`;
	writeHighWater(dataDir, { ...second, xid: second.xid + 1_000_000 });
	await (
		await watch()
	)();
	const third = await readPlace(exchange.owner);
	expect([first.epoch, second.epoch], 'a backup of before the last epoch was put back').not.toContain(
		third.epoch
	);
});
