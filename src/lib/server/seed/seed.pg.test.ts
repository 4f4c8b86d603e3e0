import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { needsSecondFactor } from '$lib/domain/accounts/second-factor.ts';
import { anywhere } from '$lib/server/accounts/testing/origin.ts';
import { signIn } from '$lib/server/accounts/sign-in.ts';
import { openDb, transaction, type Sql } from '$lib/server/db/pool.ts';
import { openPublic } from '$lib/server/files/service.ts';
import { openDiskStore } from '$lib/server/files/store.ts';
import { listPublicListings } from '$lib/server/listings/service.ts';
import { freshDatabase, type FreshDatabase } from '../../../../tests/world/database.ts';
import { demoPassword, people } from './people.ts';
import { seedDemo } from './seed.ts';

const dataDir = mkdtempSync(path.join(tmpdir(), 'san-seed-test-'));
const masterKey = Buffer.alloc(32, 'the demo of a test');
const now = '2026-11-22T12:00:00.000Z';
let database: FreshDatabase;
let owner: Sql;
let db: Sql;

beforeAll(async () => {
	database = await freshDatabase();
	owner = openDb({ url: database.ownerUrl, role: 'san_owner', max: 2 });
	db = openDb({ url: database.appUrl, role: 'san_app', max: 2 });
	await seed();
}, 180_000);

afterAll(async () => {
	await Promise.all([owner.end(), db.end()]);
	await database.drop();
	rmSync(dataDir, { recursive: true, force: true });
});

const seed = () => seedDemo({ ownerUrl: database.ownerUrl, dataDir, log: () => undefined, now, masterKey });

/** Looks behind the scenes: what lies in the tables, whoever may see it. */
const rows = async <T extends object>(text: string): Promise<T[]> =>
	transaction(owner, 'system:test', async (tx) => [...(await tx.unsafe<T[]>(text))]);

test('TG-15.1 the catalogue holds at least 240 goods of more than 12 sellers, each with pictures that are there', async () => {
	const all = [];
	for (let page = 1; page <= 5; page++)
		all.push(...(await listPublicListings(db, { page, perPage: 60 })).items);
	expect(all.length).toBeGreaterThanOrEqual(240);
	expect(new Set(all.map((l) => l.seller.id)).size).toBeGreaterThan(12);
	const files = openDiskStore(dataDir);
	for (const listing of all.slice(0, 20)) {
		const [, , id] = (listing.photos[0]?.thumb ?? '').split('/');
		expect(await openPublic(db, files, id ?? '', 'thumb'), listing.title).toMatchObject({ state: 'live' });
	}
});

test('TG-15.1 nothing that waits for a decision is in the public feed', async () => {
	const public_ = await rows<{ state: string }>(`
		select distinct l.state from sync_feed f join listings l on l.id::text = f.doc_id
		where f.collection = 'listings' and f.audience = 'public' and f.doc is not null order by 1`);
	expect(public_.map((r) => r.state)).toEqual(['approved', 'resubmitted']);
});

test('TG-10.2b the queue holds at least 25 cases in every department, three of them past their term', async () => {
	const open = await rows<{ agency: string; late: boolean; counted: boolean }>(`
		select agency_id as agency, due_at <= '${now}' as late,
			exists (select from sla_breaches b where b.case_id = c.id) as counted
		from cases c where state = 'open'`);
	expect(open.length).toBeGreaterThanOrEqual(25);
	expect(new Set(open.map((c) => c.agency)).size).toBe(5);
	expect(open.filter((c) => c.late)).toHaveLength(3);
	// TG-10.3b: the ledger and the clock agree about every one.
	expect(open.filter((c) => c.late !== c.counted)).toEqual([]);
});

test('TG-11.4 orders stand in every state a stored order can have', async () => {
	const states = await rows<{ state: string }>('select distinct state from orders order by state');
	expect(states.map((r) => r.state)).toEqual([
		'awaiting_confirmation',
		'awaiting_pickup',
		'cancelled',
		'delivered',
		'failed',
		'in_delivery'
	]);
});

test('TG-3.4a: proposals wait, are accepted and are done', async () => {
	const states = await rows<{ state: string }>('select state from proposals order by state');
	expect(states.map((r) => r.state)).toEqual(['accepted', 'done', 'sent']);
});

test('TG-10.3a: needs of two sectors stand on the board, one is returned and one waits; the board names no buyer', async () => {
	const states = await rows<{ state: string; n: number }>(
		'select state, count(*)::int as n from needs group by state order by state'
	);
	expect(states).toEqual([
		{ state: 'approved', n: 3 },
		{ state: 'returned', n: 1 },
		{ state: 'submitted', n: 1 }
	]);
	const board = await rows<{ doc: { sectorId: string } }>(`
		select doc from sync_feed where collection = 'needs' and audience = 'public' and doc is not null`);
	expect(new Set(board.map(({ doc }) => doc.sectorId)).size).toBe(2);
	const lan = await rows<{ offers: number }>(`
		select jsonb_array_length(doc -> 'offers') as offers from sync_feed
		where collection = 'needs' and audience = 'user:${people.chilan.id}' and doc is not null`);
	expect(lan).toEqual([{ offers: 2 }]);
});

test('TG-16.2 no buyer can be read from orders, feed, command log or audit', async () => {
	const [found] = await rows<{ n: number }>(`
		select count(*)::int as n from (
			select o::text as line from orders o
			union all select doc::text from sync_feed where doc is not null
			union all select c::text from command_log c
			union all select a::text from audit_log a
			union all select p::text from account_profiles p
		) t where line like '%${people.chilan.phone}%' or line like '%${people.chilan.name}%'`);
	expect(found?.n).toBe(0);
});

test('every receipt, decision and step lies in the past', async () => {
	const [latest] = await rows<{ at: string }>(`
		select max(at) as at from (select at from audit_log union all select received_at from command_log) t`);
	expect(Date.parse(latest?.at ?? '')).toBeLessThanOrEqual(Date.parse(now));
});

test('everybody signs in with the demo password, staff with the demo code besides', async () => {
	const auth = openDb({ url: database.appUrl, role: 'san_auth', max: 1 });
	for (const person of [people.batu, people.chilan, people.anhminh, people.quantri]) {
		const done = await signIn(auth, {
			name: person.userName,
			password: demoPassword,
			...anywhere(now)
		});
		const step = needsSecondFactor(person.roles) ? 'second_factor' : 'done';
		expect(done, person.name).toMatchObject({ ok: true, value: { step } });
	}
	await auth.end();
});

test('a second seed changes nothing', async () => {
	const count = () => rows<{ n: number }>('select (select count(*) from audit_log)::int as n');
	const before = await count();
	const { signIns } = await seed();
	expect(signIns.map((s) => s.userName)).toContain('batu');
	expect(await count()).toEqual(before);
});
