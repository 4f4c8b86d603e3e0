import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import fs from 'node:fs/promises';
import path from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** What Postgres makes anew by itself, or must not find again (its own manual, "Making a Base Backup"). */
const emptied = new Set([
	'pg_wal',
	'pg_replslot',
	'pg_dynshmem',
	'pg_notify',
	'pg_serial',
	'pg_snapshots',
	'pg_stat_tmp',
	'pg_subtrans'
]);
const left =
	/^(?:postmaster\.(?:pid|opts)|server\.log|pg_internal\.init.*|pgsql_tmp.*|backup_label.*|recovery\.signal)$/;
const atOnce = 4;

/** Copies Postgres' directory while it works. Returns the SHA-256 of each file as it was copied, by its path. */
export async function copyCluster(from: string, to: string): Promise<Record<string, string>> {
	const todo: string[] = [];
	await walk('');
	const hashes: Record<string, string> = {};
	const next = async (): Promise<void> => {
		for (let file = todo.pop(); file !== undefined; file = todo.pop()) {
			const hash = await copyHashed(path.join(from, file), path.join(to, file));
			if (hash !== null) hashes[file] = hash;
		}
	};
	await Promise.all(Array.from({ length: atOnce }, next));
	return hashes;

	async function walk(below: string): Promise<void> {
		await fs.mkdir(path.join(to, below), { recursive: true, mode: 0o700 });
		for (const entry of await fs.readdir(path.join(from, below), { withFileTypes: true })) {
			const file = path.join(below, entry.name);
			if (left.test(entry.name)) continue;
			if (entry.isFile()) todo.push(file);
			else if (entry.isDirectory() && emptied.has(file)) await fs.mkdir(path.join(to, file), { mode: 0o700 });
			else if (entry.isDirectory()) await walk(file);
		}
	}
}

/** Copies a file durably; its hash, or null when it is gone: a table may be dropped while it is copied. */
export async function copyHashed(from: string, to: string): Promise<string | null> {
	const hash = createHash('sha256');
	const hashing = new Transform({
		transform(piece: Buffer, _, done) {
			hash.update(piece);
			done(null, piece);
		}
	});
	try {
		await pipeline(createReadStream(from), hashing, createWriteStream(to, { mode: 0o600, flush: true }));
	} catch (error) {
		if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
		await fs.rm(to, { force: true });
		return null;
	}
	return hash.digest('hex');
}

export async function hashOf(file: string): Promise<string> {
	const hash = createHash('sha256');
	await pipeline(createReadStream(file), hash);
	return hash.digest('hex');
}
