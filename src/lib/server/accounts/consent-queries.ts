import type { ConsentPurpose, ConsentState } from '$lib/domain/accounts/consents.ts';
import type { Queryable, Tx } from '$lib/server/db/pool.ts';

export async function insertConsent(
	tx: Tx,
	row: {
		accountId: string;
		purpose: ConsentPurpose;
		version: string;
		given: boolean;
		how: 'registration' | 'profile';
		now: string;
	}
): Promise<void> {
	await tx`
		insert into consents (account_id, purpose, text_version, given, how, at)
		values (${row.accountId}, ${row.purpose}, ${row.version}, ${row.given}, ${row.how}, ${row.now})`;
}

/** Newest first. */
export async function listConsents(tx: Tx, accountId: string): Promise<ConsentState[]> {
	return tx<ConsentState[]>`
		select purpose, text_version as version, given, at from consents
		where account_id = ${accountId} order by id desc`;
}

export async function findConsent(
	db: Queryable,
	accountId: string,
	purpose: ConsentPurpose
): Promise<boolean> {
	const [row] = await db<{ given: boolean }[]>`select has_consent(${accountId}, ${purpose}) as given`;
	return row?.given ?? false;
}
