import type { Queryable, Tx } from '$lib/server/db/pool.ts';
import type { PackEntry } from '$lib/sync/protocol/packs.ts';
import type { Change, Place } from './feed-queries.ts';
import type { Pack } from './pack.ts';
import { slotSize, smallSlot, type Filled, type Homeless, type Slot } from './slots.ts';

/** Any fixed number, different from the other locks of the program. */
const lockKey = 5_342_010;

/** One process works at a time; the others wait here, before they have written anything that holds the horizon back. */
export async function lockPacking(tx: Tx): Promise<void> {
	await tx`select pg_advisory_xact_lock(${lockKey})`;
}

/** Where the job stands; null when there is nothing, or what there is belongs to another feed (sync 9, 13). */
export async function readPlace(tx: Tx): Promise<Place | null> {
	const [row] = await tx<Place[]>`
		select p.taken_version as version, p.taken_id as id
		from catalogue_progress p
		join exchange e on e.epoch = p.epoch
		where greatest(p.taken_version, p.since) <= feed_horizon() and not exists (
			select from sync_floors f
			where f.audience = 'public' and f.collection = 'listings' and f.floor >= greatest(p.taken_version, p.since))`;
	return row ?? null;
}

export async function deleteEverything(tx: Tx): Promise<void> {
	await tx`truncate catalogue_progress, catalogue_members, catalogue_slots, catalogue_packs`;
}

export async function insertProgress(tx: Tx): Promise<void> {
	await tx`insert into catalogue_progress (epoch, since) select epoch, feed_horizon() from exchange`;
}

export async function updatePlace(tx: Tx, place: Place): Promise<void> {
	await tx`update catalogue_progress set taken_version = ${place.version}, taken_id = ${place.id}`;
}

/**
 * Enters changed listings as members and marks the slots they stand in. One that is new, or went to another sector,
 * is left without a slot.
 */
export async function takeChanges(tx: Tx, changes: readonly Change[]): Promise<void> {
	const ids = changes.map((change) => change.docId);
	const touched = await tx<{ id: string }[]>`
		select distinct slot_id as id from catalogue_members where doc_id = any(${ids}) and slot_id is not null`;
	const here = changes.filter((change) => !change.gone);
	await tx`
		insert into catalogue_members as m (doc_id, sector_id, ward_code, approved_at)
		select * from unnest(
			${here.map((change) => change.docId)}::text[],
			${here.map((change) => change.sectorId)}::text[],
			${here.map((change) => change.wardCode)}::text[],
			${here.map((change) => change.approvedAt)}::text[]::timestamptz[])
		on conflict (doc_id) do update set sector_id = excluded.sector_id, ward_code = excluded.ward_code,
			approved_at = excluded.approved_at,
			slot_id = case when m.sector_id = excluded.sector_id then m.slot_id end`;
	await tx`
		delete from catalogue_members
		where doc_id = any(${changes.filter((change) => change.gone).map((change) => change.docId)})`;
	await tx`
		update catalogue_slots s set dirty = true,
			size = (select count(*) from catalogue_members m where m.slot_id = s.id)
		where s.id = any(${touched.map((slot) => slot.id)})`;
}

/** Listings without a slot, by sector and ward. */
export async function listHomeless(tx: Tx, limit: number): Promise<Homeless[]> {
	// During a first packing Postgres knows no figures of the table yet: it would sort all that is left for each portion
	// instead of reading the index from its beginning.
	await tx`set local enable_sort = off`;
	return tx<Homeless[]>`
		select doc_id as "docId", sector_id as "sectorId", ward_code as "wardCode"
		from catalogue_members where slot_id is null order by sector_id, ward_code, doc_id limit ${limit}`;
}

export const listSlotsWithRoom = (tx: Tx, sectorIds: readonly string[]): Promise<Slot[]> => tx<Slot[]>`
	select id, sector_id as "sectorId", size, wards from catalogue_slots
	where sector_id = any(${[...sectorIds]}) and size < ${slotSize} order by id`;

export async function fillSlots(tx: Tx, slots: readonly Filled[]): Promise<void> {
	await tx`
		insert into catalogue_slots (id, sector_id, size, wards, dirty)
		select id, sector_id, size, array(select jsonb_array_elements_text(wards)), true
		from jsonb_to_recordset(${JSON.stringify(
			slots.map(({ id, sectorId, size, wards }) => ({ id, sector_id: sectorId, size, wards }))
		)}::text::jsonb) as t (id text, sector_id text, size int, wards jsonb)
		on conflict (id) do update set size = excluded.size, wards = excluded.wards, dirty = true`;
	await tx`
		update catalogue_members m set slot_id = t.slot_id
		from unnest(
			${slots.flatMap((slot) => slot.added)}::text[],
			${slots.flatMap((slot) => slot.added.map(() => slot.id))}::text[]
		) as t (doc_id, slot_id)
		where m.doc_id = t.doc_id`;
}

/** The next slot behind `after` that lost most of its goods. */
export async function findSmallSlot(tx: Tx, after: string): Promise<Slot | null> {
	const [row] = await tx<Slot[]>`
		select id, sector_id as "sectorId", size, wards from catalogue_slots
		where dirty and size < ${smallSlot} and id > ${after} order by id limit 1`;
	return row ?? null;
}

/** Where the goods of a slot could go: one of its sector with room for them all, best of the same wards. */
export async function findReceiver(tx: Tx, slot: Slot): Promise<string | null> {
	const [row] = await tx<{ id: string }[]>`
		select id from catalogue_slots
		where sector_id = ${slot.sectorId} and id <> ${slot.id} and size <= ${slotSize - slot.size}
		order by (wards && ${[...slot.wards]}) desc, size desc, id limit 1`;
	return row?.id ?? null;
}

/** Moves all goods of a slot to another one and takes the empty one away. */
export async function mergeSlot(tx: Tx, slot: Slot, receiverId: string): Promise<void> {
	await tx`update catalogue_members set slot_id = ${receiverId} where slot_id = ${slot.id}`;
	await tx`
		update catalogue_slots set size = size + ${slot.size}, dirty = true,
			wards = array(select distinct unnest(wards || ${[...slot.wards]}) order by 1)
		where id = ${receiverId}`;
	await tx`delete from catalogue_slots where id = ${slot.id}`;
}

export async function deleteEmptySlots(tx: Tx): Promise<void> {
	await tx`delete from catalogue_slots where dirty and size = 0`;
}

export const listDirtySlots = (tx: Tx, limit: number): Promise<{ id: string; sectorId: string }[]> =>
	tx<
		{ id: string; sectorId: string }[]
	>`select id, sector_id as "sectorId" from catalogue_slots where dirty order by id limit ${limit}`;

/** Puts a pack beside the live one of its slot; when it is that very one, nothing waits for it. */
export async function stagePack(
	tx: Tx,
	slot: { readonly id: string; readonly sectorId: string },
	pack: Pack
): Promise<void> {
	const [same] = await tx`
		select from catalogue_packs where slot_id = ${slot.id} and live and hash = ${pack.hash}`;
	if (same) {
		await tx`delete from catalogue_packs where slot_id = ${slot.id} and not live`;
		return;
	}
	await tx`
		insert into catalogue_packs (slot_id, live, hash, sector_id, wards, rows, doc_ids, bytes, body)
		values (${slot.id}, false, ${pack.hash}, ${slot.sectorId}, ${[...pack.wards]}, ${pack.docIds.length},
			${[...pack.docIds]}, ${pack.body.byteLength}, ${pack.body})
		on conflict (slot_id, live) do update set hash = excluded.hash, sector_id = excluded.sector_id,
			wards = excluded.wards, rows = excluded.rows, doc_ids = excluded.doc_ids, bytes = excluded.bytes,
			body = excluded.body`;
}

export async function updateMadeSlots(
	tx: Tx,
	made: readonly { readonly id: string; readonly wards: readonly string[] }[]
): Promise<void> {
	for (const { id, wards } of made)
		await tx`update catalogue_slots set dirty = false, wards = ${[...wards]} where id = ${id}`;
}

export const selectReadiness = (db: Queryable) => db<{ ready: boolean }[]>`
	select taken_id = '' and taken_version > 0
		and not exists (select from catalogue_slots where dirty)
		and not exists (select from catalogue_members where slot_id is null) as ready
	from catalogue_progress`;

/** True when every change was taken and every slot it touched has its pack. */
export async function isReadyToPublish(tx: Tx): Promise<boolean> {
	const [row] = await selectReadiness(tx);
	return row?.ready ?? false;
}

/** Lets the packs that wait take the place of those before them, all at once. */
export async function publishPacks(tx: Tx, firstSlot: string, now: string): Promise<void> {
	await tx`
		delete from catalogue_packs p where p.live and (
			exists (select from catalogue_packs n where n.slot_id = p.slot_id and not n.live)
			or (p.slot_id <> ${firstSlot} and not exists (select from catalogue_slots s where s.id = p.slot_id)))`;
	// What was made for a slot that is gone again, or of goods that all went, is no pack.
	await tx`
		delete from catalogue_packs p where not p.live and (p.rows = 0
			or (p.slot_id <> ${firstSlot} and not exists (select from catalogue_slots s where s.id = p.slot_id)))`;
	await tx`update catalogue_packs set live = true where not live`;
	await tx`update catalogue_progress set version = taken_version, published_at = ${now}`;
}

/** The packs are good while the feed they were made from is this one, and no tombstone above them was forgotten. */
const goodPacks = (db: Queryable) => db`
	catalogue_progress p join exchange e on e.epoch = p.epoch
	where p.version > 0 and p.version <= feed_horizon() and not exists (
		select from sync_floors f
		where f.audience = 'public' and f.collection = 'listings' and f.floor >= p.version)`;

/** What left the catalogue, whether below the horizon or just now, since the packs were made. */
const goneSince = (db: Queryable) => db`
	sync_feed f where f.audience = 'public' and f.collection = 'listings' and f.doc is null and f.version >= good.version`;

export type FoundManifest = {
	readonly epoch: string;
	/** 0 = there are no packs. */
	readonly version: number;
	/** The last change of the version just below, '' where it made none. */
	readonly lastId: string;
	readonly packs: readonly (PackEntry & { readonly slotId: string })[];
	readonly hidden: readonly string[];
};

/** One statement, so that the version, the packs and what is hidden are of one moment (sync 10). */
export const selectManifest = (db: Queryable) => db<FoundManifest[]>`
	with good as materialized (select p.version from ${goodPacks(db)})
	select exchange.epoch, coalesce(good.version, 0) as version,
		coalesce((select doc_id from sync_feed where audience = 'public' and collection = 'listings'
			and version = good.version - 1 order by doc_id desc limit 1), '') as "lastId",
		(select coalesce(json_agg(json_build_object('slotId', slot_id, 'hash', hash, 'sectorId', sector_id,
			'wards', wards, 'rows', rows, 'bytes', bytes) order by sector_id, wards, hash), '[]')
			from catalogue_packs where live and good.version is not null) as packs,
		array(select f.doc_id from ${goneSince(db)} order by f.doc_id) as hidden
	from exchange left join good on true`;

/** A pack that may be handed out at this very moment: live, and nothing in it has left the catalogue. */
export const selectPack = (db: Queryable, hash: string) => db<{ body: Buffer }[]>`
	with good as materialized (select p.version from ${goodPacks(db)})
	select c.body from good join catalogue_packs c on c.live and c.hash = ${hash}
	where not exists (select from ${goneSince(db)} and f.doc_id = any(c.doc_ids))
	limit 1`;
