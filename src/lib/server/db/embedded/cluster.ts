import { spawn } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RunAs } from './place.ts';

/** One Postgres cluster on disk and the programs that run it. */
export type Cluster = {
	readonly bin: string;
	/** The directory above; the rows are in `pg/` below it. */
	readonly home: string;
	readonly user: RunAs;
	/** False only in tests: a power cut may then cost rows. */
	readonly durable: boolean;
};

export const dataOf = (cluster: Cluster): string => path.join(cluster.home, 'pg');
export const logOf = (cluster: Cluster): string => path.join(dataOf(cluster), 'server.log');

/** Makes the cluster with Vietnamese order (ICU). Done beside its place and renamed, so a kill leaves no half of one. */
export async function initialise(cluster: Cluster, superuserPassword: string): Promise<void> {
	const making = path.join(cluster.home, 'pg.new');
	fs.rmSync(making, { recursive: true, force: true });
	fs.mkdirSync(making, { mode: 0o700 });
	const secret = fs.mkdtempSync(path.join(os.tmpdir(), 'san-init-'));
	const passwordFile = path.join(secret, 'password');
	fs.writeFileSync(passwordFile, `${superuserPassword}\n`, { mode: 0o600 });
	if (cluster.user) {
		const { uid, gid } = cluster.user;
		for (const own of [making, secret, passwordFile]) fs.chownSync(own, uid, gid);
	}
	try {
		await run(cluster, 'initdb', [
			`--pgdata=${making}`,
			'--username=postgres',
			'--auth=scram-sha-256',
			`--pwfile=${passwordFile}`,
			'--encoding=UTF8',
			'--locale=C.UTF-8',
			'--locale-provider=icu',
			'--icu-locale=vi-VN',
			...(cluster.durable ? [] : ['--no-sync'])
		]);
	} finally {
		fs.rmSync(secret, { recursive: true, force: true });
	}
	fs.renameSync(making, dataOf(cluster));
}

/** The port of the running server, or `null`. One that is still coming up is waited for. */
export async function runningPort(cluster: Cluster): Promise<number | null> {
	for (let waited = 0; waited < 60_000; waited += 100) {
		const state = serverState(cluster);
		if (state !== 'busy') return state;
		await sleep(100);
	}
	throw new Error(`Postgres trong ${dataOf(cluster)} không sẵn sàng sau 60 giây.\n${tail(logOf(cluster))}`);
}

/** A cheap look, without waiting and without changing anything. */
export function seemsToRun(cluster: Cluster): boolean {
	try {
		const pid = fs.readFileSync(path.join(dataOf(cluster), 'postmaster.pid'), 'utf8').split('\n')[0] ?? '';
		return isOurPostgres(Number.parseInt(pid, 10), dataOf(cluster));
	} catch {
		return false;
	}
}

/** Reads `postmaster.pid`, and removes the one a killed Postgres left behind. */
function serverState(cluster: Cluster): number | 'busy' | null {
	const file = path.join(dataOf(cluster), 'postmaster.pid');
	let lines: string[];
	try {
		lines = fs.readFileSync(file, 'utf8').split('\n');
	} catch {
		return null;
	}
	const pid = Number.parseInt(lines[0] ?? '', 10);
	if (isOurPostgres(pid, dataOf(cluster))) {
		const port = Number.parseInt(lines[3] ?? '', 10);
		return lines[7]?.startsWith('ready') && Number.isInteger(port) ? port : 'busy';
	}
	fs.rmSync(file, { force: true });
	return null;
}

/** A number in an old pid file may belong to somebody else by now: that one must neither be trusted nor feared. */
function isOurPostgres(pid: number, dataDir: string): boolean {
	if (!Number.isInteger(pid) || pid <= 0) return false;
	try {
		process.kill(pid, 0);
	} catch (error) {
		return error instanceof Error && 'code' in error && error.code === 'EPERM';
	}
	try {
		return fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').includes(dataDir);
	} catch {
		return !fs.existsSync('/proc/self');
	}
}

/** A backup that cannot be written for long may not fill the disk: then the next one begins with a whole copy. */
const keptForBackup = '4GB';

/** Starts the server on a port of 127.0.0.1, the wished one if it is free, and returns the port. */
export async function launch(
	cluster: Cluster,
	how: { port?: number; settings?: Readonly<Record<string, string>>; withinS?: number } = {}
): Promise<number> {
	for (let attempt = 1; ; attempt++) {
		const port = await freePort(attempt === 1 ? (how.port ?? 0) : 0);
		const settings = {
			listen_addresses: '127.0.0.1',
			port,
			unix_socket_directories: "''",
			max_connections: 200,
			max_slot_wal_keep_size: keptForBackup,
			timezone: 'UTC',
			log_timezone: 'UTC',
			password_encryption: 'scram-sha-256',
			...(cluster.durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
			...how.settings
		};
		const options = Object.entries(settings).map(([name, value]) => `-c ${name}=${value}`);
		try {
			await run(cluster, 'pg_ctl', [
				'start',
				'--wait',
				`--timeout=${how.withinS ?? 120}`,
				'--silent',
				`--pgdata=${dataOf(cluster)}`,
				`--log=${logOf(cluster)}`,
				'-o',
				options.join(' ')
			]);
			return port;
		} catch (error) {
			// Between asking for a free port and taking it somebody else may have been faster.
			const portTaken = tail(logOf(cluster)).includes('could not bind');
			if (!portTaken || attempt === 3) throw error;
		}
	}
}

/** Ends the server: open transactions are rolled back, everything committed is on disk. */
export async function shutDown(cluster: Cluster): Promise<void> {
	await run(cluster, 'pg_ctl', [
		'stop',
		'--wait',
		'--timeout=60',
		'--silent',
		'--mode=fast',
		`--pgdata=${dataOf(cluster)}`
	]);
}

async function run(cluster: Cluster, program: 'initdb' | 'pg_ctl', args: string[]): Promise<void> {
	const { LANG: _, LC_ALL: __, ...env } = process.env;
	const child = spawn(path.join(cluster.bin, 'bin', program), args, {
		...cluster.user,
		cwd: '/',
		// Its own group: Ctrl-C in the terminal must reach the program alone, which then drains first.
		detached: true,
		env: { ...env, LC_ALL: 'C', PGTZ: 'UTC' },
		stdio: ['ignore', 'pipe', 'pipe']
	});
	let output = '';
	child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
	child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
	// `exit`, not `close`: the server that pg_ctl leaves behind may keep the pipes open.
	const code = await new Promise<number | null>((resolve, reject) =>
		child.once('error', reject).once('exit', resolve)
	);
	child.stdout.destroy();
	child.stderr.destroy();
	if (code !== 0)
		throw new Error(`${program} thất bại (mã ${code}).\n${output}\n${tail(logOf(cluster))}`.trim());
}

function tail(file: string): string {
	try {
		return fs.readFileSync(file, 'utf8').split('\n').slice(-12).join('\n');
	} catch {
		return '';
	}
}

function freePort(wished: number): Promise<number> {
	return new Promise((resolve, reject) => {
		const probe = net.createServer();
		probe.once('error', (error) => (wished === 0 ? reject(error) : resolve(freePort(0))));
		probe.listen(wished, '127.0.0.1', () => {
			const address = probe.address();
			const port = typeof address === 'object' && address ? address.port : 0;
			probe.close(() => resolve(port));
		});
	});
}
