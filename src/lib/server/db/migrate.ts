import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import PgBoss from 'pg-boss';
import postgres from 'postgres';
import { openDb, urlWithRole, type Queryable, type Sql } from './pool.ts';
import { queueNames, queueSchema } from './queues.ts';
import { createRolesSql, roles } from './roles.ts';

export type Migration = { readonly name: string; readonly checksum: string; readonly sql: string };
export type MigrateResult = { readonly applied: readonly string[]; readonly total: number };

const lockKey = 5_342_001;

/**
 * Before a statement that runs by itself after the others, as `create index concurrently` has to. A step with one is run again
 * from its beginning where it was cut, and must stand that.
 */
const aloneMark = /^(?=-- Alone, outside a transaction\b)/m;
const turnEveryMs = 50;

/** The steps on disk in order: `migrations/0001-name.sql`, `0002-…`. Forward only. */
export function readMigrations(directory: string = path.resolve('migrations')): Migration[] {
	if (!fs.existsSync(directory)) return [];
	return fs
		.readdirSync(directory)
		.filter((name) => name.endsWith('.sql'))
		.sort()
		.map((name) => {
			const sql = fs.readFileSync(path.join(directory, name), 'utf8');
			return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
		});
}

/**
 * Brings the database to the newest step: each file in a transaction of its own (save what a step says runs alone), as
 * `san_owner`, under one advisory lock, so that several processes may start at once. A step that was changed after it ran stops everything.
 */
export async function migrate(options: {
	ownerUrl: string;
	migrations?: readonly Migration[];
}): Promise<MigrateResult> {
	const migrations = options.migrations ?? readMigrations();
	await ensureRoles(options.ownerUrl);
	// One connection: the session holds the lock.
	const sql = openDb({ url: options.ownerUrl, role: roles.owner, max: 1, name: 'san-migrate' });
	try {
		await takeTurn(sql);
		await sql`create table if not exists schema_migration (
			name text primary key, checksum text not null, applied_at timestamptz not null default now()
		)`;
		await sql.unsafe(`grant select on schema_migration to ${roles.app}`);
		const done = new Map((await appliedSteps(sql)).map((step) => [step.name, step.checksum]));
		refuseChanged(migrations, done);
		const applied: string[] = [];
		for (const step of migrations) {
			if (done.has(step.name)) continue;
			await apply(sql, step);
			applied.push(step.name);
		}
		await makeQueues(options.ownerUrl);
		await grantQueues(sql);
		return { applied, total: migrations.length };
	} finally {
		await sql.end();
	}
}

/** True when every step on disk has run, unchanged. Asked by `/readyz`. */
export async function isMigrated(sql: Queryable, migrations: readonly Migration[]): Promise<boolean> {
	const [found] = await sql<
		{ there: boolean }[]
	>`select to_regclass('schema_migration') is not null as there`;
	if (!found?.there) return false;
	const done = new Map((await appliedSteps(sql)).map((step) => [step.name, step.checksum]));
	return migrations.every((step) => done.get(step.name) === step.checksum);
}

const appliedSteps = (sql: Queryable) =>
	sql<{ name: string; checksum: string }[]>`select name, checksum from schema_migration order by name`;

function refuseChanged(migrations: readonly Migration[], done: ReadonlyMap<string, string>): void {
	const changed = migrations.filter((step) => done.has(step.name) && done.get(step.name) !== step.checksum);
	if (changed.length > 0)
		throw new Error(
			`Bước cập nhật đã chạy nay bị sửa: ${changed.map((step) => step.name).join(', ')}. ` +
				'Trả tệp về như cũ và viết thay đổi thành bước mới. Khi đang phát triển: `npm run san -- reset --yes`.'
		);
}

/** Asks again and again: whoever waits for the lock inside a statement holds a snapshot, for whose end an index made concurrently waits. */
async function takeTurn(sql: Sql): Promise<void> {
	for (;;) {
		const [row] = await sql<{ mine: boolean }[]>`select pg_try_advisory_lock(${lockKey}) as mine`;
		if (row?.mine) return;
		await new Promise((resolve) => setTimeout(resolve, turnEveryMs));
	}
}

/** What of a step runs at once, and where in the step it begins. */
type Part = { readonly sql: string; readonly from: number };

function partsOf(step: Migration): { together: Part; alone: Part[] } {
	let from = 0;
	const [together = { sql: '', from }, ...alone] = step.sql.split(aloneMark).map((sql): Part => {
		const part = { sql, from };
		from += sql.length;
		return part;
	});
	return { together, alone };
}

async function apply(sql: Sql, step: Migration): Promise<void> {
	const { together, alone } = partsOf(step);
	let part = together;
	const record = (db: Queryable) =>
		db`insert into schema_migration ${db({ name: step.name, checksum: step.checksum })}`;
	try {
		await sql.begin(async (tx) => {
			await tx.unsafe(together.sql);
			if (alone.length === 0) await record(tx);
		});
		for (part of alone) await sql.unsafe(part.sql);
		if (alone.length > 0) await record(sql);
	} catch (error) {
		throw new Error(
			`Bước ${step.name} thất bại: ${error instanceof Error ? error.message : error}${where(error, step, part)}`,
			{
				cause: error
			}
		);
	}
}

function where(error: unknown, step: Migration, { from }: Part): string {
	if (!(error instanceof postgres.PostgresError) || !error.position) return '';
	const line = step.sql.slice(0, from + Number(error.position)).split('\n').length;
	return ` (dòng ${line})`;
}

/** Embedded: already there. Elsewhere the login needs CREATEROLE, or somebody makes the three roles beforehand. */
async function ensureRoles(ownerUrl: string): Promise<void> {
	const sql = postgres(ownerUrl, { max: 1, onnotice: () => undefined });
	try {
		const [ready] = await sql<{ ready: boolean }[]>`
			select count(*) = 3 and bool_and(pg_has_role(current_user, oid, 'set'))
				and bool_and(rolname <> ${roles.owner} or (has_schema_privilege(oid, 'public', 'create')
					and has_database_privilege(oid, current_database(), 'create'))) as ready
			from pg_roles where rolname in ${sql([roles.owner, roles.app, roles.auth])}`;
		if (ready?.ready) return;
		await sql.begin(async (tx) => {
			await tx.unsafe(createRolesSql);
			await tx.unsafe(`do $$ begin
				execute format('grant create, connect, temporary on database %I to ${roles.owner}', current_database());
			end $$;
			grant all on schema public to ${roles.owner};
			grant usage on schema public to ${roles.app}, ${roles.auth}`);
		});
	} catch (error) {
		if (neverEntered(error)) throw new Error(notEntered(ownerUrl, error));
		throw new Error(
			`Tài khoản của DATABASE_URL chưa đủ quyền để tạo các vai trò ${roles.owner}, ${roles.app}, ${roles.auth}: ` +
				`${error instanceof Error ? error.message : error}. Hãy dùng tài khoản có CREATEROLE và là chủ cơ sở dữ liệu.`,
			{ cause: error }
		);
	} finally {
		await sql.end();
	}
}

/** Nobody answered, or the login was refused: rights are not the question yet. */
const neverEntered = (error: unknown): error is Error =>
	error instanceof postgres.PostgresError
		? ['28P01', '28000', '3D000', '57P03'].includes(error.code)
		: error instanceof Error;

function notEntered(ownerUrl: string, error: Error): string {
	const { host, pathname } = new URL(ownerUrl);
	return (
		`không vào được cơ sở dữ liệu ${host}${pathname}: ${error.message || error.name}\n` +
		'  → xem Postgres có đang chạy không, và địa chỉ, tên, mật khẩu trong DATABASE_URL có đúng không.'
	);
}

/** Tables of the job queues, by pg-boss itself. It never creates anything from the running app. */
async function makeQueues(ownerUrl: string): Promise<void> {
	const boss = new PgBoss({
		connectionString: urlWithRole(ownerUrl, roles.owner),
		schema: queueSchema,
		max: 1,
		schedule: false,
		supervise: false
	});
	boss.on('error', () => undefined);
	await boss.start();
	try {
		const there = new Set((await boss.getQueues()).map((queue) => queue.name));
		for (const name of [...queueNames, '__pgboss__send-it'])
			if (!there.has(name)) await boss.createQueue(name);
	} finally {
		await boss.stop({ graceful: false });
	}
}

async function grantQueues(sql: Sql): Promise<void> {
	await sql.unsafe(`
		grant usage on schema ${queueSchema} to ${roles.app};
		grant select, insert, update, delete on all tables in schema ${queueSchema} to ${roles.app};`);
}
