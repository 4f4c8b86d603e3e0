import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import postgres from 'postgres';
import { z } from 'zod';
import { dataOf, initialise, launch, runningPort, shutDown, type Cluster } from './embedded/cluster.ts';
import { guardOf } from './embedded/guard.ts';
import { recover } from './embedded/recover.ts';
import { isAlive, ownIdentity, withLock } from './embedded/lock.ts';
import { binariesFor, homeFor, runAs } from './embedded/place.ts';
import { createRolesSql, roles, idleInTransactionTimeoutMs, transactionTimeoutMs } from './roles.ts';

/** The program's own Postgres while this process holds on to it. */
export type EmbeddedDatabase = {
	readonly port: number;
	/** The superuser, for creating test databases. Never given to the app. */
	readonly adminUrl: string;
	readonly ownerUrl: string;
	readonly appUrl: string;
	/** Postgres' own directory, for the backup. */
	readonly pgDir: string;
	readonly passwords: Passwords;
	/** True when it already ran, for another process or left over from one that was killed. */
	readonly reused: boolean;
	/** Drops the database with everything in it and makes an empty one. Whoever is connected is cut off. */
	empty(): Promise<void>;
	/** Starts Postgres again should it die while this process needs it, on the same port, so that pools find it. */
	keepAlive(log: (line: string) => void): void;
	/** Lets go. The last process to do so stops Postgres. */
	release(): Promise<void>;
};

const passwordsSchema = z.object({
	superuserPassword: z.string(),
	ownerPassword: z.string(),
	loginPassword: z.string()
});
/** How the roles of the cluster sign in; they belong to its rows, not to this machine. */
export type Passwords = Readonly<z.output<typeof passwordsSchema>>;
const settingsSchema = z.strictObject({ home: z.string(), ...passwordsSchema.shape });
type Settings = z.output<typeof settingsSchema>;

/**
 * Starts Postgres under `dataDir`, or joins the one that runs there already. The server belongs to the data
 * directory and not to a process: a program that was killed leaves it running, and the next one picks it up.
 */
export async function startEmbedded(options: {
	dataDir: string;
	database?: string;
	durable?: boolean;
}): Promise<EmbeddedDatabase> {
	const { dataDir, database = 'san', durable = true } = options;
	const files = filesOf(dataDir);
	fs.mkdirSync(dataDir, { recursive: true });
	return withLock(files.lock, async () => {
		const user = runAs();
		const settings = readSettings(dataDir) ?? writeSettings(dataDir, homeFor(dataDir, user));
		const cluster: Cluster = { bin: binariesFor(user), home: settings.home, user, durable };
		if (!fs.existsSync(path.join(dataOf(cluster), 'PG_VERSION')))
			await initialise(cluster, settings.superuserPassword);
		const already = await runningPort(cluster);
		const port = already ?? (await launch(cluster));

		fs.mkdirSync(files.holders, { recursive: true });
		const held = path.join(files.holders, String(process.pid));
		fs.writeFileSync(held, ownIdentity());

		const guard = guardOf(cluster, port, files.lock);

		const url = (name: string, password: string, db: string) =>
			`postgres://${name}:${password}@127.0.0.1:${port}/${db}`;
		const adminUrl = url('postgres', settings.superuserPassword, 'postgres');
		await prepare(adminUrl, settings, database);
		return {
			port,
			adminUrl,
			ownerUrl: url(roles.owner, settings.ownerPassword, database),
			appUrl: url(roles.login, settings.loginPassword, database),
			pgDir: dataOf(cluster),
			passwords: passwordsSchema.parse(settings),
			reused: already !== null,
			empty: async () => {
				const admin = postgres(adminUrl, { max: 1, onnotice: () => undefined });
				try {
					await admin.unsafe(`drop database if exists "${database}" with (force)`);
				} finally {
					await admin.end();
				}
				await prepare(adminUrl, settings, database);
			},
			keepAlive: guard.start,
			release: async () => {
				await guard.stop();
				return withLock(files.lock, async () => {
					fs.rmSync(held, { force: true });
					if (liveHolders(files.holders) === 0 && (await runningPort(cluster)) !== null)
						await shutDown(cluster);
				});
			}
		};
	});
}

/**
 * Puts a copied cluster in the place of the data directory's, and lets it read its changes to the end; the caller has
 * made sure nobody uses it. `fill` writes the copy into the directory it is given; `aside` is told
 * where the old one lies now.
 */
export async function replaceEmbedded(options: {
	dataDir: string;
	passwords: Passwords;
	durable?: boolean;
	fill: (pgDir: string) => Promise<void>;
	aside: (path: string) => void;
}): Promise<void> {
	const { dataDir, passwords, durable = true, fill, aside } = options;
	fs.mkdirSync(dataDir, { recursive: true });
	return withLock(filesOf(dataDir).lock, async () => {
		const user = runAs();
		const home = readSettings(dataDir)?.home ?? homeFor(dataDir, user);
		await recover({ bin: binariesFor(user), home, user, durable }, fill, aside);
		saveSettings(dataDir, { home, ...passwords });
	});
}

/** Forgets everything the data directory's Postgres ever stored. The caller has made sure nobody uses it. */
export async function destroyEmbedded(dataDir: string): Promise<void> {
	const settings = readSettings(dataDir);
	if (!settings) return;
	const user = runAs();
	const cluster: Cluster = { bin: binariesFor(user), home: settings.home, user, durable: true };
	if ((await runningPort(cluster)) !== null) await shutDown(cluster);
	fs.rmSync(dataOf(cluster), { recursive: true, force: true });
	if (settings.home !== dataDir) fs.rmSync(settings.home, { recursive: true, force: true });
	fs.rmSync(filesOf(dataDir).settings, { force: true });
}

const filesOf = (dataDir: string) => ({
	settings: path.join(dataDir, 'database.json'),
	lock: path.join(dataDir, 'database.lock'),
	holders: path.join(dataDir, 'database-users')
});

function readSettings(dataDir: string): Settings | null {
	const file = filesOf(dataDir).settings;
	if (!fs.existsSync(file)) return null;
	return settingsSchema.parse(JSON.parse(fs.readFileSync(file, 'utf8')));
}

function writeSettings(dataDir: string, home: string): Settings {
	const password = () => randomBytes(24).toString('base64url');
	return saveSettings(dataDir, {
		home,
		superuserPassword: password(),
		ownerPassword: password(),
		loginPassword: password()
	});
}

function saveSettings(dataDir: string, settings: Settings): Settings {
	const file = filesOf(dataDir).settings;
	fs.writeFileSync(`${file}.new`, JSON.stringify(settings, null, '\t'), { mode: 0o600 });
	fs.renameSync(`${file}.new`, file);
	return settings;
}

/** How many processes still use the database; the notes of dead ones are swept. */
function liveHolders(directory: string): number {
	const notes = fs.readdirSync(directory).map((name) => path.join(directory, name));
	const dead = notes.filter((note) => !isAlive(fs.readFileSync(note, 'utf8')));
	for (const note of dead) fs.rmSync(note, { force: true });
	return notes.length - dead.length;
}

/** Roles and the database itself. Repeated at every start, so a first start that was killed here is completed. */
async function prepare(adminUrl: string, settings: Settings, database: string): Promise<void> {
	const admin = postgres(adminUrl, { max: 1, onnotice: () => undefined });
	try {
		await admin.unsafe(createRolesSql);
		const [login] = await admin`select from pg_roles where rolname = ${roles.login}`;
		if (!login) await admin.unsafe(`create role ${roles.login} login noinherit`);
		await admin.unsafe(`
			alter role ${roles.owner} login password '${settings.ownerPassword}';
			alter role ${roles.login} password '${settings.loginPassword}';
			grant ${roles.app}, ${roles.auth} to ${roles.login};
			alter role ${roles.login} set transaction_timeout = ${transactionTimeoutMs};
			alter role ${roles.login} set idle_in_transaction_session_timeout = ${idleInTransactionTimeoutMs};`);
		const [found] = await admin`select from pg_database where datname = ${database}`;
		if (!found) await admin.unsafe(`create database "${database}" owner ${roles.owner}`);
	} finally {
		await admin.end();
	}
}
