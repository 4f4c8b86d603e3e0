import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openExchange, people, type Exchange } from '../../../../tests/world/exchange.ts';
import { transaction, type Sql } from '$lib/server/db/pool.ts';
import { beginEpoch, readPlace } from '$lib/server/sync/epoch.ts';
import { write } from '$lib/server/sync/write.ts';
import { audit } from './audit.ts';
import { ownSigner } from './record.ts';
import { endOfRound, findLastHead } from './seal-queries.ts';
import { sealRound } from './sealer.ts';
import { publishedRoots, verifyAudit } from './service.ts';
import { openWitness } from './witness.ts';

let exchange: Exchange;
let dataDir: string;
let now: string;
beforeAll(async () => {
	exchange = await openExchange();
});
afterAll(() => exchange.close());
beforeEach(() => {
	dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'san-audit-'));
	now = new Date().toISOString();
	return () => fs.rmSync(dataDir, { recursive: true });
});

const acts = (what: string, during?: () => Promise<unknown>) =>
	write(exchange.db, { actorId: people.anhminh.id, now }, async (ctx) => {
		await audit(ctx, { action: 'test.done', subject: `test:${what}`, data: { what } });
		await ctx.tx`select pg_current_xact_id()`;
		await during?.();
	});
const seal = () => sealRound({ db: exchange.db, signer: ownSigner(), now: () => now });
/** Another transaction of the cluster may hold the horizon for a moment. */
async function sealAll(): Promise<number> {
	let sealed = 0;
	for (;;) {
		sealed += (await seal()) ?? 0;
		const [left] = await exchange.db`
			select from audit_log a where not exists (select from audit_seals s where s.audit_id = a.id) limit 1`;
		if (!left) break;
		await new Promise((resolve) => setTimeout(resolve, 20));
	}
	await openWitness(dataDir).follow(exchange.db);
	return sealed;
}
const verify = () => verifyAudit(exchange.db, dataDir);

/** As somebody who owns the database, with the triggers out of the way; put back when `look` has seen it. */
async function tampered<T>(statement: (sql: Sql) => Promise<unknown>, look: () => Promise<T>): Promise<T> {
	const tables = ['audit_log', 'audit_seals', 'audit_heads', 'audit_roots'];
	const { owner } = exchange;
	for (const table of tables) {
		await owner.unsafe(`create table copy_${table} as table ${table}`);
		await owner.unsafe(`alter table ${table} disable trigger user`);
	}
	try {
		await statement(owner);
		return await look();
	} finally {
		await owner.unsafe(`truncate ${tables.join(', ')}`);
		for (const table of tables) {
			await owner.unsafe(`insert into ${table} overriding system value select * from copy_${table}`);
			await owner.unsafe(`drop table copy_${table}`);
			await owner.unsafe(`alter table ${table} enable trigger user`);
		}
	}
}

test('TG-19.5: lines are sealed in the order of the horizon, a late commit after an early one', async () => {
	await sealAll();
	let commit: () => void = () => undefined;
	const held = new Promise<void>((resolve) => (commit = resolve));
	let late: Promise<void> = Promise.resolve();
	await new Promise<void>((began) => {
		late = acts('began first', () => {
			began();
			return held;
		});
	});
	await acts('committed first');
	// Nothing at or above the transaction that is still open may be sealed: it would come behind.
	expect(await seal()).toBe(0);
	commit();
	await late;
	expect(await sealAll()).toBe(2);
	const order = await exchange.db`
		select a.subject from audit_seals s join audit_log a on a.id = s.audit_id order by s.seq desc limit 2`;
	expect(order.map((row) => row.subject)).toEqual(['test:committed first', 'test:began first']);
	expect(await verify()).toMatchObject({ wrong: null, unsealed: 0, restores: [] });
});

test('TG-19.5: what Postgres seals is what is verified, whatever the line says', async () => {
	const odd = [
		'"quoted"',
		'back\\slash',
		'one\nmore\tline\r\b\f',
		'\u0001\u001f\u007f\u2028',
		'Sầu riêng 🥭 </script>',
		''
	];
	await write(exchange.db, { actorId: people.anhminh.id, now, commandId: randomUUID() }, async (ctx) => {
		for (const words of odd)
			await audit(ctx, {
				action: words,
				subject: words,
				clause: words,
				data: { [words]: [words], number: 1.5e-7 }
			});
		await audit({ ...ctx, commandId: null }, { action: 'test.done', subject: 'test:bare' });
	});
	expect(await sealAll()).toBe(odd.length + 1);
	expect(await verify()).toMatchObject({ wrong: null, unsealed: 0 });
});

test('TG-19.5: a round that cannot take all ends between two transactions', async () => {
	await sealAll();
	const from = (await findLastHead(exchange.db))?.horizon ?? 0;
	await acts('one line');
	await write(exchange.db, { actorId: people.anhminh.id, now }, async (ctx) => {
		for (const n of [1, 2, 3]) await audit(ctx, { action: 'test.done', subject: `test:line ${n}` });
	});
	const horizon = 2 ** 40;
	const [ends, xids] = await transaction(exchange.db, 'system:test', async (tx) => {
		const ends: number[] = [];
		for (const limit of [1, 2, 4, 5]) ends.push(await endOfRound(tx, { from, horizon, limit }));
		const xids = await tx<
			{ xid: number }[]
		>`select distinct xid from audit_log where xid >= ${from} order by xid`;
		return [ends, xids.map(({ xid }) => xid)] as const;
	});
	const [first = 0, second = 0] = xids;
	expect(xids).toHaveLength(2);
	expect(ends).toEqual([first + 1, second, second, horizon]);
});

test('TG-19.5: two sealers at once seal each line once', async () => {
	await Promise.all(Array.from({ length: 40 }, (_, n) => acts(`line ${n}`)));
	await Promise.all([seal(), seal(), seal()]);
	await sealAll();
	const [counted] = await exchange.db`
		select (select count(*) from audit_log) as lines, count(*) as seals, max(seq) as last from audit_seals`;
	expect(counted?.seals).toBe(counted?.lines);
	expect(counted?.last).toBe(counted?.lines);
	expect(await verify()).toMatchObject({ wrong: null });
});

test('TG-19.5: what the owner of the database changes is found, and the first bad line is named', async () => {
	for (const what of ['a', 'b', 'c']) {
		await acts(what);
		await sealAll();
	}
	const [victim] = await exchange.db<{ id: number }[]>`select id from audit_log where subject = 'test:b'`;
	const id = victim?.id ?? 0;
	const found = async (statement: (sql: Sql) => Promise<unknown>) =>
		(await tampered(statement, verify)).wrong;
	const owner: ((sql: Sql) => Promise<unknown>)[] = [
		(sql) => sql`update audit_log set at = at + interval '1 microsecond' where id = ${id}`,
		(sql) => sql`update audit_log set data = '{"what": "b", "more": 1}' where id = ${id}`,
		(sql) => sql`delete from audit_log where id = ${id}`
	];
	for (const statement of owner) expect(await found(statement)).toMatchObject({ auditId: id });
	expect(
		await found(
			(sql) => sql`insert into audit_log (xid, at, actor, action, subject) values (5, now(), 'x', 'x', 'x')`
		)
	).toMatchObject({ kind: 'inserted' });
	expect(await found((sql) => sql`truncate audit_log`)).toMatchObject({ kind: 'deleted' });
	expect(await found((sql) => sql`truncate audit_log, audit_seals, audit_heads, audit_roots`)).toMatchObject({
		kind: 'truncated'
	});
	expect(
		await found((sql) => sql`delete from audit_heads where n = (select max(n) from audit_heads)`)
	).not.toBeNull();
	expect(await verify()).toMatchObject({ wrong: null });
});

test('TG-19.5: the app itself can neither change nor take away what was sealed', async () => {
	for (const table of ['audit_log', 'audit_seals', 'audit_heads', 'audit_roots'])
		await expect(
			transaction(exchange.db, 'system:test', (tx) => tx.unsafe(`delete from ${table}`))
		).rejects.toThrow(/permission denied|append-only/);
});

test('a file that was lost is written anew, and one that was cut in the middle of a line goes on', async () => {
	await acts('d');
	await sealAll();
	const witness = openWitness(dataDir);
	expect((await verify()).witnessed).toBeGreaterThan(0);
	fs.appendFileSync(witness.file, '{"epoch":"half a li');
	await acts('e');
	await sealAll();
	expect(await verify()).toMatchObject({ wrong: null });
	expect(fs.readFileSync(witness.file, 'utf8')).not.toContain('half a li');
});

test('TG-19.5: the last head of a day that is over is published as its root', async () => {
	await acts('of one day');
	await sealAll();
	const [before] = await exchange.db<{ seq: number }[]>`select max(seq) as seq from audit_seals`;
	now = new Date(Date.parse(now) + 24 * 3_600_000).toISOString();
	await acts('of the next');
	await sealAll();
	const { roots, newest } = await publishedRoots(exchange.db);
	expect(roots[0]?.seq).toBe(before?.seq);
	expect(newest?.seq).toBe((before?.seq ?? 0) + 1);
	expect(await verify()).toMatchObject({ wrong: null });
});

test('sync 13: after a restore the record goes on where the database stands, and says what is missing', async () => {
	await acts('kept');
	await sealAll();
	const [stand] = await exchange.db<{ seq: number }[]>`select max(seq) as seq from audit_seals`;
	const seq = stand?.seq ?? 0;
	for (const what of ['lost 1', 'lost 2']) {
		await acts(what);
		await sealAll();
	}
	// What a restore does: the rows since are not there, and a new epoch begins.
	const { owner } = exchange;
	for (const table of ['audit_log', 'audit_seals', 'audit_heads', 'audit_roots'])
		await owner.unsafe(`alter table ${table} disable trigger user`);
	await owner`delete from audit_roots where head_n in (select n from audit_heads where seq > ${seq})`;
	await owner`delete from audit_heads where seq > ${seq}`;
	await owner`delete from audit_log where id in (select audit_id from audit_seals where seq > ${seq})`;
	await owner`delete from audit_seals where seq > ${seq}`;
	for (const table of ['audit_log', 'audit_seals', 'audit_heads', 'audit_roots'])
		await owner.unsafe(`alter table ${table} enable trigger user`);
	expect((await verify()).wrong).toMatchObject({ kind: 'truncated' });

	const { epoch: from } = await readPlace(owner);
	await beginEpoch(owner, { from, now, why: 'a test' });
	expect(await verify()).toMatchObject({ wrong: null, restores: [{ toSeq: seq, lost: 2 }] });
	await acts('after');
	await sealAll();
	expect(await verify()).toMatchObject({ wrong: null, restores: [{ toSeq: seq, lost: 2 }], unsealed: 0 });
});
