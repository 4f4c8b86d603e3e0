import type { Queryable, Tx } from '$lib/server/db/pool.ts';
import type { PackEntry } from '$lib/sync/protocol/packs.ts';
import type { Place } from './feed-queries.ts';
import type { Pack } from './pack.ts';

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
	const left = await tx`
		delete from catalogue_packs p where p.live and (
			exists (select from catalogue_packs n where n.slot_id = p.slot_id and not n.live)
			or (p.slot_id <> ${firstSlot} and not exists (select from catalogue_slots s where s.id = p.slot_id)))`;
	// What was made for a slot that is gone again, or of goods that all went, is no pack.
	await tx`
		delete from catalogue_packs p where not p.live and (p.rows = 0
			or (p.slot_id <> ${firstSlot} and not exists (select from catalogue_slots s where s.id = p.slot_id)))`;
	const came = await tx`update catalogue_packs set live = true where not live`;
	await tx`
		update catalogue_progress set version = taken_version, published_at = ${now},
			edition = case when ${left.count + came.count > 0} then gen_random_uuid() else edition end`;
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

/** What of a manifest is true for a moment only, and which packs go with it. */
export type Standing = {
	readonly epoch: string;
	/** Names the live packs; null = there are none. */
	readonly edition: string | null;
	/** 0 = there are no packs. */
	readonly version: number;
	/** The last change of the version just below, '' where it made none. */
	readonly lastId: string;
	readonly hidden: readonly string[];
};
export type FoundManifest = Standing & {
	readonly packs: readonly (PackEntry & { readonly slotId: string })[];
};

const standing = (db: Queryable) => db`
	exchange.epoch, good.edition, coalesce(good.version, 0) as version,
	coalesce((select doc_id from sync_feed where audience = 'public' and collection = 'listings'
		and version = good.version - 1 order by doc_id desc limit 1), '') as "lastId",
	array(select f.doc_id from ${goneSince(db)} order by f.doc_id) as hidden`;

/** Costs as much as has left the catalogue since the packs were made, however many packs there are. */
export const selectStanding = (db: Queryable) => db<Standing[]>`
	with good as materialized (select p.version, p.edition from ${goodPacks(db)})
	select ${standing(db)} from exchange left join good on true`;

/** One statement, so that the version, the packs and what is hidden are of one moment (sync 10). */
export const selectManifest = (db: Queryable) => db<FoundManifest[]>`
	with good as materialized (select p.version, p.edition from ${goodPacks(db)})
	select ${standing(db)},
		(select coalesce(json_agg(json_build_object('slotId', slot_id, 'hash', hash, 'sectorId', sector_id,
			'wards', wards, 'rows', rows, 'bytes', bytes) order by sector_id, wards, hash), '[]')
			from catalogue_packs where live and good.version is not null) as packs
	from exchange left join good on true`;

/** A pack that may be handed out at this very moment: live, and nothing in it has left the catalogue. */
export const selectPack = (db: Queryable, hash: string) => db<{ body: Buffer; docIds: string[] }[]>`
	with good as materialized (select p.version from ${goodPacks(db)})
	select c.body, c.doc_ids as "docIds" from good join catalogue_packs c on c.live and c.hash = ${hash}
	where not exists (select from ${goneSince(db)} and f.doc_id = any(c.doc_ids))
	limit 1`;
