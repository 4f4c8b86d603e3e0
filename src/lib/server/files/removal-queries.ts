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

/** Of these keys of the store those that no record names. */
export async function unusedOf(tx: Tx, keys: readonly string[]): Promise<string[]> {
	// A question for each column, so that each finds its index.
	const rows = await tx<{ key: string }[]>`
		select key from unnest(${[...keys]}::text[]) as t (key)
		where not exists (select from uploads where thumb_key = key)
			and not exists (select from uploads where detail_key = key)
			and not exists (select from uploads where sound_key = key)
			and not exists (select from uploads where document_key = key)
			and not exists (select from public_files where thumb_key = key)
			and not exists (select from public_files where detail_key = key)
			and not exists (select from public_files where sound_key = key)
			and not exists (select from measure_files where thumb_key = key)
			and not exists (select from measure_files where detail_key = key)
			and key not in (
				select one from handover_blobs, unnest(array[kept ->> 'thumbKey', kept ->> 'detailKey',
					kept ->> 'soundKey', kept ->> 'documentKey']) as one
				where one is not null)`;
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
