import { businessPersonSchema, type BusinessPerson } from '$lib/domain/businesses/schema.ts';
import { unseal } from '$lib/server/accounts/sealing.ts';
import type { Tx } from '$lib/server/db/pool.ts';
import type { VersionRow } from './queries.ts';

/** Null when the owner's key was destroyed. The transaction acts as the owner or as the system. */
export async function openPerson(
	tx: Tx,
	version: Pick<VersionRow, 'personSealed'>
): Promise<BusinessPerson | null> {
	const [plain] = await unseal(tx, [version.personSealed]);
	return plain == null ? null : businessPersonSchema.parse(JSON.parse(plain));
}
