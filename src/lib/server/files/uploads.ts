import { randomUUID } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import { FileStore as TusDisk } from '@tus/file-store';
import { Server, type Upload } from '@tus/server';
import { no, ok, type Refusal, type Result } from '$lib/domain/kernel/refusal.ts';
import { transaction, type Sql, type Tx } from '$lib/server/db/pool.ts';
import { write } from '$lib/server/sync/write.ts';
import { keepAndRecord } from './keep-and-record.ts';
import { oneAtATime } from './one-at-a-time.ts';
import { maxUploadBytes, sha256Of } from './picture.ts';
import {
	countUnfinished,
	deleteUnfinished,
	deleteUnfinishedBefore,
	findOwner,
	findUpload,
	findUploadByHash,
	insertReceiving,
	sumStored,
	sumUnnamed,
	updateToLost,
	updateToReceiving,
	updateToRefused,
	type UploadRow
} from './queries.ts';
import { keepUpload, recordUpload } from './service.ts';
import type { FileStore } from './store.ts';
import {
	answerCreated,
	answerDecided,
	answerHead,
	answerRefused,
	keptWhenCut,
	readCreation,
	statusOf,
	uploadIdIn
} from './uploads-wire.ts';

export const uploadsPath = '/api/files/uploads';
/** An upload nobody finished is forgotten after this time; its photo is still on the device. */
export const unfinishedForMs = 3 * 24 * 3_600_000;
const unfinishedAtOnce = 64;
/**
 * So much may lie here in so many days that nothing of its owner names: a hundred listings of ten photos each, with room, and
 * no way to fill the disk. What waits on the phone is sent later, when its listings have come or the days have passed.
 */
const unnamedBytes = 1024 ** 3;
const unnamedWithinMs = 30 * 24 * 3_600_000;

/** What a device asks before it sends: about its own member's uploads only. */
export type UploadState = {
	readonly state: 'unknown' | 'receiving' | 'stored' | 'refused';
	readonly refusal?: Refusal;
};

export type UploadReceiver = {
	/** Speaks tus 1.0 for this member: POST, HEAD, PATCH, DELETE below `uploadsPath`. */
	handle(request: Request, ownerId: string): Promise<Response>;
	stateOf(ownerId: string, sha256: string): Promise<UploadState>;
	/** Forgets uploads begun before `now` minus `unfinishedForMs`. Returns how many. */
	expire(now: string): Promise<number>;
};

/**
 * Receives photos, voice notes and documents piece by piece (sync 5). Whose an upload is stands in our table, written from the session;
 * what the client says about itself is never asked. The bytes wait on disk beside the file store until they are
 * complete, then only their renditions, or the cleaned sound, are kept.
 */
export function openUploads(deps: {
	readonly db: Sql;
	readonly files: FileStore;
	readonly dataDir: string;
	readonly now: () => string;
	readonly log: { error(facts: object, message: string): void };
}): UploadReceiver {
	const { db, files, now, log } = deps;
	const directory = path.join(deps.dataDir, 'uploads');
	const disk = new TusDisk({ directory });
	// The file is read whole to be hashed and decoded: in turn, or fifty at once would be 600 MB.
	const inTurn = oneAtATime();
	const finishing = new Map<string, Promise<Result<void>>>();
	const idOfNew = new WeakMap<object, string>();

	const tus = new Server({
		path: uploadsPath,
		datastore: disk,
		maxSize: maxUploadBytes,
		relativeLocation: true,
		// Without this it invites every site: Access-Control-Allow-Origin: *.
		allowedOrigins: [],
		namingFunction: (request) => {
			const id = idOfNew.get(request);
			if (id === undefined) throw new Error('an upload without a row');
			return id;
		},
		getFileIdFromRequest: (request) => uploadIdIn(request.url) ?? undefined,
		onUploadFinish: async (_, upload) => {
			const done = await finish(upload.id);
			if (done.ok) return {};
			return {
				status_code: statusOf(done.refusal.code),
				headers: { 'content-type': 'application/json' },
				body: JSON.stringify({ refusal: done.refusal })
			};
		},
		onResponseError: (request, error) => {
			if ('status_code' in error) return { status_code: error.status_code, body: error.body };
			log.error({ err: error, path: new URL(request.url).pathname }, 'upload failed');
			return { status_code: 500, body: 'fault' };
		}
	});

	async function handle(request: Request, ownerId: string): Promise<Response> {
		if (request.method === 'POST') return create(request, ownerId);
		const id = uploadIdIn(request.url);
		const row = id && (await transaction(db, ownerId, (tx) => findUpload(tx, id)));
		if (!row || (await isLost(row))) return answerRefused({ code: 'not_found' });
		if (row.state !== 'receiving') return answerDecided(request.method, row);
		if (request.method === 'HEAD') {
			const upload = await received(row.id);
			// All bytes are here, but the process that took the last ones did not get to the end of the work.
			if (upload && upload.offset === upload.size) {
				const done = await finish(row.id);
				return done.ok ? answerHead(upload.size) : answerRefused(done.refusal);
			}
		}
		const response = await tus.handleWeb(request.method === 'PATCH' ? keptWhenCut(request) : request);
		if (request.method === 'DELETE' && response.ok)
			await write(db, { actorId: ownerId, now: now() }, (ctx) => deleteUnfinished(ctx.tx, row.id));
		return response;
	}

	async function create(request: Request, ownerId: string): Promise<Response> {
		const asked = readCreation(request.headers);
		if (!asked.ok) return answerRefused(asked.refusal);
		const { sha256, length } = asked.value;
		const claimed = await claim(ownerId, sha256);
		if (!claimed.ok) return answerRefused(claimed.refusal);
		const row = claimed.value;
		const location = `${uploadsPath}/${row.id}`;
		if (row.state === 'stored') return answerCreated(location, length);
		const begun = await received(row.id);
		// The answer to an earlier POST was lost, or a second tab sends the same photo: they go on together.
		if (begun?.size === length) return answerCreated(location, begun.offset);
		await discard(row.id);
		idOfNew.set(request, row.id);
		return tus.handleWeb(request);
	}

	const findOwn = (ownerId: string, sha256: string): Promise<UploadRow | null> =>
		transaction(db, ownerId, (tx) => findUploadByHash(tx, ownerId, sha256));

	/** Stored, says the row, and the store does not have it: a restored one may lack what came last (sync 13). */
	async function isLost(row: UploadRow): Promise<boolean> {
		if (row.state !== 'stored') return false;
		for (const key of row.keys) if (!(await files.has(key))) return true;
		return false;
	}

	/** The member's row for this hash, ready to receive or stored already. */
	async function claim(ownerId: string, sha256: string): Promise<Result<UploadRow>> {
		const at = now();
		// Before the transaction, which holds back every device's pull as long as it is open (sync 7).
		const before = await findOwn(ownerId, sha256);
		const lost = before !== null && (await isLost(before));
		return write(db, { actorId: ownerId, now: at }, async ({ tx }) => {
			const known = await findUploadByHash(tx, ownerId, sha256);
			if (known?.state === 'stored' && lost) {
				await updateToLost(tx, known.id, at);
				return ok({ ...known, state: 'receiving' });
			}
			if (known?.state === 'stored') return ok(known);
			// The same bytes would be refused again; only a damaged transfer is worth another.
			if (known?.refusal && known.refusal !== 'upload_hash_mismatch') return no(known.refusal);
			if (!known && (await countUnfinished(tx, ownerId)) >= unfinishedAtOnce)
				return no('too_many_attempts', { retry: true });
			if (!known && (await hasSentTooMuch(tx, ownerId, at))) return no('too_many_attempts', { retry: true });
			const row = known ?? (await insertReceiving(tx, { id: randomUUID(), ownerId, sha256, now: at }));
			if (row.state === 'stored') return ok(row);
			if (known) await updateToReceiving(tx, known.id, at);
			return ok({ ...row, state: 'receiving', refusal: null });
		});
	}

	/** Named or not is asked only of the few who have sent so much at all. */
	async function hasSentTooMuch(tx: Tx, ownerId: string, at: string): Promise<boolean> {
		const since = new Date(Date.parse(at) - unnamedWithinMs).toISOString();
		if ((await sumStored(tx, ownerId, since)) < unnamedBytes) return false;
		return (await sumUnnamed(tx, ownerId, since)) >= unnamedBytes;
	}

	/** What lies on disk of an unfinished upload. */
	const received = (id: string): Promise<Upload | null> => disk.getUpload(id).catch(() => null);

	async function discard(id: string): Promise<void> {
		await fs.rm(path.join(directory, id), { force: true });
		await fs.rm(path.join(directory, `${id}.json`), { force: true });
	}

	/** Turns complete bytes into a stored picture or voice note, or into a refusal. Whoever asks twice waits for the same answer. */
	function finish(id: string): Promise<Result<void>> {
		const running = finishing.get(id);
		if (running) return running;
		const work = inTurn(() => decide(id)).finally(() => finishing.delete(id));
		finishing.set(id, work);
		return work;
	}

	async function decide(id: string): Promise<Result<void>> {
		const { row, ownerId } = await transaction(db, 'system:files', async (tx) => ({
			row: await findUpload(tx, id),
			ownerId: await findOwner(tx, id)
		}));
		if (!row || !ownerId) return no('not_found');
		if (row.state === 'stored') return ok(undefined);
		const bytes = await fs.readFile(path.join(directory, id));
		const by = { actorId: ownerId, now: now() };
		const kept =
			sha256Of(bytes) === row.sha256
				? await keepAndRecord(
						deps,
						by,
						() => keepUpload(files, bytes),
						(ctx, file) => recordUpload(ctx, ownerId, file)
					)
				: no('upload_hash_mismatch');
		if (!kept.ok) await write(db, by, (ctx) => updateToRefused(ctx.tx, id, kept.refusal.code));
		await discard(id);
		return kept.ok ? ok(undefined) : kept;
	}

	return {
		handle,
		async stateOf(ownerId, sha256) {
			const row = await findOwn(ownerId, sha256);
			if (!row || (await isLost(row))) return { state: 'unknown' };
			return row.refusal ? { state: row.state, refusal: { code: row.refusal } } : { state: row.state };
		},
		async expire(at) {
			const before = new Date(Date.parse(at) - unfinishedForMs).toISOString();
			const ids = await write(db, { actorId: 'system:files', now: at }, ({ tx }) =>
				deleteUnfinishedBefore(tx, before)
			);
			for (const id of ids) await discard(id);
			await files.sweep(Date.parse(before));
			return ids.length;
		}
	};
}
