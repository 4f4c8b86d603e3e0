import type { Tx } from '$lib/server/db/pool.ts';

/** Acts as `san_auth`: whose way to sign in this is. */
export async function findAccountByName(tx: Tx, index: Buffer): Promise<string | null> {
	const [row] = await tx<{ accountId: string }[]>`
		select account_id as "accountId" from sign_in_names where name_index = ${index}`;
	return row?.accountId ?? null;
}
