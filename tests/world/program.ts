import { spawn, type ChildProcess } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import postgres from 'postgres';
import { destroyEmbedded } from '../../src/lib/server/db/embedded.ts';

/** `npm start` as a person would run it, with data and a port of its own. */
export type Program = {
	readonly origin: string;
	readonly port: number;
	readonly dataDir: string;
	/** Everything it has printed so far. */
	output(): string;
	/** SIGTERM, and the exit code. */
	stop(): Promise<number | null>;
	/** SIGKILL: nothing is closed. */
	kill(): Promise<void>;
	/** Waits for the end by itself. */
	ended(): Promise<number | null>;
};

export type ProgramOptions = {
	/** Reuse the data of an earlier program; otherwise a fresh directory. */
	readonly dataDir?: string;
	readonly port?: number;
	readonly root?: string;
	readonly env?: Readonly<Record<string, string>>;
	/** How long it may take until it serves. */
	readonly readyWithinMs?: number;
};

/** A directory for one program's data. */
export const newDataDir = (): string => {
	const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'san-program-'));
	fs.chmodSync(dir, 0o755);
	return path.join(dir, 'data');
};

/** Takes a stopped program's data away, its Postgres first should that still run, with the directory made for it. */
export async function removeData(dataDir: string): Promise<void> {
	await destroyEmbedded(dataDir);
	fs.rmSync(path.dirname(dataDir), { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
}

/** What `npm start` tells Node itself. */
function startFlags(): string[] {
	const { scripts }: { scripts: { start: string } } = JSON.parse(fs.readFileSync('package.json', 'utf8'));
	return scripts.start.split(' ').filter((word) => word.startsWith('--'));
}

/** Starts the program without waiting for anything. */
export async function launchProgram(options: ProgramOptions = {}): Promise<Program> {
	const port = options.port ?? (await freePort());
	const dataDir = options.dataDir ?? newDataDir();
	const root = options.root ?? process.cwd();
	const child = spawn(
		process.execPath,
		[
			...startFlags(),
			'--import',
			path.join(root, 'node_modules/tsx/dist/loader.mjs'),
			path.join(root, 'scripts/start.ts')
		],
		{
			cwd: root,
			env: { ...cleanEnvironment(), PORT: String(port), SAN_DATA_DIR: dataDir, ...options.env },
			stdio: ['ignore', 'pipe', 'pipe']
		}
	);
	let printed = '';
	child.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()));
	child.stderr.on('data', (chunk: Buffer) => (printed += chunk.toString()));
	const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
	return {
		origin: `http://localhost:${port}`,
		port,
		dataDir,
		output: () => printed,
		ended: () => ended,
		stop: () => end(child, 'SIGTERM', ended),
		kill: async () => void (await end(child, 'SIGKILL', ended))
	};
}

/**
 * Starts the program and waits until it serves. The first start on new data seeds it, which takes a while. One that never
 * serves is stopped, with its Postgres, before this fails.
 */
export async function startProgram(options: ProgramOptions = {}): Promise<Program> {
	const program = await launchProgram(options);
	const over = program.ended().then((code) => {
		throw new Error(`The program ended with ${code} before it served:\n${program.output()}`);
	});
	over.catch(() => undefined);
	try {
		await Promise.race([over, untilReady(program, options.readyWithinMs ?? 180_000)]);
	} catch (error) {
		const stopped = await Promise.race([program.stop().then(() => true), sleep(30_000).then(() => false)]);
		if (!stopped) await program.kill();
		throw error;
	}
	return program;
}

async function untilReady(program: Program, withinMs: number): Promise<void> {
	for (let waited = 0; waited < withinMs; waited += 200) {
		if (await isReady(program)) return;
		await sleep(200);
	}
	throw new Error(`Not ready after ${withinMs / 1000} s:\n${program.output()}`);
}

/** What `/readyz` says now; false also when nothing answers. */
export const isReady = (program: Pick<Program, 'origin'>): Promise<boolean> =>
	fetch(`${program.origin}/readyz`, { signal: AbortSignal.timeout(5_000) }).then(
		(answer) => answer.ok,
		() => false
	);

function end(
	child: ChildProcess,
	signal: NodeJS.Signals,
	ended: Promise<number | null>
): Promise<number | null> {
	if (child.exitCode === null && child.signalCode === null) child.kill(signal);
	return ended;
}

/** What the outer test run set for itself must not reach the program. */
export function cleanEnvironment(): Record<string, string> {
	const own = /^(?:VITEST|VITE_|TEST|NODE_ENV|NODE_OPTIONS|SAN_|DATABASE_|PORT$|HOST$|ORIGIN$)/;
	return Object.fromEntries(
		Object.entries(process.env).flatMap(([name, value]) =>
			value === undefined || own.test(name) ? [] : [[name, value]]
		)
	);
}

function freePort(): Promise<number> {
	return new Promise((resolve, reject) => {
		const probe = net.createServer().once('error', reject);
		probe.listen(0, '127.0.0.1', () => {
			const address = probe.address();
			probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
		});
	});
}

/** The embedded Postgres of a started program as its superuser, for what no door shows. The caller ends it. */
export function databaseOf({ dataDir }: Pick<Program, 'dataDir'>): postgres.Sql {
	const { home, superuserPassword }: { home: string; superuserPassword: string } = JSON.parse(
		fs.readFileSync(path.join(dataDir, 'database.json'), 'utf8')
	);
	const port = fs.readFileSync(path.join(home, 'pg', 'postmaster.pid'), 'utf8').split('\n')[3];
	return postgres(`postgres://postgres:${superuserPassword}@127.0.0.1:${port}/san`, { max: 1 });
}
