import type { Tx } from '$lib/server/db/pool.ts';
import { findAccountByName } from './lookup-queries.ts';
import { nameIndex, readSignInName } from './names.ts';
import { asSignInRole } from './sign-in-queries.ts';

/** The account with this user name, phone or e-mail, typed as a whole; null = none, or no name at all. */
export async function accountNamed(tx: Tx, typed: string): Promise<string | null> {
	const read = readSignInName(typed);
	return read && asSignInRole(tx, () => findAccountByName(tx, nameIndex(read.kind, read.normal)));
}
