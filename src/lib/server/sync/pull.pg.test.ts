import { randomBytes, randomUUID } from 'node:crypto';
import postgres from 'postgres';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import type { Actor } from '$lib/domain/accounts/permissions.ts';
import { createPersonKey, destroyPersonKey, seal, useMasterKey } from '$lib/server/accounts/sealing.ts';
import { openDb, transaction, type Sql } from '$lib/server/db/pool.ts';
import type { Audience, CollectionName } from '$lib/sync/protocol/collections.ts';
import { protocolVersion } from '$lib/sync/protocol/version.ts';
import type { FeedRow, Poke, Position, PullPage } from '$lib/sync/protocol/wire.ts';
import { freshDatabase, type FreshDatabase } from '../../../../tests/world/database.ts';
import { createHub } from './hub.ts';
import { startPoker } from './poker.ts';
import { publish } from './publish.ts';
import { pull } from './pull.ts';
import { compactFeed } from './queries.ts';
import type { Caller } from './session.ts';
import { write } from './write.ts';

const now = '2026-11-23T02:00:00.000Z';
let database: FreshDatabase;
let db: Sql;

beforeAll(async () => {
	useMasterKey(randomBytes(32));
	database = await freshDatabase();
	db = openDb({ url: database.appUrl, role: 'san_app', max: 20 });
});

afterAll(async () => {
	await db.end();
	await database.drop();
});

const anhMinh = (posts: Actor['posts']): Actor => ({
	id: '11111111-1111-4111-8111-111111111111',
	name: 'Lê Quang Minh',
	roles: ['officer'],
	posts,
	businessId: null
});

const as = (actor: Actor): Caller => ({ kind: 'actor', actor, sessionId: 's' });

const everywhere: Poke = { audience: '*', collections: [] };
const at = (version: number): Position => ({ version, id: '' });

type Positions = Readonly<Record<string, Position>>;
async function page(
	actor: Actor,
	positions: Positions,
	limit = 100,
	collection: CollectionName = 'notifications'
): Promise<PullPage> {
	const answer = await pull(
		db,
		as(actor),
		{ protocol: protocolVersion, actorId: actor.id, collection, positions, limit },
		now
	);
	if (answer.outcome !== 'page') throw new Error(answer.outcome);
	return answer;
}

const note = (id: string) => ({
	id,
	kind: 'order_new' as const,
	subjectId: id,
	facts: {},
	at: now,
	readAt: null
});

const publishNote = (audience: Audience, id: string = randomUUID()) =>
	write(db, { actorId: 'system:test', now }, (ctx) =>
		publish(ctx, 'notifications', id, async () => [{ audience, doc: note(id) }])
	).then(() => id);

const user = (id = randomUUID()): Actor => ({ ...anhMinh([]), id });

test('sync 7: a pull brings every committed row once, page by page, and then nothing', async () => {
	const actor = user();
	const ids: string[] = [];
	for (let i = 0; i < 25; i++) ids.push(await publishNote(`user:${actor.id}`));
	const seen: string[] = [];
	let positions: Positions = {};
	let more = true;
	while (more) {
		const answer = await page(actor, positions, 10);
		seen.push(...answer.rows.map((row) => row.id));
		({ positions, more } = answer);
	}
	expect(seen.toSorted()).toEqual(ids.toSorted());
	expect((await page(actor, positions)).rows).toEqual([]);
});

test('sync 7: a transaction that commits late is not skipped', async () => {
	const actor = user();
	const audience: Audience = `user:${actor.id}`;
	const late = randomUUID();
	let release = () => {};
	const held = new Promise<void>((resolve) => (release = resolve));
	let written = () => {};
	const begun = new Promise<void>((resolve) => (written = resolve));
	const slow = write(db, { actorId: 'system:test', now }, async (ctx) => {
		await publish(ctx, 'notifications', late, async () => [{ audience, doc: note(late) }]);
		written();
		await held;
	});
	await begun;
	const early = await publishNote(audience);
	const during = await page(actor, {});
	expect(during.rows).toEqual([]);
	release();
	await slow;
	const after = await page(actor, during.positions);
	expect(after.rows.map((row) => row.id).toSorted()).toEqual([late, early].toSorted());
});

test('sync 7: eight writers with waits, aborts and long transactions against a reader: 0 skipped', async () => {
	const actor = user();
	const audience: Audience = `user:${actor.id}`;
	const committed = new Set<string>();
	let writing = true;
	let seed = 7;
	const random = () => (seed = (seed * 16807) % 2147483647) / 2147483647;
	const writer = async () => {
		for (let i = 0; i < 40; i++) {
			const id = randomUUID();
			const abort = random() < 0.15;
			await write(db, { actorId: 'system:test', now }, async (ctx) => {
				await publish(ctx, 'notifications', id, async () => [{ audience, doc: note(id) }]);
				await new Promise((resolve) => setTimeout(resolve, random() < 0.05 ? 60 : random() * 4));
				if (abort) throw new Error('abort');
			}).then(
				() => committed.add(id),
				() => undefined
			);
		}
	};
	const seen = new Set<string>();
	let positions: Positions = {};
	const read = async () => {
		const answer = await page(actor, positions, 17);
		positions = answer.positions;
		for (const row of answer.rows) seen.add(row.id);
		return answer;
	};
	const reader = (async () => {
		while (writing) await read();
	})();
	await Promise.all(Array.from({ length: 8 }, writer));
	writing = false;
	await reader;
	while ((await read()).more);
	expect(committed.size).toBeGreaterThan(200);
	expect([...committed].filter((id) => !seen.has(id))).toEqual([]);
	expect([...seen].filter((id) => !committed.has(id))).toEqual([]);
});

test('sync 8: a new audience starts at zero and a lost one is no longer answered', async () => {
	const before = anhMinh([{ agencyId: 'so-nnmt', role: 'officer' }]);
	const both = anhMinh([...before.posts, { agencyId: 'so-y-te', role: 'officer' }]);
	const first = await page(before, {}, 100, 'cases');
	expect(Object.keys(first.positions)).toEqual(['agency:so-nnmt']);
	const gained = await page(both, first.positions, 100, 'cases');
	expect(gained.positions['agency:so-y-te']).toMatchObject({ version: 0, id: '' });
	const lost = await page(anhMinh([]), gained.positions, 100, 'cases');
	expect(lost).toMatchObject({ positions: {}, rows: [], more: false });
});

test('sync 8: a collection is asked for the audiences it speaks to, and for no other', async () => {
	const minh = anhMinh([{ agencyId: 'so-nnmt', role: 'officer' }]);
	const user = `user:${minh.id}`;
	const asked = { ...{ public: at(9), [user]: at(9) }, 'agency:so-nnmt': at(9), 'role:officer': at(9) };
	const answered = async (collection: CollectionName) =>
		Object.keys((await page(minh, asked, 100, collection)).positions);
	expect(await answered('listings')).toEqual(['public']);
	expect(await answered('orders')).toEqual([user]);
	expect(await answered('cases')).toEqual(['agency:so-nnmt']);
	expect(await answered('needs')).toEqual(['public', user]);
});

test('sync 8: a projection with an unknown key, or for an audience without one, throws and writes nothing', async () => {
	const id = randomUUID();
	const leak = { ...note(id), phone: '0912345678' };
	await expect(
		write(db, { actorId: 'system:test', now }, (ctx) =>
			publish(ctx, 'notifications', id, async () => [{ audience: 'user:x', doc: leak }])
		)
	).rejects.toThrow(/unrecognized/i);
	await expect(publishNote('public')).rejects.toThrow(/no projection/);
	const rows = await db<FeedRow[]>`select * from sync_feed where doc_id = ${id}`;
	expect(rows).toHaveLength(0);
});

test('sync 8: an audience that is no longer due gets a tombstone', async () => {
	const old = user();
	const fresh = user();
	const id = await publishNote(`user:${old.id}`);
	const seen = await page(old, {});
	expect(seen.rows).toHaveLength(1);
	await publishNote(`user:${fresh.id}`, id);
	const after = await page(old, seen.positions);
	expect(after.rows).toMatchObject([{ id, doc: null }]);
	expect((await page(fresh, {})).rows).toMatchObject([{ id, doc: { id } }]);
});

/** What the night job does, on one day and again ten weeks later: tombstones of before the first day go. */
let year = 2030;
async function compactLater(): Promise<number> {
	const clean = (at: string) => transaction(db, 'system:retention', (tx) => compactFeed(tx, at, '60 days'));
	year += 1;
	await clean(`${year}-01-01T00:00:00Z`);
	return clean(`${year}-03-15T00:00:00Z`);
}
const gone = (id: string) =>
	transaction(
		db,
		'system:test',
		(tx) => tx`select feed_publish('notifications', ${id}, array[]::text[], array[]::jsonb[])`
	);

test('sync 9: whoever missed a tombstone that was taken away reads the audience again, others do not', async () => {
	const minh = user();
	const own: Audience = `user:${minh.id}`;
	const stays = await publishNote(own);
	const goes = await publishNote(own);
	const away = await page(minh, {});
	expect(away.again).toEqual([]);
	await gone(goes);
	const present = await page(minh, away.positions);
	expect(present.rows).toMatchObject([{ id: goes, doc: null }]);

	expect(await compactLater()).toBeGreaterThan(0);
	const back = await page(minh, away.positions);
	expect(back.again).toEqual([own]);
	expect(back.rows.map((row) => row.id)).toEqual([stays]);
	expect(await page(minh, back.positions)).toMatchObject({ again: [], rows: [] });
	expect(await page(minh, present.positions)).toMatchObject({ again: [], rows: [] });
	expect(await page(minh, {})).toMatchObject({ again: [], rows: [{ id: stays }] });
});

test('sync 9: so does whoever stands among what came back with a restore', async () => {
	const minh = user();
	const own: Audience = `user:${minh.id}`;
	const stays = await publishNote(own);
	const goes = await publishNote(own);
	// A new epoch: everything there is stands before everything that will be.
	const owner = openDb({ url: database.ownerUrl, role: 'san_owner', max: 1 });
	await owner`update sync_feed set version = 0 where audience = ${own}`;
	await owner.end();
	const away = await page(minh, {});
	expect(away.positions[own]).toMatchObject({ version: 0 });
	await gone(goes);
	await compactLater();
	expect(await page(minh, away.positions)).toMatchObject({ again: [own], rows: [{ id: stays }] });
	expect(await page(minh, {})).toMatchObject({ again: [], rows: [{ id: stays }] });
});

test('sync 9: reading again in small pages begins once and comes to its end', async () => {
	const minh = user();
	const ids: string[] = [];
	for (let n = 0; n < 5; n++) ids.push(await publishNote(`user:${minh.id}`));
	const away = await page(minh, {});
	await gone(ids[4] ?? '');
	await compactLater();
	const seen: string[] = [];
	const begun: number[] = [];
	let positions = away.positions;
	for (let n = 1; n <= 10; n++) {
		const next = await page(minh, positions, 1);
		if (next.again?.length) begun.push(n);
		seen.push(...next.rows.map((row) => row.id));
		positions = next.positions;
		if (!next.more) break;
	}
	expect(begun).toEqual([1]);
	expect(seen).toEqual(ids.slice(0, 4));
});

test('LAW-data-subject the feed holds contact details sealed, the pull opens them, and a destroyed key erases them', async () => {
	const lan = user();
	await transaction(db, lan.id, async (tx) => {
		await tx`insert into accounts (id) values (${lan.id})`;
		await createPersonKey(tx, lan.id);
	});
	const contact = { name: 'Trần Ngọc Lan', phone: '0912345678', address: 'Ấp 3', wardCode: '' };
	const id = randomUUID();
	await write(db, { actorId: lan.id, now }, async (ctx) => {
		const sealed = await seal(ctx.tx, lan.id, JSON.stringify(contact));
		await publish(ctx, 'orders', id, async () => [
			{ audience: `user:${lan.id}`, doc: order(id, lan.id, sealed) }
		]);
	});
	const [stored] = await db<{ text: string }[]>`select doc::text as text from sync_feed where doc_id = ${id}`;
	expect(stored?.text).not.toContain('0912345678');
	const ask = {
		protocol: protocolVersion,
		actorId: lan.id,
		collection: 'orders' as const,
		positions: {},
		limit: 10
	};
	const opened = await pull(db, as(lan), ask, now);
	expect(opened).toMatchObject({ rows: [{ doc: { contact, note: null } }] });
	await transaction(db, lan.id, (tx) => destroyPersonKey(tx, lan.id, now));
	expect(await pull(db, as(lan), ask, now)).toMatchObject({ rows: [{ doc: { contact: null } }] });
});

test('sync 11: a poke comes after commit, once the horizon has passed, with no data in it', async () => {
	const [here, elsewhere] = [createHub(() => 0), createHub(() => 0)];
	const pokers = [await startPoker(db, elsewhere), await startPoker(db, here)];
	try {
		const actor = user();
		const heard: object[] = [];
		here.subscribe([`user:${actor.id}`], null, { send: (poke) => heard.push(poke), end: () => {} });
		// Of another process: it hears by NOTIFY, after the one that wrote.
		const last = new Promise<object>((resolve) =>
			elsewhere.subscribe([`user:${actor.id}`], null, { send: resolve, end: () => {} })
		);
		await publishNote(`user:${actor.id}`);
		const poke = { audience: `user:${actor.id}`, collections: ['notifications'] };
		expect(await last).toEqual(poke);
		expect(heard).toEqual([poke]);
		expect((await page(actor, {})).rows).toHaveLength(1);
	} finally {
		for (const poker of pokers) await poker.stop();
	}
});

/** A transaction that has begun to write and ends when it is told to. */
async function holdTransaction(): Promise<{ end(): Promise<void> }> {
	let letGo: () => void = () => undefined;
	const told = new Promise<void>((resolve) => (letGo = resolve));
	let begun: () => void = () => undefined;
	const writes = new Promise<void>((resolve) => (begun = resolve));
	const held = transaction(db, 'system:test', async (tx) => {
		await tx`select pg_current_xact_id()`;
		begun();
		await told;
	});
	await writes;
	return {
		async end() {
			letGo();
			await held;
		}
	};
}

test('sync 11: no poke comes while a transaction that began before is under way, and it comes when that ends', async () => {
	const [here, elsewhere] = [createHub(() => 0), createHub(() => 0)];
	const pokers = [await startPoker(db, elsewhere), await startPoker(db, here)];
	const slow = await holdTransaction();
	try {
		const actor = user();
		const heard: object[] = [];
		for (const hub of [here, elsewhere])
			hub.subscribe([`user:${actor.id}`], null, { send: (poke) => heard.push(poke), end: () => {} });
		const id = await publishNote(`user:${actor.id}`);
		// The poker has looked several times by then, and a device that asked would have found nothing.
		await new Promise((resolve) => setTimeout(resolve, 500));
		expect(heard).toEqual([]);
		expect((await page(actor, {})).rows).toEqual([]);
		await slow.end();
		const poke = { audience: `user:${actor.id}`, collections: ['notifications'] };
		await expect.poll(() => heard, { timeout: 10_000 }).toEqual([poke, poke]);
		expect((await page(actor, {})).rows.map((row) => row.id)).toEqual([id]);
	} finally {
		await slow.end();
		for (const poker of pokers) await poker.stop();
	}
});

/** What this database's processes tell each other, as somebody hears it who is none of them. */
async function overhear(): Promise<{
	told: { at: number; pokes: readonly Poke[] }[];
	stop(): Promise<void>;
}> {
	const ear = postgres(database.appUrl, { max: 1 });
	const told: { at: number; pokes: readonly Poke[] }[] = [];
	await ear.listen('san_pokes', (payload) => {
		const said: { pokes: readonly Poke[] } = JSON.parse(payload);
		told.push({ at: performance.now(), pokes: said.pokes });
	});
	return { told, stop: () => ear.end() };
}

test('sync 11: fifty commits that wait for one transaction are told in few messages, each audience once', async () => {
	const poker = await startPoker(
		db,
		createHub(() => 0)
	);
	const ear = await overhear();
	const slow = await holdTransaction();
	try {
		const audiences = Array.from({ length: 25 }, (): Audience => `user:${randomUUID()}`);
		await Promise.all([...audiences, ...audiences].map((audience) => publishNote(audience)));
		expect(ear.told).toEqual([]);
		await slow.end();
		const heard = () => ear.told.flatMap(({ pokes }) => pokes.map(({ audience }) => audience));
		await expect.poll(() => heard().toSorted(), { timeout: 10_000 }).toEqual(audiences.toSorted());
		// Transactions of other databases may hold the horizon between two of them for a moment.
		expect(ear.told.length).toBeLessThanOrEqual(5);
	} finally {
		await slow.end();
		await ear.stop();
		await poker.stop();
	}
});

test('sync 11: commits that follow each other make a message every 25 ms at most', async () => {
	const poker = await startPoker(
		db,
		createHub(() => 0)
	);
	const ear = await overhear();
	try {
		const audience: Audience = `user:${randomUUID()}`;
		const last: Audience = `user:${randomUUID()}`;
		const begun = performance.now();
		for (let count = 0; count < 50; count += 1) await publishNote(audience);
		await publishNote(last);
		const heard = () => ear.told.flatMap(({ pokes }) => pokes.map((poke) => poke.audience));
		await expect.poll(heard, { timeout: 10_000 }).toContain(last);
		expect(heard()).toContain(audience);
		const ms = (ear.told.at(-1)?.at ?? begun) - begun;
		expect(ear.told.length).toBeLessThanOrEqual(1 + Math.ceil(ms / 24));
	} finally {
		await ear.stop();
		await poker.stop();
	}
});

test('sync 11: however often the line to the database is cut, everybody is told to look everywhere, and pokes come', async () => {
	const admin = postgres(inject('cluster').adminUrl, { max: 1 });
	const name = new URL(database.appUrl).pathname.slice(1);
	const hub = createHub(() => 0);
	const heard: Poke[] = [];
	hub.subscribe(['user:a'], null, { send: (poke) => heard.push(poke), end: () => {} });
	const poker = await startPoker(db, hub);
	const elsewhere = await startPoker(db, createHub());
	const cutAll = () => admin`
		select pg_terminate_backend(pid) from pg_stat_activity where datname = ${name} and query ilike 'listen%'`;
	try {
		expect(heard.splice(0)).toEqual([everywhere]);
		for (const away of [false, true, false, true]) {
			if (away) await admin.unsafe(`alter database ${name} allow_connections false`);
			expect(await cutAll()).toHaveLength(2);
			// It has knocked in vain by then.
			if (away) await new Promise((resolve) => setTimeout(resolve, 400));
			expect(heard).toEqual([]);
			if (away) await admin.unsafe(`alter database ${name} allow_connections true`);
			await expect.poll(() => heard.splice(0), { timeout: 20_000 }).toEqual([everywhere]);
		}
		elsewhere.poke({ version: 1, audiences: new Map([['user:a', new Set(['orders'])]]), news: new Set() });
		await expect.poll(() => heard).toContainEqual({ audience: 'user:a', collections: ['orders'] });
	} finally {
		await admin.unsafe(`alter database ${name} allow_connections true`);
		await elsewhere.stop();
		await poker.stop();
		await admin.end();
	}
});

test('sync 11: more audiences than a message of Postgres holds become "look everywhere"', async () => {
	const elsewhere = createHub(() => 0);
	const [poker, other] = [await startPoker(db, createHub()), await startPoker(db, elsewhere)];
	try {
		await new Promise((resolve) => setTimeout(resolve, 50));
		const heard = new Promise<object>((resolve) =>
			elsewhere.subscribe(['user:a'], null, { send: resolve, end: () => {} })
		);
		const many = Array.from({ length: 200 }, (): Audience => `user:${randomUUID()}`);
		poker.poke({
			version: 1,
			audiences: new Map(many.map((a) => [a, new Set(['orders' as const])])),
			news: new Set()
		});
		expect(await heard).toEqual(everywhere);
	} finally {
		await poker.stop();
		await other.stop();
	}
});

test('sync 11: a device hears pokes of its own audiences alone', async () => {
	const hub = createHub(() => 0);
	const heard: string[] = [];
	hub.subscribe(['user:a'], null, { send: (poke) => heard.push(poke.audience), end: () => {} });
	hub.deliver([
		{ audience: 'user:b', collections: [] },
		{ audience: 'user:a', collections: [] }
	]);
	expect(heard).toEqual(['user:a']);
});

function order(id: string, buyerId: string, sealed: string) {
	return {
		id,
		code: 'DH-18-01',
		state: 'awaiting_confirmation' as const,
		rev: 1,
		listing: { id: randomUUID(), title: 'Sầu riêng Ri6', unit: 'kg', thumb: null },
		quantity: 10,
		unitPrice: 85_000,
		total: 850_000,
		buyer: { id: buyerId },
		contact: sealed,
		seller: { id: randomUUID(), accountId: randomUUID(), name: 'Vườn bà Tư', phone: '0273000000' },
		payment: 'tien-mat',
		shipping: 'chanh-xe',
		carrier: '',
		trackingCode: '',
		shippingFee: null,
		note: null,
		timeline: [],
		placedAt: now,
		updatedAt: now
	};
}
