import PgBoss from 'pg-boss';
import postgres from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshDatabase, type FreshDatabase } from '../../../../tests/world/database.ts';
import { isMigrated, migrate, readMigrations, type Migration } from './migrate.ts';
import { openDb, urlWithRole, type Queryable, type Sql } from './pool.ts';

let database: FreshDatabase;
let app: Sql;
let admin: postgres.Sql;

beforeAll(async () => {
	database = await freshDatabase();
	app = openDb({ url: database.appUrl, role: 'san_app' });
	admin = postgres(database.adminUrl, { max: 1 });
});
afterAll(async () => {
	await Promise.all([app.end(), admin.end()]);
	await database.drop();
});

const step = (name: string, sql: string): Migration => ({ name, sql, checksum: `sum of ${sql}` });

test('a fresh database has every step and the queues', async () => {
	expect(await isMigrated(app, readMigrations())).toBe(true);
	const queues = await app<{ name: string }[]>`select name from pgboss.queue`;
	expect(queues.map((queue) => queue.name)).toContain('sla-watch');
});

test('no two steps have one number, or their order would hang on their names', () => {
	const numbers = readMigrations().map(({ name }) => name.slice(0, 4));
	// Two pairs went out with one number each, and a step that has run keeps its name.
	expect(numbers.filter((number, at) => numbers.indexOf(number) !== at)).toEqual(['0008', '0012']);
});

test('a step that has not run yet makes the database not migrated', async () => {
	expect(await isMigrated(app, [...readMigrations(), step('9999-later.sql', 'select 1')])).toBe(false);
});

test('migrating again applies nothing, and a new step alone', async () => {
	expect((await migrate({ ownerUrl: database.ownerUrl })).applied).toEqual([]);
	const more = [...readMigrations(), step('9000-toy.sql', 'create table toy (id int)')];
	expect((await migrate({ ownerUrl: database.ownerUrl, migrations: more })).applied).toEqual([
		'9000-toy.sql'
	]);
});

test('a step that fails leaves nothing of itself behind and says where', async () => {
	const bad = [...readMigrations(), step('9001-bad.sql', 'create table half (id int);\nselect nothing_here')];
	await expect(migrate({ ownerUrl: database.ownerUrl, migrations: bad })).rejects.toThrow(
		/9001-bad\.sql.*dòng 2/s
	);
	const [half] = await app`select to_regclass('half') as name`;
	expect(half?.name).toBeNull();
});

test('a step that was changed after it ran is refused', async () => {
	const [first, ...rest] = readMigrations();
	const changed = first ? [{ ...first, checksum: 'other' }, ...rest] : [];
	await expect(migrate({ ownerUrl: database.ownerUrl, migrations: changed })).rejects.toThrow(first?.name);
});

test('two processes that migrate at once apply a step once', async () => {
	const more = [...readMigrations(), step('9002-once.sql', 'create table once (id int)')];
	const run = () => migrate({ ownerUrl: database.ownerUrl, migrations: more });
	const applied = (await Promise.all([run(), run()])).flatMap((result) => result.applied);
	expect(applied).toEqual(['9002-once.sql']);
});

const alone = (statement: string) => `-- Alone, outside a transaction: for the test.\n${statement};\n`;

test('statements that stand alone run beside writers, and two processes that come at once do not wait for each other', async () => {
	const begin = 'create table alone (id int);\n';
	const index = alone('create index concurrently accounts_alone on accounts (id)');
	const more = [...readMigrations(), step('9003-alone.sql', begin + index)];
	const write = (sql: Queryable) => sql`insert into accounts (id) values (gen_random_uuid())`;
	let letGo: () => void = () => undefined;
	const held = new Promise<void>((resolve) => (letGo = resolve));
	const writer = app.begin(async (tx) => {
		await write(tx);
		await held;
	});
	const run = () => migrate({ ownerUrl: database.ownerUrl, migrations: more });
	const both = Promise.all([run(), run()]);
	const waiting = async () => {
		const rows = await admin`
			select from pg_stat_activity where query ilike '%create index concurrently%' and wait_event_type = 'Lock'`;
		return rows.length;
	};
	await expect.poll(waiting).toBe(1);
	// Behind a plain `create index` that waits, every writer would wait too.
	await write(app);
	letGo();
	await writer;
	expect((await both).flatMap((result) => result.applied)).toEqual(['9003-alone.sql']);
	const [made] =
		await app`select indisvalid as valid from pg_index where indexrelid = 'accounts_alone'::regclass`;
	expect(made).toEqual({ valid: true });
});

test('a step that was cut among its statements that stand alone is not done, says where, and is run again as a whole', async () => {
	const begin = 'create table if not exists cut (id int);\n';
	const made = alone('create index concurrently if not exists cut_alone on cut (id)');
	const name = '9004-cut.sql';
	const wrong = [...readMigrations(), step(name, begin + made + alone('select nothing_here'))];
	await expect(migrate({ ownerUrl: database.ownerUrl, migrations: wrong })).rejects.toThrow(
		/9004-cut\.sql.*dòng 5/s
	);
	expect(await isMigrated(app, wrong)).toBe(false);
	const mended = [...readMigrations(), step(name, begin + made)];
	expect((await migrate({ ownerUrl: database.ownerUrl, migrations: mended })).applied).toEqual([name]);
	expect(await isMigrated(app, mended)).toBe(true);
});

test('the app owns nothing and cannot change the structure', async () => {
	const owned = await app`
		select c.relname from pg_class c join pg_roles r on r.oid = c.relowner
		where r.rolname in ('san_app', 'san_auth', 'san_login')`;
	expect(owned).toEqual([]);
	await expect(app`create table mine (id int)`).rejects.toThrow(/permission denied/);
	await expect(app`set role san_owner`).rejects.toThrow(/permission denied/);
});

test('the app may send and work jobs on queues it could not make', async () => {
	const boss = new PgBoss({
		connectionString: urlWithRole(database.appUrl, 'san_app'),
		schema: 'pgboss',
		migrate: false,
		schedule: false,
		supervise: false
	});
	await boss.start();
	try {
		const id = await boss.send('sla-watch', { some: 'thing' });
		const [job] = await boss.fetch<{ some: string }>('sla-watch');
		expect(job).toMatchObject({ id, data: { some: 'thing' } });
		await boss.complete('sla-watch', id ?? '');
		await boss.maintain();
		await expect(boss.createQueue('not-mine')).rejects.toThrow(/permission denied/);
	} finally {
		await boss.stop({ graceful: false });
	}
});

test('values arrive as documented', async () => {
	const [row] = await app`select
		timestamptz '2026-11-22 18:00:00.123+07' as at, date '2026-11-24' as day, 12.5::numeric as amount,
		9007199254740991::int8 as big, pg_current_xact_id() as xid, '{"a":[1]}'::jsonb as doc, array['x','y'] as list`;
	expect(row).toMatchObject({
		at: '2026-11-22T11:00:00.123Z',
		day: '2026-11-24',
		amount: 12.5,
		big: 9007199254740991,
		xid: expect.any(Number),
		doc: { a: [1] },
		list: ['x', 'y']
	});
	const instant = '2026-11-22T11:00:00.123Z';
	const [back] = await app`select ${instant}::timestamptz as text, ${new Date(instant)}::timestamptz as date,
		${['2026-11-24']}::date[] as days, ${app.json({ b: 2 })}::jsonb as doc`;
	expect(back).toEqual({ text: instant, date: instant, days: ['2026-11-24'], doc: { b: 2 } });
});
