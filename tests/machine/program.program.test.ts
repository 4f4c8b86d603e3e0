import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import fs from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
	manifestPath,
	packFilePath,
	packHead,
	packManifest,
	packPath,
	packRow
} from '../../src/lib/sync/protocol/packs.ts';
import { protocolVersion } from '../../src/lib/sync/protocol/version.ts';
import type { Position } from '../../src/lib/sync/protocol/wire.ts';
import { destroyEmbedded } from '../../src/lib/server/db/embedded.ts';
import { processIdentity } from '../../src/lib/server/db/embedded/lock.ts';
import {
	databaseOf,
	isReady,
	launchProgram,
	newDataDir,
	removeData,
	startProgram,
	type Program
} from '../world/program.ts';
import { everyDoor, inTurns, knock } from './doors.ts';

const dataDir = newDataDir();
let program: Program;

/** What lies behind the doors, to try each of them with. */
async function unapproved(): Promise<{ id: string; title: string; uploads: string[] }[]> {
	const sql = databaseOf({ dataDir });
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
	await removeData(dataDir);
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

	test('TG-5 every address and procedure that changes anything refuses another site, and takes our own pages', async () => {
		const { origin } = program;
		const others = ['https://elsewhere.example', 'null', null, `${origin}.elsewhere.example`, `${origin}0`];
		const doors = everyDoor().flatMap((door) =>
			door.contentTypes.map((contentType) => ({ door, contentType }))
		);
		expect(doors.length).toBeGreaterThan(150);
		const wrong: string[] = [];
		await inTurns(doors, async ({ door, contentType }) => {
			for (const from of others) {
				const got = await knock(origin, door, contentType, from);
				if (got.status !== 403 || !got.otherSite || got.cookies.length > 0)
					wrong.push(`${door.name} as ${contentType} from ${from}: ${got.status}`);
			}
			const own = await knock(origin, door, contentType, origin);
			if (own.otherSite) wrong.push(`${door.name} as ${contentType} from our own page: refused`);
		});
		expect(wrong).toEqual([]);
		// What changes something is not there for a link.
		for (const name of ['members.endOtherSessions', 'sync.push', 'grants.giveRole'])
			expect((await fetch(`${origin}/api/trpc/${name}?input={}`)).status, name).toBe(404);
	});

	test('TG-5 every page says which scripts may run, and has none beside them', async () => {
		const policyOf = async (address: string) => {
			const answer = await fetch(program.origin + address);
			const html = await answer.text();
			const meta = /<meta http-equiv="content-security-policy" content="([^"]*)"/i.exec(html)?.[1];
			return { policy: answer.headers.get('content-security-policy') ?? meta ?? '', html };
		};
		for (const address of [
			'/',
			'/en',
			'/sign-in',
			'/register',
			'/recover',
			'/nothing-here',
			'/about/privacy',
			'/app'
		]) {
			const { policy, html } = await policyOf(address);
			const scripts = /script-src ([^;]*)/.exec(policy)?.[1] ?? '';
			expect.soft(scripts, address).toContain("'self'");
			expect.soft(scripts, address).not.toMatch(/unsafe-inline|unsafe-eval|\*|https?:/);
			for (const rule of ["default-src 'self'", "object-src 'none'", "base-uri 'none'", "form-action 'self'"])
				expect.soft(policy, address).toContain(rule);
			const inline = [...html.matchAll(/<script(?![^>]*\bsrc=)([^>]*)>/g)].map(([, given = '']) => given);
			for (const given of inline.filter((one) => !one.includes('application/ld+json')))
				expect.soft(/nonce="[^"]+"/.test(given) || scripts.includes('sha256-'), address).toBe(true);
		}
	});

	test('TG-5 every cookie is out of reach of scripts and of other sites', async () => {
		const answer = await fetch(`${program.origin}/sign-in`, {
			method: 'POST',
			redirect: 'manual',
			headers: { origin: program.origin, 'content-type': 'application/x-www-form-urlencoded' },
			body: new URLSearchParams({ name: 'batu', password: 'san-tinh-2026' })
		});
		const cookies = answer.headers.getSetCookie();
		expect(cookies.length).toBeGreaterThan(0);
		for (const cookie of cookies) {
			expect.soft(cookie).toMatch(/; HttpOnly/i);
			expect.soft(cookie).toMatch(/; SameSite=(?:Lax|Strict)/i);
			expect.soft(cookie).toMatch(/; Path=\//i);
			expect.soft(cookie).not.toMatch(/; Domain=/i);
		}
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

	test('TG-16.2 of all that was typed nothing of a person stands in the log, not even when it fails', async () => {
		const phone = '0907654321';
		const typed = {
			phone,
			contact: phone,
			email: 'bi.mat@vi-du.example',
			cccd: '079190000123',
			name: 'Người Bí Mật',
			password: 'mat khau bi mat 2026'
		};
		const form = (path: string, fields: Record<string, string>, cookie = '') =>
			fetch(program.origin + path, {
				method: 'POST',
				redirect: 'manual',
				headers: { origin: program.origin, cookie, 'content-type': 'application/x-www-form-urlencoded' },
				body: new URLSearchParams(fields)
			});
		await form('/sign-in', { name: phone, password: typed.password });
		await form('/register', { ...typed, service: 'on' });
		await form('/register', { ...typed, contact: typed.email, service: 'on' });
		await form('/recover', { contact: typed.email });
		await form('/recover', { contact: '0900000001' });
		for (const address of [`/catalogue?q=${phone}`, `/sellers/${typed.email}`, `/${phone}`])
			await fetch(program.origin + address);

		const entered = await form('/sign-in', { name: '0900000001', password: 'san-tinh-2026' });
		const cookie = entered.headers
			.getSetCookie()
			.map((one) => one.split(';')[0])
			.join('; ');
		expect(cookie).toContain('session');
		const bodies = [
			typed,
			// What Postgres does not take, in every field, and what is no object at all.
			{
				...typed,
				query: `${phone}\u0000`,
				language: 'vi',
				next: `${typed.cccd}\u0000`,
				note: `${typed.name}\u0000`
			},
			[phone, typed.cccd]
		];
		await inTurns(
			everyDoor().filter(({ name }) => name.startsWith('tRPC ') && !/endOther|endSession|close/.test(name)),
			async ({ path: door }) => {
				for (const body of bodies)
					await fetch(program.origin + door, {
						method: 'POST',
						headers: { origin: program.origin, cookie, 'content-type': 'application/json' },
						body: JSON.stringify(body)
					}).then((answer) => answer.text());
			}
		);
		await fetch(`${program.origin}/api/trpc/sync.push`, {
			method: 'POST',
			headers: { origin: program.origin, cookie, 'content-type': 'application/json' },
			body: `{"phone": "${phone}", "cut off`
		});
		// Whole since the start: also of everything the tests above have done, with the database gone for a while.
		const printed = program.output();
		for (const secret of [...Object.values(typed), '0900000001', 'batu@san-tinh.example'])
			expect(printed, secret).not.toContain(secret);
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
		await removeData(other.dataDir);
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
			body: JSON.stringify({
				protocol: protocolVersion,
				actorId: null,
				collection: 'listings',
				positions,
				limit: 500
			})
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
