import fs from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { Sql } from '$lib/server/db/pool.ts';
import { digestOf, isSigned, ownSigner, type Head } from './record.ts';
import { findHead, findLastHead, listHeads, readPlace, type NumberedHead } from './seal-queries.ts';

const headSchema = z.strictObject({
	epoch: z.uuid(),
	seq: z.int(),
	hash: z.string().regex(/^[0-9a-f]{64}$/),
	horizon: z.int(),
	at: z.string(),
	prev: z.string().regex(/^([0-9a-f]{64})?$/),
	key: z.string(),
	signature: z.string()
});

/** The database's heads do not go on from what stands here: somebody took some away, or exchanged them. */
export class WitnessDiffers extends Error {}

const pageSize = 1_000;

/**
 * The copy of all signed heads in a file that only grows, outside the database: whoever rewrites the database cannot
 * rewrite this. Every machine keeps its own. Beside it the public keys they were signed with.
 */
export function openWitness(dataDir: string) {
	const directory = path.join(dataDir, 'audit');
	const file = path.join(directory, 'heads.jsonl');
	const keysFile = path.join(directory, 'keys.txt');
	let opened = false;

	/** Every head that was written down, in order; null where a line is not one. */
	async function read(): Promise<(Head | null)[]> {
		const text = await fs.readFile(file, 'utf8').catch(missing);
		// What stands after the last line break was being written when the machine went off.
		return text.split('\n').slice(0, -1).map(readHead);
	}

	async function keys(): Promise<Set<string>> {
		return new Set((await fs.readFile(keysFile, 'utf8').catch(missing)).split('\n').filter(Boolean));
	}

	async function append(heads: readonly Head[]): Promise<void> {
		await fs.mkdir(directory, { recursive: true, mode: 0o700 });
		const known = await keys();
		for (const { key } of heads) if (!known.has(key)) await add(keysFile, `${key}\n`);
		await add(file, heads.map((head) => `${JSON.stringify(bare(head))}\n`).join(''));
	}

	/** The last head that was written down whole, by whichever process. */
	async function lastWritten(): Promise<Head | null> {
		const tail = await tailOf(file);
		const whole = tail.slice(0, tail.lastIndexOf('\n') + 1);
		// What a machine that went off had begun goes; a line that is being written now by another process stays.
		if (!opened && whole.length < tail.length)
			await fs.truncate(file, (await fs.stat(file)).size - Buffer.byteLength(tail.slice(whole.length)));
		opened = true;
		const line = whole.trimEnd().split('\n').at(-1);
		return line ? readHead(line) : null;
	}

	return {
		file,
		read,
		keys,
		/** Writes down what the database has signed since, by this process or another. */
		async follow(db: Sql): Promise<void> {
			const newest = await findLastHead(db);
			const last = newest && (await lastWritten());
			if (!newest || (last && digestOf(newest) === digestOf(last))) return;
			const known = last && (await findHead(db, last));
			const { epoch } = await readPlace(db);
			// After a restore the database has forgotten heads that stand here: they stay, and the new epoch's come behind.
			if (last && known === null && last.epoch === epoch)
				throw new WitnessDiffers(`head ${last.seq} of ${last.at} is not in the database any more`);
			const only = last && known === null ? epoch : null;
			const trusted = (await keys()).add(ownSigner().key);
			for (let after = known ?? 0; ;) {
				const heads = await listHeads(db, after, pageSize, only);
				const wrong = heads.find((head) => !isSigned(head, trusted));
				if (wrong) throw new WitnessDiffers(`head ${wrong.seq} of ${wrong.at} is not signed`);
				if (heads.length > 0) await append(heads);
				after = heads.at(-1)?.n ?? after;
				if (heads.length < pageSize) return;
			}
		}
	};
}
export type Witness = ReturnType<typeof openWitness>;

const bare = ({ epoch, seq, hash, horizon, at, prev, key, signature }: Head | NumberedHead): Head => ({
	epoch,
	seq,
	hash,
	horizon,
	at,
	prev,
	key,
	signature
});

function readHead(line: string): Head | null {
	try {
		return headSchema.parse(JSON.parse(line));
	} catch {
		return null;
	}
}

/** The last lines, more than one head long. */
async function tailOf(file: string): Promise<string> {
	const handle = await fs.open(file).catch((error: unknown) => {
		missing(error);
		return null;
	});
	if (!handle) return '';
	try {
		const { size } = await handle.stat();
		const length = Math.min(size, 8_192);
		const { buffer } = await handle.read(Buffer.alloc(length), 0, length, size - length);
		return buffer.toString();
	} finally {
		await handle.close();
	}
}

/** On the disk, not only on its way there. */
async function add(file: string, text: string): Promise<void> {
	const handle = await fs.open(file, 'a', 0o600);
	try {
		await handle.appendFile(text);
		await handle.sync();
	} finally {
		await handle.close();
	}
}

function missing(error: unknown): string {
	if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
	throw error;
}
