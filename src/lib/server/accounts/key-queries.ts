import type { Tx } from '$lib/server/db/pool.ts';

export type WrappedKey = { readonly accountId: string; readonly wrapped: Uint8Array };

export async function countForeignKeys(tx: Tx, masterId: string): Promise<number> {
	const [row] = await tx<{ count: number }[]>`
		select count(*)::int as count from person_keys where master_id <> ${masterId} and wrapped is not null`;
	return row?.count ?? 0;
}

/** Keys another master key wrapped, held until the transaction ends; those somebody else holds are left to them. */
export const lockForeignKeys = (tx: Tx, masterId: string, most: number): Promise<WrappedKey[]> =>
	tx<WrappedKey[]>`
		select account_id as "accountId", wrapped from person_keys
		where master_id <> ${masterId} and wrapped is not null
		order by account_id limit ${most} for update skip locked`;

export async function updateWrapped(
	tx: Tx,
	accountId: string,
	wrapped: Buffer,
	masterId: string
): Promise<void> {
	await tx`update person_keys set wrapped = ${wrapped}, master_id = ${masterId} where account_id = ${accountId}`;
}

export async function findRoot(tx: Tx): Promise<Uint8Array | null> {
	const [row] = await tx<{ wrapped: Uint8Array }[]>`select wrapped from key_root`;
	return row?.wrapped ?? null;
}

export async function upsertRoot(tx: Tx, row: { wrapped: Buffer; masterId: string }): Promise<void> {
	await tx`
		insert into key_root (wrapped, master_id) values (${row.wrapped}, ${row.masterId})
		on conflict (only_row) do update set wrapped = excluded.wrapped, master_id = excluded.master_id
		where key_root.master_id <> excluded.master_id`;
}
