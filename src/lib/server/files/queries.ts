import { refusalCodes, type RefusalCode } from '$lib/domain/kernel/refusal.ts';
import type { Queryable, Tx } from '$lib/server/db/pool.ts';
import type { FileKind } from './paths.ts';

export type UploadRow = {
	readonly id: string;
	readonly sha256: string;
	readonly state: 'receiving' | 'stored' | 'refused';
	readonly refusal: RefusalCode | null;
	/** Size of the file as it came; 0 until it is stored. */
	readonly bytes: number;
	/** What it left in the file store. */
	readonly keys: readonly string[];
};

/** What a stored upload left in the file store. */
export type StoredUpload = {
	readonly id: string;
	readonly sha256: string;
	readonly thumbKey: string;
	readonly detailKey: string;
	readonly width: number;
	readonly height: number;
};

/** What a stored voice note left in the file store. */
export type StoredVoice = {
	readonly id: string;
	readonly sha256: string;
	readonly soundKey: string;
	readonly seconds: number | null;
};

/** What a stored document left in the file store. */
export type StoredDocument = {
	readonly id: string;
	readonly sha256: string;
	readonly documentKey: string;
	readonly pages: number;
};

type RawUpload = Omit<UploadRow, 'refusal'> & { readonly refusal: string | null };

const toUpload = (row: RawUpload): UploadRow => ({
	...row,
	refusal: refusalCodes.find((code) => code === row.refusal) ?? null
});

const columns = (tx: Tx) => tx`id, sha256, state, refusal, bytes,
	array_remove(array[thumb_key, detail_key, sound_key, document_key], null) as keys`;

/** Row-level security makes another member's upload one that does not exist (sync 5). */
export async function findUpload(tx: Tx, id: string): Promise<UploadRow | null> {
	const [row] = await tx<RawUpload[]>`select ${columns(tx)} from uploads where id = ${id}`;
	return row ? toUpload(row) : null;
}

export async function findUploadByHash(tx: Tx, ownerId: string, sha256: string): Promise<UploadRow | null> {
	const [row] = await tx<RawUpload[]>`
		select ${columns(tx)} from uploads where owner_id = ${ownerId} and sha256 = ${sha256}`;
	return row ? toUpload(row) : null;
}

/** The owner's row for this hash, made when there is none. */
export async function insertReceiving(
	tx: Tx,
	upload: { id: string; ownerId: string; sha256: string; now: string }
): Promise<UploadRow> {
	await tx`
		insert into uploads (id, owner_id, sha256, state, created_at)
		values (${upload.id}, ${upload.ownerId}, ${upload.sha256}, 'receiving', ${upload.now})
		on conflict (owner_id, sha256) do nothing`;
	const row = await findUploadByHash(tx, upload.ownerId, upload.sha256);
	if (!row) throw new Error('an upload vanished while it was made');
	return row;
}

/** The bytes begin anew: after a refusal that was not about them, or when they expired. */
export async function updateToReceiving(tx: Tx, id: string, now: string): Promise<void> {
	await tx`
		update uploads set state = 'receiving', refusal = null, created_at = ${now}
		where id = ${id} and state <> 'stored'`;
}

/** The bytes come anew although they were stored once: the store has lost them. Until they are here nothing else is. */
export async function updateToLost(tx: Tx, id: string, now: string): Promise<void> {
	await tx`
		update uploads set state = 'receiving', created_at = ${now} where id = ${id} and state = 'stored'`;
}

export async function updateToRefused(tx: Tx, id: string, refusal: RefusalCode): Promise<void> {
	await tx`update uploads set state = 'refused', refusal = ${refusal} where id = ${id} and state <> 'stored'`;
}

export async function countUnfinished(tx: Tx, ownerId: string): Promise<number> {
	const [row] = await tx<{ count: number }[]>`
		select count(*) from uploads
		where owner_id = ${ownerId} and state = 'receiving' and stored_at is null`;
	return row?.count ?? 0;
}

/** What the owner has stored since, whatever names it. */
export async function sumStored(tx: Tx, ownerId: string, since: string): Promise<number> {
	const [row] = await tx<{ bytes: number }[]>`
		select coalesce(sum(bytes), 0)::bigint as bytes from uploads
		where owner_id = ${ownerId} and state = 'stored' and stored_at >= ${since}`;
	return row?.bytes ?? 0;
}

/** The same of what no listing and no registration of theirs names, in any version. */
export async function sumUnnamed(tx: Tx, ownerId: string, since: string): Promise<number> {
	const [row] = await tx<{ bytes: number }[]>`
		with contents as (
			select content from listings where account_id = ${ownerId} and discarded_at is null
			union all select published_content from listings where account_id = ${ownerId}
			union all select v.content from listing_versions v join listings l on l.id = v.listing_id
				where l.account_id = ${ownerId}
			union all select v.content from business_versions v join businesses b on b.id = v.business_id
				where b.account_id = ${ownerId}),
		named as (
			select hash #>> '{}' as sha256 from contents, jsonb_path_query(content, '$.photos[*]') hash
			union select content ->> 'voice' from contents where content ->> 'voice' is not null
			union select hash #>> '{}' from contents, jsonb_path_query(content, '$.papers[*].files[*]') hash
			union select unnest(v.identity_files) from business_versions v join businesses b on b.id = v.business_id
				where b.account_id = ${ownerId})
		select coalesce(sum(u.bytes), 0)::bigint as bytes from uploads u
		where u.owner_id = ${ownerId} and u.state = 'stored' and u.stored_at >= ${since}
			and not exists (select from named n where n.sha256 = u.sha256)`;
	return row?.bytes ?? 0;
}

export async function deleteUnfinished(tx: Tx, id: string): Promise<void> {
	await tx`delete from uploads where id = ${id} and state <> 'stored' and stored_at is null`;
}

/** Ids of uploads nobody finished, gone from the table unless they were stored once: what shows them names them still. */
export async function deleteUnfinishedBefore(tx: Tx, before: string): Promise<string[]> {
	const rows = await tx<{ id: string }[]>`
		with gone as (
			delete from uploads where state <> 'stored' and stored_at is null and created_at < ${before} returning id)
		select id from gone
		union all select id from uploads
			where state <> 'stored' and stored_at is not null and created_at < ${before}`;
	return rows.map((row) => row.id);
}

/** Marks the owner's hash as stored, whatever it was before. Returns the upload's id. */
export async function upsertStored(
	tx: Tx,
	upload: Omit<StoredUpload, 'sha256'> & { ownerId: string; sha256: string; bytes: number; now: string }
): Promise<string> {
	const [row] = await tx<{ id: string }[]>`
		insert into uploads as u
			(id, owner_id, sha256, state, thumb_key, detail_key, width, height, bytes, created_at, stored_at)
		values (${upload.id}, ${upload.ownerId}, ${upload.sha256}, 'stored', ${upload.thumbKey}, ${upload.detailKey},
			${upload.width}, ${upload.height}, ${upload.bytes}, ${upload.now}, ${upload.now})
		on conflict (owner_id, sha256) do update set
			state = 'stored', refusal = null, thumb_key = excluded.thumb_key, detail_key = excluded.detail_key,
			width = excluded.width, height = excluded.height, bytes = excluded.bytes,
			stored_at = coalesce(u.stored_at, excluded.stored_at)
		returning id`;
	if (!row) throw new Error('an upload vanished while it was stored');
	return row.id;
}

/** The same for a voice note. */
export async function upsertStoredVoice(
	tx: Tx,
	upload: StoredVoice & { ownerId: string; bytes: number; now: string }
): Promise<string> {
	const [row] = await tx<{ id: string }[]>`
		insert into uploads as u (id, owner_id, sha256, state, sound_key, seconds, bytes, created_at, stored_at)
		values (${upload.id}, ${upload.ownerId}, ${upload.sha256}, 'stored', ${upload.soundKey}, ${upload.seconds},
			${upload.bytes}, ${upload.now}, ${upload.now})
		on conflict (owner_id, sha256) do update set
			state = 'stored', refusal = null, sound_key = excluded.sound_key, seconds = excluded.seconds,
			bytes = excluded.bytes, stored_at = coalesce(u.stored_at, excluded.stored_at)
		returning id`;
	if (!row) throw new Error('an upload vanished while it was stored');
	return row.id;
}

/** The same for a document. */
export async function upsertStoredDocument(
	tx: Tx,
	upload: StoredDocument & { ownerId: string; bytes: number; now: string }
): Promise<string> {
	const [row] = await tx<{ id: string }[]>`
		insert into uploads as u (id, owner_id, sha256, state, document_key, pages, bytes, created_at, stored_at)
		values (${upload.id}, ${upload.ownerId}, ${upload.sha256}, 'stored', ${upload.documentKey}, ${upload.pages},
			${upload.bytes}, ${upload.now}, ${upload.now})
		on conflict (owner_id, sha256) do update set
			state = 'stored', refusal = null, document_key = excluded.document_key, pages = excluded.pages,
			bytes = excluded.bytes, stored_at = coalesce(u.stored_at, excluded.stored_at)
		returning id`;
	if (!row) throw new Error('an upload vanished while it was stored');
	return row.id;
}

export async function findOwner(tx: Tx, uploadId: string): Promise<string | null> {
	const [row] = await tx<{ ownerId: string }[]>`
		select owner_id as "ownerId" from uploads where id = ${uploadId}`;
	return row?.ownerId ?? null;
}

/** Those of the hashes this owner has completely stored as pictures. */
export function listStored(tx: Tx, ownerId: string, hashes: readonly string[]): Promise<StoredUpload[]> {
	return tx<StoredUpload[]>`
		select id, sha256, thumb_key as "thumbKey", detail_key as "detailKey", width, height from uploads
		where owner_id = ${ownerId} and state = 'stored' and detail_key is not null and sha256 = any(${hashes}::text[])`;
}

/** Those of the hashes this owner has completely stored as documents. */
export const listStoredDocuments = (
	tx: Tx,
	ownerId: string,
	hashes: readonly string[]
): Promise<StoredDocument[]> => tx<StoredDocument[]>`
	select id, sha256, document_key as "documentKey", pages from uploads
	where owner_id = ${ownerId} and state = 'stored' and document_key is not null
		and sha256 = any(${[...hashes]}::text[])`;

export async function findStoredVoice(tx: Tx, ownerId: string, sha256: string): Promise<StoredVoice | null> {
	const [row] = await tx<StoredVoice[]>`
		select id, sha256, sound_key as "soundKey", seconds::float8 as seconds from uploads
		where owner_id = ${ownerId} and state = 'stored' and sound_key is not null and sha256 = ${sha256}`;
	return row ?? null;
}

type Keys = {
	thumb_key: string | null;
	detail_key: string | null;
	sound_key: string | null;
	document_key: string | null;
};

function keyOf(row: Keys | undefined, kind: FileKind): string | null {
	if (!row) return null;
	const keys = {
		thumb: row.thumb_key,
		detail: row.detail_key,
		voice: row.sound_key,
		document: row.document_key
	};
	return keys[kind];
}

/** The key of a stored upload the acting member owns. */
export async function findOwnKey(tx: Tx, uploadId: string, kind: FileKind): Promise<string | null> {
	const [row] = await tx<Keys[]>`
		select thumb_key, detail_key, sound_key, document_key from uploads where id = ${uploadId} and state = 'stored'`;
	return keyOf(row, kind);
}

/** The same for an officer: only when a case of one of the agencies is about a version that has this file. */
export async function findCaseKey(
	tx: Tx,
	uploadId: string,
	kind: FileKind,
	agencyIds: readonly string[]
): Promise<string | null> {
	const [row] = await tx<Keys[]>`
		select u.thumb_key, u.detail_key, u.sound_key, u.document_key from uploads u
		where u.id = ${uploadId} and u.state = 'stored' and (exists (
			select from businesses b
			join listings l on l.business_id = b.id
			join cases c on c.listing_id = l.id
			join listing_versions v on v.listing_id = c.listing_id and v.rev = c.subject_rev
			where b.account_id = u.owner_id
				and acting_agency(c.agency_id, now()) = any(${agencyIds}::text[])
				and (v.content -> 'photos' ? u.sha256 or v.content ->> 'voice' = u.sha256))
			or exists (
			select from businesses b
			join cases c on c.kind = 'business' and c.subject_id = b.id
			join business_versions v on v.business_id = b.id and v.rev = c.subject_rev
			where b.account_id = u.owner_id
				and acting_agency(c.agency_id, now()) = any(${agencyIds}::text[])
				and (u.sha256 = any(v.identity_files) or exists (
					select from jsonb_array_elements(v.content -> 'papers') p where p -> 'files' ? u.sha256))))`;
	return keyOf(row, kind);
}

/** The latest case of these agencies for which the upload is a picture of the identity card; null when it is none. */
export async function findIdentityCase(
	tx: Tx,
	uploadId: string,
	agencyIds: readonly string[]
): Promise<{ accountId: string; businessId: string; code: string; agencyId: string } | null> {
	const [row] = await tx<{ accountId: string; businessId: string; code: string; agencyId: string }[]>`
		select b.account_id as "accountId", b.id as "businessId", c.code, acting_agency(c.agency_id, now()) as "agencyId"
		from uploads u
		join businesses b on b.account_id = u.owner_id
		join cases c on c.kind = 'business' and c.subject_id = b.id
		join business_versions v on v.business_id = b.id and v.rev = c.subject_rev
		where u.id = ${uploadId} and acting_agency(c.agency_id, now()) = any(${agencyIds}::text[])
			and u.sha256 = any(v.identity_files)
		order by c.received_at desc limit 1`;
	return row ?? null;
}

/** `public_files` holds nothing personal, so it is read without an actor, as the public pages are. */
export async function findPublicKey(
	db: Queryable,
	publicFileId: string,
	kind: FileKind
): Promise<{ readonly key: string; readonly live: boolean } | null> {
	const [row] = await db<(Keys & { live: boolean })[]>`
		select thumb_key, detail_key, sound_key, null as document_key, live from public_files where id = ${publicFileId}`;
	const key = keyOf(row, kind);
	return row && key !== null ? { key, live: row.live } : null;
}
