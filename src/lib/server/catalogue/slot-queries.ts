import type { Tx } from '$lib/server/db/pool.ts';
import type { Change } from './feed-queries.ts';
import { slotSize, smallSlot, type Filled, type Homeless, type Slot } from './slots.ts';

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

export async function updateMadeSlots(
	tx: Tx,
	made: readonly { readonly id: string; readonly wards: readonly string[] }[]
): Promise<void> {
	for (const { id, wards } of made)
		await tx`update catalogue_slots set dirty = false, wards = ${[...wards]} where id = ${id}`;
}
