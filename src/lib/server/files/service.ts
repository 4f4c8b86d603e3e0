import { randomUUID } from 'node:crypto';
import { officesOf, type Actor } from '$lib/domain/accounts/permissions.ts';
import { ok, type Result } from '$lib/domain/kernel/refusal.ts';
import { transaction, type Sql, type Tx } from '$lib/server/db/pool.ts';
import { noteLook } from '$lib/server/personal-data/looks.ts';
import { write, type WriteContext } from '$lib/server/sync/write.ts';
import { keepAndRecord } from './keep-and-record.ts';
import {
	endingOf,
	isPublicFileId,
	privateDetail,
	privateDocument,
	privateThumb,
	type FileKind
} from './paths.ts';
import { checkPdf, isPdf, type Pdf } from './pdf.ts';
import { renderPicture, sha256Of, type Picture } from './picture.ts';
import {
	findCaseKey,
	findIdentityCase,
	findOwnKey,
	findPublicKey,
	findStoredVoice,
	listStored,
	listStoredDocuments,
	upsertStored,
	upsertStoredDocument,
	upsertStoredVoice,
	type StoredDocument,
	type StoredUpload,
	type StoredVoice
} from './queries.ts';
import { cleanSound, contentTypes, soundType, type Sound } from './sound.ts';
import type { FileStore } from './store.ts';

export type { StoredUpload, StoredVoice } from './queries.ts';

/** A picture whose renditions lie in the store, ready to be recorded for one owner or for many. */
export type KeptPicture = {
	readonly sha256: string;
	readonly bytes: number;
	readonly thumbKey: string;
	readonly detailKey: string;
	readonly width: number;
	readonly height: number;
};

/** Named by content: the same rendition lies in the store once, and a restored store can be checked. */
function renditionKey(bytes: Uint8Array): string {
	const hash = sha256Of(bytes);
	return `pictures/${hash.slice(0, 2)}/${hash}.webp`;
}

/**
 * Writes the renditions. Outside any transaction, since writing to disk inside one holds back every device's
 * pull (sync 7); a picture that is never recorded is only a file too many. Recorded by way of `keepAndRecord`.
 */
export async function keepPicture(
	files: Pick<FileStore, 'has' | 'put'>,
	picture: Picture
): Promise<KeptPicture> {
	const keep = async (bytes: Uint8Array): Promise<string> => {
		const key = renditionKey(bytes);
		if (!(await files.has(key))) await files.put(key, bytes);
		return key;
	};
	const { sha256, bytes, width, height } = picture;
	return {
		sha256,
		bytes,
		thumbKey: await keep(picture.thumb),
		detailKey: await keep(picture.detail),
		width,
		height
	};
}

/** Records a kept picture as this owner's completed upload. Repeating it changes nothing. */
export async function recordPicture(
	ctx: WriteContext,
	ownerId: string,
	kept: KeptPicture
): Promise<{ uploadId: string; sha256: string }> {
	const uploadId = await upsertStored(ctx.tx, { ...kept, id: randomUUID(), ownerId, now: ctx.now });
	return { uploadId, sha256: kept.sha256 };
}

/** The sound of a voice note in the store, ready to be recorded. */
export type KeptVoice = Pick<StoredVoice, 'sha256' | 'soundKey' | 'seconds'> & { readonly bytes: number };

/** Writes the sound; outside any transaction, as the renditions. */
export async function keepVoice(
	files: Pick<FileStore, 'has' | 'put'>,
	{ sha256, bytes, seconds, sound, type }: Sound
): Promise<KeptVoice> {
	const hash = sha256Of(sound);
	const soundKey = `voices/${hash.slice(0, 2)}/${hash}.${type}`;
	if (!(await files.has(soundKey))) await files.put(soundKey, sound);
	return { sha256, bytes, seconds, soundKey };
}

/** Records a kept voice note as this owner's completed upload. Repeating it changes nothing. */
export async function recordVoice(
	ctx: WriteContext,
	ownerId: string,
	kept: KeptVoice
): Promise<{ uploadId: string; sha256: string }> {
	const uploadId = await upsertStoredVoice(ctx.tx, { ...kept, id: randomUUID(), ownerId, now: ctx.now });
	return { uploadId, sha256: kept.sha256 };
}

/** A document in the store, ready to be recorded. */
export type KeptDocument = Pick<StoredDocument, 'sha256' | 'documentKey' | 'pages'> & {
	readonly bytes: number;
};

/** Writes the document as it came; outside any transaction, as the renditions. */
export async function keepDocument(
	files: Pick<FileStore, 'has' | 'put'>,
	{ sha256, bytes, pages, document }: Pdf
): Promise<KeptDocument> {
	const documentKey = `documents/${sha256.slice(0, 2)}/${sha256}.pdf`;
	if (!(await files.has(documentKey))) await files.put(documentKey, document);
	return { sha256, bytes, pages, documentKey };
}

/** Whatever a member may send. */
export type KeptFile = KeptPicture | KeptVoice | KeptDocument;

/** Puts what the bytes are, and not what anybody calls them, into the store; outside any transaction. */
export async function keepUpload(
	files: Pick<FileStore, 'has' | 'put'>,
	bytes: Uint8Array
): Promise<Result<KeptFile>> {
	if (isPdf(bytes)) {
		const pdf = checkPdf(bytes);
		return pdf.ok ? ok(await keepDocument(files, pdf.value)) : pdf;
	}
	const sound = soundType(bytes);
	if (sound) {
		const cleaned = cleanSound(bytes, sound);
		return cleaned.ok ? ok(await keepVoice(files, cleaned.value)) : cleaned;
	}
	const picture = await renderPicture(bytes);
	return picture.ok ? ok(await keepPicture(files, picture.value)) : picture;
}

/** Records a kept file as this owner's completed upload. Repeating it changes nothing. */
export async function recordUpload(
	ctx: WriteContext,
	ownerId: string,
	kept: KeptFile
): Promise<{ uploadId: string; sha256: string }> {
	if ('soundKey' in kept) return recordVoice(ctx, ownerId, kept);
	if (!('documentKey' in kept)) return recordPicture(ctx, ownerId, kept);
	const uploadId = await upsertStoredDocument(ctx.tx, { ...kept, id: randomUUID(), ownerId, now: ctx.now });
	return { uploadId, sha256: kept.sha256 };
}

/** All of it for one picture that is at hand: render, keep, record. */
export async function storePicture(
	db: Sql,
	files: FileStore,
	upload: { ownerId: string; bytes: Uint8Array; now: string }
): Promise<Result<{ uploadId: string; sha256: string }>> {
	const picture = await renderPicture(upload.bytes);
	if (!picture.ok) return picture;
	return keepAndRecord(
		{ db, files },
		{ actorId: upload.ownerId, now: upload.now },
		async () => ok(await keepPicture(files, picture.value)),
		(ctx, kept) => recordPicture(ctx, upload.ownerId, kept)
	);
}

/**
 * Of these hashes, the uploads this owner completed, by hash. Attaching asks here and nowhere else: knowing a
 * hash opens nothing (sync 5). The transaction acts as the owner or as a system actor.
 */
export async function storedUploads(
	tx: Tx,
	ownerId: string,
	hashes: readonly string[]
): Promise<ReadonlyMap<string, StoredUpload>> {
	if (hashes.length === 0) return new Map();
	const rows = await listStored(tx, ownerId, hashes);
	return new Map(rows.map((row) => [row.sha256, row]));
}

/** Of these hashes, those this owner has stored, in the order given. */
export async function storedHashes(tx: Tx, ownerId: string, hashes: readonly string[]): Promise<string[]> {
	const stored = await storedUploads(tx, ownerId, hashes);
	return hashes.filter((hash) => stored.has(hash));
}

/** Where a picture or a document is fetched; a document has no small picture of itself. */
export type Evidence = { readonly thumb: string | null; readonly src: string };

/** Of these hashes, what this owner completed as evidence, by hash. Asked as `storedUploads`. */
export async function storedEvidence(
	tx: Tx,
	ownerId: string,
	hashes: readonly string[]
): Promise<ReadonlyMap<string, Evidence>> {
	const found = new Map<string, Evidence>();
	if (hashes.length === 0) return found;
	for (const { id, sha256 } of await listStored(tx, ownerId, hashes))
		found.set(sha256, { thumb: privateThumb(id), src: privateDetail(id) });
	for (const { id, sha256 } of await listStoredDocuments(tx, ownerId, hashes))
		found.set(sha256, { thumb: null, src: privateDocument(id) });
	return found;
}

/** The owner's completed voice note of this name; a picture is none, and another member's does not count (sync 5). */
export const storedVoice = (tx: Tx, ownerId: string, hash: string): Promise<StoredVoice | null> =>
	findStoredVoice(tx, ownerId, hash);

export type OpenedFile = {
	readonly bytes: Uint8Array;
	readonly contentType: string;
	/** Of its name in the store. */
	readonly ending: string;
};

/**
 * A file for its owner, or for an officer whose agency has a case about it; null for everybody else. That an officer opened
 * the picture of an identity card is written down for its owner (TG-16.2).
 */
export async function openPrivate(
	db: Sql,
	files: FileStore,
	actor: Actor,
	uploadId: string,
	kind: FileKind,
	now: string
): Promise<OpenedFile | null> {
	const own = await transaction(db, actor.id, (tx) => findOwnKey(tx, uploadId, kind));
	const agencies = officesOf(actor);
	const key =
		own ??
		(agencies.length === 0
			? null
			: await transaction(db, 'system:files', (tx) => findCaseKey(tx, uploadId, kind, agencies)));
	if (own === null && key !== null && (kind === 'detail' || kind === 'document'))
		await noteIdentityLook(db, actor, uploadId, agencies, now);
	return key === null ? null : readStored(files, key);
}

async function noteIdentityLook(
	db: Sql,
	actor: Actor,
	uploadId: string,
	agencies: readonly string[],
	now: string
): Promise<void> {
	const found = await transaction(db, 'system:files', (tx) => findIdentityCase(tx, uploadId, agencies));
	if (!found) return;
	const { accountId, code: ref, agencyId, businessId } = found;
	await write(db, { actorId: actor.id, now }, (ctx) =>
		noteLook(
			ctx,
			actor,
			{ accountId, what: 'identity_picture', purpose: 'registration', ref, agencyId },
			{ action: 'identity_picture.opened', subject: `business:${businessId}`, data: { upload: uploadId } }
		)
	);
}

export type PublicFile =
	({ readonly state: 'live' } & OpenedFile) | { readonly state: 'gone' } | { readonly state: 'unknown' };

/** A file of an approved listing. `gone` once the listing left the public, for every reason it may. */
export async function openPublic(
	db: Sql,
	files: FileStore,
	publicFileId: string,
	kind: FileKind
): Promise<PublicFile> {
	const found = isPublicFileId(publicFileId) ? await findPublicKey(db, publicFileId, kind) : null;
	if (!found) return { state: 'unknown' };
	if (!found.live) return { state: 'gone' };
	return { state: 'live', ...(await readStored(files, found.key)) };
}

/** A recorded file the store does not have is a fault of ours, and not the reader's. */
export async function readStored(files: FileStore, key: string): Promise<OpenedFile> {
	const bytes = await files.get(key);
	if (!bytes) throw new Error(`the file store has lost ${key}`);
	const ending = endingOf(key);
	return {
		bytes,
		contentType: ending === 'pdf' ? 'application/pdf' : (contentTypes[ending] ?? 'image/webp'),
		ending
	};
}
