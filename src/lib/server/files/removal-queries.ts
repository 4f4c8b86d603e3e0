import type { Tx } from '$lib/server/db/pool.ts';

/** Until the transaction ends nobody takes these keys out of the store; those who record them do not wait for each other. */
export async function holdKeys(tx: Tx, keys: readonly string[]): Promise<void> {
	// In one order, or two who record the same files could wait for each other with a remover between them.
	await tx`
		select pg_advisory_xact_lock_shared(hashtextextended('file ' || key, 0))
		from unnest(${[...keys].sort()}::text[]) key`;
}

/** Until the transaction ends nobody records this key. Waits for whoever does so now. */
export async function lockKey(tx: Tx, key: string): Promise<void> {
	await tx`select pg_advisory_xact_lock(hashtextextended('file ' || ${key}::text, 0))`;
}

/** Whether no record names this key of the store. */
export async function isUnused(tx: Tx, key: string): Promise<boolean> {
	const [row] = await tx<{ unused: boolean }[]>`
		select not exists (
			select from uploads u where ${key} in (u.thumb_key, u.detail_key, u.sound_key, u.document_key))
		and not exists (select from public_files f where ${key} in (f.thumb_key, f.detail_key, f.sound_key))
		and not exists (select from measure_files m where ${key} in (m.thumb_key, m.detail_key))
		and not exists (select from handover_blobs h
			where ${key} in (h.kept ->> 'thumbKey', h.kept ->> 'detailKey', h.kept ->> 'soundKey', h.kept ->> 'documentKey'))
		as unused`;
	return row?.unused ?? false;
}

/** Of these keys those that no record names, in one reading of the records however many keys there are. */
export async function unusedOf(tx: Tx, keys: readonly string[]): Promise<string[]> {
	const rows = await tx<{ key: string }[]>`
		select key from unnest(${[...keys]}::text[]) as t (key)
		except select unnest(array[thumb_key, detail_key, sound_key, document_key]) from uploads
		except select unnest(array[thumb_key, detail_key, sound_key]) from public_files
		except select unnest(array[thumb_key, detail_key]) from measure_files
		except select unnest(array[kept ->> 'thumbKey', kept ->> 'detailKey', kept ->> 'soundKey', kept ->> 'documentKey'])
			from handover_blobs`;
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
