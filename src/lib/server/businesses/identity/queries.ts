import type { IdentityState } from '$lib/domain/businesses/identity.ts';
import type { BusinessKind } from '$lib/domain/businesses/states.ts';
import type { Queryable, Tx } from '$lib/server/db/pool.ts';

export type IdentityRow = {
	state: IdentityState;
	method: 'manual' | 'provider' | null;
	confirmedAt: string | null;
};

/** As the system. */
export async function findIdentity(db: Queryable, businessId: string): Promise<IdentityRow | null> {
	const [row] = await db<IdentityRow[]>`
		select state, method, confirmed_at as "confirmedAt" from business_identities where business_id = ${businessId}`;
	return row ?? null;
}

/**
 * The number a business goes by now, and whether under another name than before. Another number or name has shown nothing
 * yet; `askAt` = when a provider is to be asked about it, null = none is connected.
 */
export async function upsertIdentity(
	tx: Tx,
	businessId: string,
	stated: { numberIndex: Buffer; renamed: boolean },
	askAt: string | null
): Promise<void> {
	const state = askAt === null ? 'none' : 'asking';
	await tx`
		insert into business_identities as i (business_id, number_index, state, next_at)
		values (${businessId}, ${stated.numberIndex}, ${state}, ${askAt})
		on conflict (business_id) do update set number_index = excluded.number_index, state = excluded.state,
			next_at = excluded.next_at, attempts = 0, reference = '', confirmed_by = null, confirmed_at = null,
			method = null
		where i.number_index is distinct from excluded.number_index or ${stated.renamed}
			or i.state in ('none', 'unknown', 'not_matched')`;
}

/** An officer compared it; what a provider said already stays. */
export async function updateByHand(tx: Tx, businessId: string, by: string, at: string): Promise<void> {
	await tx`
		update business_identities set state = 'verified', next_at = null, method = 'manual', confirmed_by = ${by},
			confirmed_at = ${at}
		where business_id = ${businessId} and state <> 'verified'`;
}

/** Whoever was opened by hand was compared by hand. */
export async function insertByHand(tx: Tx, businessId: string, at: string): Promise<void> {
	await tx`
		insert into business_identities (business_id, state, method, confirmed_at)
		values (${businessId}, 'verified', 'manual', ${at}) on conflict do nothing`;
}

export type DueIdentity = {
	businessId: string;
	rev: number;
	kind: BusinessKind;
	attempts: number;
	personSealed: string;
};

/** The next businesses a provider is to be asked about, with the last they said. */
export const listDue = (db: Queryable, now: string, limit: number): Promise<DueIdentity[]> =>
	db<DueIdentity[]>`
		select i.business_id as "businessId", b.rev, b.kind, i.attempts, v.person_sealed as "personSealed"
		from business_identities i join businesses b on b.id = i.business_id
		join business_versions v on v.business_id = b.id and v.rev = b.rev
		where i.state = 'asking' and i.next_at <= ${now} order by i.next_at, i.business_id limit ${limit}`;

/** False when the number was changed, or somebody compared it, while the provider was asked. */
export async function updateAnswered(
	tx: Tx,
	businessId: string,
	to:
		| { state: 'verified' | 'not_matched'; reference: string; at: string }
		| { state: 'asking'; nextAt: string }
		| { state: 'unknown' }
): Promise<boolean> {
	const verified = to.state === 'verified';
	const rows = await tx`
		update business_identities set state = ${to.state}, attempts = attempts + 1,
			next_at = ${to.state === 'asking' ? to.nextAt : null},
			reference = ${'reference' in to ? to.reference : ''},
			method = ${verified ? 'provider' : null}, confirmed_at = ${verified ? to.at : null}
		where business_id = ${businessId} and state = 'asking' returning business_id`;
	return rows.length === 1;
}
