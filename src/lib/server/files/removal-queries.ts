import type { Tx } from '$lib/server/db/pool.ts';

/** Of these keys of the store, those no record names any more. */
export async function unusedKeys(tx: Tx, keys: readonly string[]): Promise<string[]> {
	const rows = await tx<{ key: string }[]>`
		select distinct key from unnest(${[...keys]}::text[]) as t (key) where not exists (
			select from uploads u where key in (u.thumb_key, u.detail_key, u.sound_key, u.document_key))
		and not exists (select from public_files f where key in (f.thumb_key, f.detail_key, f.sound_key))
		and not exists (select from measure_files m where key in (m.thumb_key, m.detail_key))
		and not exists (select from handover_blobs h
			where key in (h.kept ->> 'thumbKey', h.kept ->> 'detailKey', h.kept ->> 'soundKey', h.kept ->> 'documentKey'))`;
	return rows.map(({ key }) => key);
}

/** Forgets uploads of one owner and returns the keys they had in the store. */
export async function deleteUploads(
	tx: Tx,
	ownerId: string,
	hashes: readonly string[] | 'all'
): Promise<string[]> {
	const rows = await tx<{ keys: string[] }[]>`
		delete from uploads where owner_id = ${ownerId}
			and (${hashes === 'all'} or sha256 = any(${hashes === 'all' ? [] : [...hashes]}::text[]))
		returning array_remove(array[thumb_key, detail_key, sound_key, document_key], null) as keys`;
	return rows.flatMap(({ keys }) => keys);
}
