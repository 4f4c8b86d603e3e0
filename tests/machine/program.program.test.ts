import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import fs from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
	manifestPath,
	packFilePath,
	packHead,
	packManifest,
	packPath,
	packRow
} from '../../src/lib/sync/protocol/packs.ts';
import type { Position } from '../../src/lib/sync/protocol/wire.ts';
import { destroyEmbedded } from '../../src/lib/server/db/embedded.ts';
import { processIdentity } from '../../src/lib/server/db/embedded/lock.ts';
import { isReady, launchProgram, newDataDir, startProgram, type Program } from '../world/program.ts';

const dataDir = newDataDir();
let program: Program;

/** What lies behind the doors, to try each of them with. */
async function unapproved(): Promise<{ id: string; title: string; uploads: string[] }[]> {
	const { home, superuserPassword }: { home: string; superuserPassword: string } = JSON.parse(
		fs.readFileSync(path.join(dataDir, 'database.json'), 'utf8')
	);
	const port = fs.readFileSync(path.join(home, 'pg', 'postmaster.pid'), 'utf8').split('\n')[3];
	const sql = postgres(`postgres://postgres:${superuserPassword}@127.0.0.1:${port}/san`, { max: 1 });
	try {
		return await sql<{ id: string; title: string; uploads: string[] }[]>`
			select l.id, l.content ->> 'title' as title, array(select u.id::text from uploads u
				where u.owner_id = l.account_id and l.content -> 'photos' ? u.sha256)
				as uploads
			from (select *, row_number() over (partition by state order by updated_at desc) as place from listings) l
			where l.state in ('draft', 'submitted', 'returned', 'withdrawn', 'locked') and l.place <= 4`;
	} finally {
		await sql.end();
	}
}

const postgresPid = (dir = dataDir): number | null => {
	const { home }: { home: string } = JSON.parse(fs.readFileSync(path.join(dir, 'database.json'), 'utf8'));
	const file = path.join(home, 'pg', 'postmaster.pid');
	return fs.existsSync(file) ? Number.parseInt(fs.readFileSync(file, 'utf8'), 10) : null;
};

/** `npm run san -- …` on the same data. */
function san(...args: string[]): Promise<{ code: number | null; output: string }> {
	const child = spawn(process.execPath, ['--import', 'tsx', 'scripts/san.ts', ...args], {
		env: { PATH: process.env.PATH, HOME: process.env.HOME, SAN_DATA_DIR: dataDir },
		stdio: ['ignore', 'pipe', 'pipe']
	});
	let output = '';
	child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
	child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
	return new Promise((resolve) => child.once('close', (code) => resolve({ code, output })));
}

beforeAll(async () => {
	program = await startProgram({ dataDir });
});
afterAll(async () => {
	await program?.stop();
	await destroyEmbedded(dataDir);
	fs.rmSync(path.dirname(dataDir), { recursive: true, force: true });
});

describe('a started program', () => {
	test('prints the address and who can sign in', () => {
		expect(program.output()).toContain(program.origin);
		expect(program.output()).toMatch(/batu\s+Nguyễn Thị Tư/);
		expect(program.output()).toContain('san-tinh-2026');
	});

	test('answers whether it lives and is ready, and counts', async () => {
		expect(await (await fetch(`${program.origin}/healthz`)).text()).toBe('ok\n');
		expect(await (await fetch(`${program.origin}/readyz`)).json()).toEqual({
			ready: true,
			database: true,
			migrated: true
		});
		const metrics = await (await fetch(`${program.origin}/metrics`)).text();
		for (const name of [
			'san_requests_total{method="GET",route="/healthz",status="200"}',
			'san_connected_devices 0',
			'san_feed_held_transactions',
			'san_oldest_open_case_seconds',
			'san_open_cases{agency="so-nnmt",due="on_time"}'
		])
			expect(metrics).toContain(name);
	});

	test('TG-15.1 nothing unapproved is reachable: not by page, not by search, not by pull, not by file', async () => {
		const hidden = await unapproved();
		expect(hidden.some((listing) => listing.uploads.length > 0)).toBe(true);
		for (const { id, title, uploads } of hidden) {
			for (const address of [`/listings/${id}`, `/en/listings/${id}`])
				expect((await fetch(program.origin + address)).status, address).toBe(404);
			const found = await fetch(`${program.origin}/catalogue?q=${encodeURIComponent(title)}`);
			expect(await found.text()).not.toContain(id);
			for (const upload of uploads)
				for (const address of [`/api/files/private/${upload}/detail`, `/media/${upload}/detail.webp`])
					expect([401, 404], address).toContain((await fetch(program.origin + address)).status);
		}
		const pulled = await pullPublic();
		expect(pulled.size).toBeGreaterThan(200);
		expect(hidden.filter(({ id }) => pulled.has(id))).toEqual([]);
	});

	test('sync 10: soon after its start the catalogue is in packs, for whoever asks', async () => {
		const ask = (path: string) => fetch(program.origin + path, { headers: { cookie: 'session=nobody' } });
		const manifest = async () => packManifest.parse(await (await ask(manifestPath)).json());
		await expect.poll(async () => (await manifest()).packs.length, { timeout: 30_000 }).toBeGreaterThan(0);
		const listed = await ask(manifestPath);
		expect(listed.headers.get('cache-control')).toBe('no-store');
		expect(listed.headers.get('set-cookie')).toBeNull();

		const { packs, first, position } = await manifest();
		const ids: string[] = [];
		for (const { hash, rows, bytes } of packs) {
			const answer = await ask(packPath(hash));
			expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
			expect(answer.headers.get('content-encoding')).toBe('gzip');
			expect(answer.headers.get('content-length')).toBe(String(bytes));
			expect(answer.headers.get('set-cookie')).toBeNull();
			const text = await answer.text();
			expect(createHash('sha256').update(text).digest('hex')).toBe(hash);
			const [head = '', ...lines] = text.split('\n');
			expect(packHead.parse(JSON.parse(head)).lengths).toHaveLength(rows);
			const found = lines.map((line) => packRow.parse(JSON.parse(line)));
			const file = await ask(packFilePath(hash));
			expect(file.headers.get('content-encoding')).toBeNull();
			expect(gunzipSync(await file.arrayBuffer()).toString()).toBe(text);
			expect(found).toHaveLength(rows);
			ids.push(...found.map((row) => row.d.id));
		}
		expect(ids.toSorted()).toEqual([...(await pullPublic())].toSorted());
		expect(first?.rows).toBe(24);
		expect((await pullPublic({ public: position })).size).toBeLessThan(ids.length);

		const gone = await ask(packPath('0'.repeat(64)));
		expect(gone.status).toBe(410);
		expect(gone.headers.get('cache-control')).toBe('no-store');
		expect(await (await fetch(`${program.origin}/metrics`)).text()).toContain(
			`san_catalogue_packs ${packs.length}\n`
		);
	});

	test('sets the safety headers on pages, prerendered pages, files and errors alike', async () => {
		const shell = await (await fetch(`${program.origin}/app`)).text();
		const file = /\/_app\/immutable\/[^"']+\.js/.exec(shell)?.[0] ?? '';
		expect(file).not.toBe('');
		for (const address of ['/', '/app', file, '/nothing-here', '/healthz']) {
			const { headers } = await fetch(program.origin + address);
			expect.soft(headers.get('x-content-type-options'), address).toBe('nosniff');
			expect.soft(headers.get('x-frame-options'), address).toBe('DENY');
			expect.soft(headers.get('referrer-policy'), address).not.toBeNull();
			expect.soft(headers.get('permissions-policy'), address).toContain('camera=(self)');
		}
	});

	test('believes the host it is asked by, whatever a client says of the protocol', async () => {
		const ask = (headers: Record<string, string>) =>
			fetch(`http://127.0.0.1:${program.port}/api/session`, { method: 'DELETE', headers }).then(
				(a) => a.status
			);
		expect(await ask({ origin: `http://127.0.0.1:${program.port}` })).not.toBe(403);
		expect(await ask({ origin: 'https://elsewhere.example' })).toBe(403);
		const lie = { origin: `https://127.0.0.1:${program.port}`, 'x-san-protocol': 'https' };
		expect(await ask(lie)).toBe(403);
	});

	test('is not ready while its Postgres is gone, brings it back, and is ready again', async () => {
		process.kill(postgresPid() ?? 0, 'SIGKILL');
		await expect.poll(() => isReady(program), { timeout: 5_000, interval: 50 }).toBe(false);
		expect(await (await fetch(`${program.origin}/healthz`)).text()).toBe('ok\n');
		await expect.poll(() => isReady(program), { timeout: 60_000 }).toBe(true);
	});

	test('the operator’s commands join its database, and a reset is refused while it runs', async () => {
		expect(await san('doctor')).toMatchObject({ code: 0, output: expect.stringContaining('✓ đồng hồ') });
		const made = await san(
			'user',
			'create',
			'--name',
			'Lê Thị Thử',
			'--user-name',
			'lethithu',
			'--role',
			'buyer'
		);
		expect(made).toMatchObject({ code: 0, output: expect.stringContaining('Mật khẩu (chỉ hiện lần này)') });
		const twice = await san('user', 'create', '--name', 'Lê Thị Thử', '--user-name', 'lethithu');
		expect(twice).toMatchObject({
			code: 1,
			output: expect.stringContaining('--user-name: đã có người dùng')
		});
		expect(await san('reset')).toMatchObject({ code: 1, output: expect.stringContaining('reset --yes') });
		expect(await san('reset', '--yes')).toMatchObject({
			code: 1,
			output: expect.stringContaining(program.origin)
		});
		expect(await isReady(program)).toBe(true);
	});

	test('tells a second one on the same data what runs', async () => {
		const second = await launchProgram({ dataDir });
		expect(await second.ended()).toBe(1);
		expect(second.output()).toContain(program.origin);
		expect(second.output()).toContain('kill');
		expect(await isReady(program)).toBe(true);
	});

	test('tells one that finds its port taken', async () => {
		const other = await launchProgram({
			port: program.port,
			dataDir: newDataDir(),
			env: { SAN_LOG: 'silent' }
		});
		expect(await other.ended()).toBe(1);
		expect(other.output()).toContain(`PORT=${program.port + 1}`);
		await destroyEmbedded(other.dataDir);
		fs.rmSync(path.dirname(other.dataDir), { recursive: true, force: true });
	});
});

describe('the end and the next start', () => {
	test('SIGTERM lets a running answer finish, ends streams and leaves nothing running', async () => {
		const postgres = postgresPid();
		const stream = await fetch(`${program.origin}/api/events`);
		const page = slowly(program.port);
		await page.begun;
		expect(await program.stop()).toBe(0);
		expect(await page.answered).toContain('HTTP/1.1 200');
		await expect(stream.text()).rejects.toThrow();
		await expect.poll(() => processIdentity(postgres ?? 0)).toBeNull();
		expect(postgresPid()).toBeNull();
	});

	test('the operator’s commands start the database themselves when nothing runs, and stop it again', async () => {
		expect(await san('doctor')).toMatchObject({ code: 0, output: expect.stringContaining('✓ cấu trúc') });
		expect(postgresPid()).toBeNull();
	});

	test('a program that was killed does not stop the next start, and its data is there', async () => {
		const doomed = await startProgram({ dataDir });
		await doomed.kill();
		program = await startProgram({ dataDir });
		expect(program.output()).not.toContain('Dữ liệu mẫu');
		expect(program.output()).toMatch(/batu\s+Nguyễn Thị Tư/);
	});
});

describe('what it refuses', () => {
	test('all faults of the configuration at once, each with its fix, before anything starts', async () => {
		const dir = newDataDir();
		const wrong = await launchProgram({
			dataDir: dir,
			env: { PORT: 'abc', ORIGIN: 'nowhere', SAN_MASTER_KEY: 'short', DATABASE_URL: 'mysql://x' }
		});
		expect(await wrong.ended()).toBe(1);
		for (const name of ['PORT', 'ORIGIN', 'SAN_MASTER_KEY', 'DATABASE_URL'])
			expect(wrong.output()).toMatch(new RegExp(`✗ ${name}: .+\\n\\s+→ .+`));
		expect(fs.existsSync(dir)).toBe(false);
	});
});

describe.runIf(process.getuid?.() === 0)('as root, from a clone below a home directory of mode 700', () => {
	test('starts, serves, and stops', async () => {
		const home = fs.mkdtempSync(path.join(os.tmpdir(), 'san-home-'));
		const clone = path.join(home, 'san');
		fs.mkdirSync(clone);
		for (const entry of fs.readdirSync('.')) {
			if (['.data', '.git', 'node_modules', 'test-results'].includes(entry)) continue;
			execFileSync('cp', ['-r', entry, clone]);
		}
		// Hard links: the same files, but reached through the closed directory only.
		execFileSync('cp', ['-rl', 'node_modules', clone]);
		expect(fs.statSync(home).mode & 0o777).toBe(0o700);
		const closed = await startProgram({ root: clone, dataDir: path.join(clone, '.data') });
		expect(await isReady(closed)).toBe(true);
		expect(await closed.stop()).toBe(0);
		await destroyEmbedded(closed.dataDir);
		fs.rmSync(home, { recursive: true, force: true });
	});
});

/** Everything a device without a session is given of the catalogue. */
async function pullPublic(from: Record<string, Position> = {}): Promise<Set<string>> {
	const ids = new Set<string>();
	let positions: unknown = from;
	for (let more = true; more;) {
		const answer = await fetch(`${program.origin}/api/trpc/sync.pull`, {
			method: 'POST',
			headers: { origin: program.origin, 'content-type': 'application/json' },
			body: JSON.stringify({ protocol: 1, actorId: null, collection: 'listings', positions, limit: 500 })
		});
		const { result } = await answer.json();
		({ positions, more } = result.data);
		for (const row of result.data.rows) if (row.doc !== null) ids.add(row.id);
	}
	return ids;
}

/** A request whose head arrives in two parts, so that it is being answered while the program is told to stop. */
function slowly(port: number): { begun: Promise<void>; answered: Promise<string> } {
	let begin: () => void = () => undefined;
	const begun = new Promise<void>((resolve) => (begin = resolve));
	const answered = new Promise<string>((resolve, reject) => {
		const request = http.request({ port, host: 'localhost', path: '/', agent: false }, (response) => {
			response.resume();
			response.once('end', () => resolve(`HTTP/${response.httpVersion} ${response.statusCode}`));
			response.once('error', reject);
		});
		request.once('error', reject);
		request.end(() => setTimeout(begin, 5));
	});
	return { begun, answered };
}
